/**
 * What became of a mail at one recipient: the address learns it, then the account, once each.
 * From: queue `delivery-reports`. Next: people (barred addresses), the message's paper, entries: a mail that did not arrive
 * does not count as a reminder, and the next contact gets the next one.
 */
import type { DeliveryReport } from '../../shared/contracts/mail-events.ts';
import { reportedAs } from '../../shared/contracts/mail-events.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, instantFromText, textOfInstant } from '../../shared/domain/calendar.ts';
import type { ReportedStatus } from '../../shared/domain/dunning-facts.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import {
  afterBounce,
  afterSoftFailure,
  afterSuppression,
  emailHashOf,
  type PersonState,
} from '../../shared/domain/person.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { InboxEvent, MessagePlace, NamedPlace } from '../../shared/ports/inbox-store.ts';
import { placeOfOperation } from './claim-message.ts';
import { noteAccepted } from './note-accepted.ts';
import { noteReport } from './note-report.ts';
import { mostTries, type MailCall, type MailParts } from './parts.ts';
import { waitingOf } from './read-message.ts';

export const internetName = (id: string): string =>
  `internet:${id.trim().replace(/^<|>$/g, '').toLowerCase()}`;

/** Late, double or out of order: state converges, nothing is ever sent again because of a report. */
export const applyReport = async (
  parts: MailParts,
  report: DeliveryReport,
  call: MailCall,
): Promise<Outcome<string, ProblemCode>> => {
  const { recipient, messageId: operationId, internetMessageId, deliveryAttemptTimestamp } = report.data;
  const at = textOfInstant(instantFromText(deliveryAttemptTimestamp));
  const status = reportedAs(report);
  const emailHash = emailHashOf(recipient, parts.salt, parts.hashText);
  const place = await placeOfOperation(parts, call, operationId);
  const name = internetMessageId === undefined ? undefined : internetName(internetMessageId);
  const named = place === undefined || name === undefined ? undefined : { name, place };
  const eventId = `report:${report.id}`;
  if (await isKept(parts, call, eventId, named)) return done('known');
  await notePerson(parts, call, { emailHash, status, at, place });
  if (place !== undefined)
    await noteOnAccount(parts, call, place, { operationId, emailHash, status, at }, report);
  // a mail that is not ours is told apart from one whose work is done
  const result = place === undefined ? 'nobody-knows-it' : status;
  const content = { operationId, emailHash, status, at };
  const event: InboxEvent = {
    ...{ eventId, kind: 'report', receivedAt: textOfInstant(call.now), content, result },
    state: place === undefined ? 'dropped' : 'done',
  };
  // last, and in one write: whoever dies before it does the same once more
  if (named === undefined) await parts.inbox.keep(call.scope, event);
  else await parts.inbox.keepPlaced(call.scope, event, named);
  return done(result);
};

const isKept = async (
  { inbox }: Pick<MailParts, 'inbox'>,
  { scope }: Pick<MailCall, 'scope'>,
  eventId: string,
  named: NamedPlace | undefined,
): Promise<boolean> => {
  const found =
    named === undefined
      ? await inbox.read(scope, eventId)
      : await inbox.readPlaced(scope, named.name, eventId);
  return found !== undefined && found.state !== 'new';
};

type News = { emailHash: string; status: ReportedStatus; at: string; place: MessagePlace | undefined };

const stateAfter = (state: PersonState, { status, at }: News): PersonState => {
  switch (status) {
    case 'bounced':
      return afterBounce(state, at);
    case 'suppressed':
      return afterSuppression(state, 'provider', at);
    case 'complained':
      return afterSuppression(state, 'complaint', at);
    case 'delayed':
      return afterSoftFailure(state, at);
    case 'delivered':
      return state;
  }
};

const notePerson = async ({ people }: MailParts, { scope }: MailCall, news: News): Promise<void> => {
  if (news.status === 'delivered') return;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const known = await people.read(scope, news.emailHash);
    const state = stateAfter(known.state, news);
    const isSaved = state === known.state || (await people.save(scope, { ...known, state })) === 'saved';
    if (!isSaved) continue;
    await putOnList({ people }, { scope }, news, state);
    return;
  }
  throw new Error('what is known of an address is being changed by others');
};

const putOnList = async (
  { people }: Pick<MailParts, 'people'>,
  { scope }: Pick<MailCall, 'scope'>,
  { emailHash, place, status }: News,
  { suppressed, bounced }: PersonState,
): Promise<void> => {
  const since = suppressed?.since ?? bounced?.since;
  if (place === undefined || since === undefined || status === 'delivered' || status === 'delayed') return;
  const { companyId, accountId } = place;
  const reason = suppressed === undefined ? 'bounced' : 'suppressed';
  await people.bar(scope, { companyId, accountId, emailHash, reason, since });
};

type OnAccount = { operationId: string; emailHash: string; status: ReportedStatus; at: string };

const noteOnAccount = async (
  parts: MailParts,
  call: MailCall,
  place: MessagePlace,
  news: OnAccount,
  report: DeliveryReport,
): Promise<void> => {
  const company = await readCompany(parts.companies ?? parts.settings, call.scope, place.companyId);
  if (!company.ok) throw new Error(`company ${place.companyId} of a mail is not set up`);
  const on = dayAt(call.now, company.value.zone);
  // a report is proof that the mail service took the mail, whoever missed its answer
  const loaded = await parts.accounts.load(call.scope, place);
  const isNoted = waitingOf(loaded, place.messageId).is === 'gone';
  if (!isNoted) await noteAccepted(parts, call, place, on, { loaded });
  const detail = report.data.deliveryStatusDetails?.statusMessage ?? '';
  const told = { ...news, on, detail: detail.slice(0, 500) };
  await noteReport(parts, call, place, told, isNoted ? loaded : undefined);
};
