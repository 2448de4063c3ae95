/**
 * Writes a delivery report beside its message, with what follows from it for the account.
 * From: `apply-report.ts`. Next: entries and the message's paper. The first report of a status counts, for each recipient.
 */
import type { SentPaper } from '../../shared/contracts/mail.ts';
import { addBusinessDays } from '../../shared/domain/business-days.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import type { ReportedStatus } from '../../shared/domain/dunning-facts.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import { mostCarriedAtOnce } from '../../shared/domain/planned-message.ts';
import { noteNotArrived } from '../../shared/domain/message-life.ts';
import { recipientsOf } from '../../shared/domain/recipients.ts';
import { emailHashOf } from '../../shared/domain/person.ts';
import type { LoadedAccount, Paper } from '../../shared/ports/account-store.ts';
import { appendFacts } from './change-message.ts';
import { mostTries, type MailCall, type MailParts, type Place } from './parts.ts';
import { addressStates } from './gate-message.ts';
import { masterDataOf, paperOf, plannedOf } from './read-message.ts';

export type ReportNews = {
  operationId: string;
  /** Of the recipient. */
  emailHash: string;
  status: ReportedStatus;
  at: string;
  on: Day;
  detail: string;
};

/** More than any mail has, of recipients and statuses. */
const mostReports = 200;

/** @param known the account as it was loaded a moment ago. */
export const noteReport = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  news: ReportNews,
  known?: LoadedAccount,
): Promise<void> => {
  let before = known;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const { loaded, planned } = await readFor(parts, call, place, news, before);
    before = undefined;
    const paper = await paperOf(parts, call.scope, place);
    // of an earlier hand-over of the same message: what is told of it now is the history of another mail
    if (paper.mail === undefined || paper.mail.operationId !== news.operationId) return;
    const isNoted = paper.mail.reports.some(
      ({ recipient, status }) => recipient === news.emailHash && status === news.status,
    );
    if (isNoted || paper.mail.reports.length >= mostReports) return;
    const facts = await factsOf(parts, call, place, loaded, { planned, mail: paper.mail, news });
    if (facts.isNotAll) {
      await appendFacts(parts, call, place, loaded, facts.facts);
      tries = 0;
      continue;
    }
    const { emailHash: recipient, status, at, detail } = news;
    const reports = [...paper.mail.reports, { recipient, status, at, detail }];
    const content = { ...paper, mail: { ...paper.mail, reports } };
    const id = place.messageId as Paper['id'];
    const appended = await appendFacts(parts, call, place, loaded, facts.facts, [{ id, content }]);
    if (appended.outcome === 'appended') return;
  }
  throw new Error(`account ${place.accountId} is being changed by others`);
};

type Planned = Awaited<ReturnType<typeof plannedOf>>;

/** The account before its paper, so that whoever writes the paper meanwhile makes the append fail; the plan and its items only where the mail did not arrive. */
const readFor = async (
  parts: MailParts,
  { scope }: MailCall,
  place: Place,
  { status }: ReportNews,
  known?: LoadedAccount,
): Promise<{ loaded: LoadedAccount; planned?: Planned }> => {
  const loaded = known ?? (await parts.accounts.load(scope, place));
  if (!failed.includes(status)) return { loaded };
  const planned = await plannedOf(parts, scope, place, loaded.account.head);
  if (planned === undefined) return { loaded };
  const itemIds = planned.items.map(({ itemId }) => itemId);
  return { loaded: await parts.accounts.load(scope, place, itemIds), planned };
};

type Reported = {
  planned: Planned;
  mail: SentPaper;
  news: ReportNews;
};

const failed: readonly ReportedStatus[] = ['bounced', 'suppressed'];

type Following = {
  facts: readonly Fact[];
  /** More items are to be taken back than one entry can: the report is written with the last of them. */
  isNotAll: boolean;
};

/** Only what was to reach whom it was written to counts: a copy that bounces undoes no reminder. */
const factsOf = async (
  parts: MailParts,
  call: MailCall,
  place: Place,
  loaded: LoadedAccount,
  { planned, mail, news }: Reported,
): Promise<Following> => {
  const { status, emailHash: recipient, on } = news;
  const isMain = mail.to.some(
    ({ address }) => emailHashOf(address, parts.salt, parts.hashText) === recipient,
  );
  const { messageId } = place;
  const copied = isMain ? {} : ({ isCopy: true } as const);
  const reported: Fact = { kind: 'messageReported', messageId, status, recipient, ...copied, on };
  if (status === 'complained') {
    const work = [...answerComplaint(news, await parts.frameOf(place.companyId, call.now))];
    return { facts: [reported, ...work, ...(await workFor(parts, call, loaded, on))], isNotAll: false };
  }
  if (!failed.includes(status) || !isMain) return { facts: [reported], isNotAll: false };
  const { items } = loaded.account;
  const undone = planned === undefined ? [] : noteNotArrived(loaded.account, planned, on);
  const carried = [...items.values()].filter(({ carriedBy }) => carriedBy === place.messageId).length;
  if (carried > mostCarriedAtOnce) return { facts: undone, isNotAll: true };
  return { facts: [reported, ...undone, ...(await workFor(parts, call, loaded, on))], isNotAll: false };
};

/** A task, once while it is open, where nobody else of the customer can be written to. */
const workFor = async (
  parts: MailParts,
  { scope, now }: MailCall,
  loaded: LoadedAccount,
  on: Day,
): Promise<Fact[]> => {
  const { head } = loaded.account;
  if ((head.dunning.tasks ?? []).some(({ act }) => act === 'findContact')) return [];
  const masterData = await masterDataOf(parts, scope, loaded);
  const stateOf = await addressStates(parts, scope, head.companyId, masterData, true);
  if (recipientsOf(masterData, { stateOf }).to !== undefined) return [];
  const frame = await parts.frameOf(head.companyId, now);
  return frame === undefined ? [] : [findContact(on, addBusinessDays(on, 1, frame.calendar))];
};

/** Somebody calls: by mail they are not written to again. */
const answerComplaint = (
  { emailHash, on }: ReportNews,
  frame: Awaited<ReturnType<MailParts['frameOf']>>,
): Fact[] =>
  frame === undefined
    ? []
    : [
        {
          kind: 'taskCreated',
          task: {
            ...{
              id: `task:${on}:answerComplaint:${emailHash.slice(0, 16)}`,
              act: 'answerComplaint',
              stage: 0,
            },
            ...{ createdOn: on, dueOn: addBusinessDays(on, 1, frame.calendar) },
            ...{ does: ['collector'], sums: {}, items: [] },
          },
          on,
        },
      ];

const findContact = (on: Day, dueOn: Day): Fact => ({
  kind: 'taskCreated',
  task: {
    ...{ id: `task:${on}:findContact`, act: 'findContact', stage: 0, createdOn: on, dueOn },
    ...{ does: ['collector'], sums: {}, items: [] },
  },
  on,
});
