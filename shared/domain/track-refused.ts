/**
 * After a case was decided against the customer (`defaults.md` §4.4): of a dispute a call seven days later, then the
 * stage its items stood at; of a deduction the refusal again after 14 and 30 days, then somebody decides whether it is
 * billed back or written off.
 * From: the notice of the decision (T9, T12), which the head remembers until the last step; the look at the account.
 * Next: notices and tasks of the same append.
 */
import type { Account, AccountHead, AccountItem } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import type { Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import { sum, zero, type AmountMinor, type Currency } from './money.ts';
import type { Notice } from './notice.ts';
import { planNotice } from './plan-notice.ts';
import { defaultTracks, trackDayOf, type Track, type TrackStep } from './policy-tracks.ts';

export type Refused = Pick<Notice, 'text' | 'itemIds' | 'attachmentIds' | 'codes'> & {
  /** The cause of the first notice: the case, and its round where it was decided again. */
  id: string;
  startedOn: Day;
  /** Its last step that was done. */
  done?: string;
};

export const mostRefusedKept = 6;

const trackOf = (id: string): Track => defaultTracks.find((one) => one.id === id)!;
const [disputeTrack, deductionTrack] = [trackOf('disputeRefused'), trackOf('deductionInvalid')];
const stepsOf = ({ text }: Pick<Refused, 'text'>): readonly TrackStep[] =>
  (text === 'T12' ? deductionTrack : disputeTrack).steps;

type Frame = { today: Day; calendar: BusinessCalendar };

/** The call of a dispute; the last step of a deduction. */
const taskIdOf = ({ id, text }: Pick<Refused, 'id' | 'text'>): string =>
  `task:track:${text === 'T12' ? 'deductionRefused' : 'disputeRefused'}:${id}`;

const again = (id: string, step: string): string => `${id}:${step}`;

/** What the head knows of refusals after a notice or a task was planned; the same list where it is none of theirs. */
const refusedAfter = (
  before: readonly Refused[],
  fact: Extract<Fact, { kind: 'noticePlanned' | 'taskCreated' }>,
): readonly Refused[] => {
  if (fact.kind === 'taskCreated') {
    const over = before.find((one) => taskIdOf(one) === fact.task.id);
    return over === undefined ? before : before.filter((one) => one !== over);
  }
  const { text, causeId, itemIds, attachmentIds, codes, plannedOn } = fact.notice;
  const known = before.find((one) => one.text === text && causeId.startsWith(one.id));
  if (known !== undefined) {
    const step = stepsOf(known).find(({ name }) => again(known.id, name) === causeId);
    return step === undefined
      ? before
      : before.map((one) => (one === known ? { ...one, done: step.name } : one));
  }
  if ((text !== 'T9' && text !== 'T12') || codes?.['outcome'] === 'accepted' || itemIds === undefined)
    return before;
  const files = attachmentIds === undefined ? {} : { attachmentIds };
  const refused: Refused = {
    ...{ id: causeId, text, itemIds, ...files, startedOn: plannedOn },
    ...(codes === undefined ? {} : { codes }),
  };
  return [refused, ...before].slice(0, mostRefusedKept);
};

/** The position with it; the very same where nothing is otherwise. */
export const withRefused = <Position extends { refused?: readonly Refused[] }>(
  before: Position,
  fact: Parameters<typeof refusedAfter>[1],
): Position => {
  const known = before.refused ?? [];
  const refused = refusedAfter(known, fact);
  return refused === known ? before : { ...before, refused };
};

/** The head without what a case that was opened again was refused. */
export const withoutRefusedCase = (head: AccountHead, caseId: string): AccountHead => {
  const { refused } = head.dunning;
  if (refused === undefined) return head;
  const left = refused.filter(({ codes }) => codes?.['case'] !== caseId);
  return left.length === refused.length ? head : { ...head, dunning: { ...head.dunning, refused: left } };
};

/** Until this day nothing but the decision speaks of an item: it was told what is due and by when. */
export const refusedUntil = (
  refused: readonly Refused[],
  itemId: string,
  { calendar }: Pick<Frame, 'calendar'>,
): Day | undefined => {
  const days = refused
    .filter(({ text, itemIds }) => text === 'T9' && itemIds?.includes(itemId) === true)
    .map(({ startedOn }) => trackDayOf(disputeTrack.steps.at(-1)!, startedOn, calendar));
  return days.toSorted().at(-1);
};

const openOf = ({ items }: Pick<Account, 'items'>, { itemIds = [] }: Refused): AccountItem[] =>
  itemIds.flatMap((id) => items.get(id) ?? []).filter(({ open }) => open > 0);

/** Steps after the decision itself, none of them done. */
const ahead = (refused: Refused): TrackStep[] => {
  const steps = stepsOf(refused).filter(({ act, after }) => after > 0 && act !== 'resume');
  const at = steps.findIndex(({ name }) => name === refused.done);
  return steps.slice(at + 1);
};

export const refusedDays = (account: Pick<Account, 'head' | 'items'>, { calendar }: Frame): Day[] =>
  (account.head.dunning.refused ?? []).flatMap((one) =>
    openOf(account, one).length === 0
      ? []
      : ahead(one).map((step) => trackDayOf(step, one.startedOn, calendar)),
  );

/** Days that were missed are made up for by their last mail alone. */
export const refusedFacts = (account: Account, frame: Frame): Fact[] =>
  (account.head.dunning.refused ?? []).flatMap((one) => {
    const open = openOf(account, one);
    if (open.length === 0) return [];
    const due = ahead(one).filter((step) => trackDayOf(step, one.startedOn, frame.calendar) <= frame.today);
    const mail = due.findLast(({ act }) => act === 'mail');
    const work = due.find(({ act }) => act === 'call' || act === 'task');
    return [
      ...(mail === undefined ? [] : mailed(account, one, mail, frame)),
      ...(work === undefined ? [] : [taskOf(one, work, open, frame)]),
    ];
  });

/** What does not fit while many are on their way is planned by a later look. */
const mailed = (account: Account, refused: Refused, { name }: TrackStep, { today }: Frame): Fact[] => {
  const { id, startedOn: _started, done: _done, ...request } = refused;
  const planned = planNotice(account.head, { ...request, causeId: again(id, name) }, today);
  return planned.ok ? [...planned.value] : [];
};

const taskOf = (
  refused: Refused,
  { act, does }: TrackStep,
  open: readonly AccountItem[],
  { today, calendar }: Frame,
): Fact => {
  const sums: Record<Currency, AmountMinor> = {};
  for (const item of open) sums[item.currency] = sum(sums[item.currency] ?? zero, item.open);
  const task = {
    ...{ id: taskIdOf(refused), act: act === 'call' ? 'call' : 'billBackOrWriteOff', stage: 0, items: [] },
    ...{ createdOn: today, dueOn: addBusinessDays(today, 1, calendar), does, sums },
  };
  return { kind: 'taskCreated', task, on: today };
};
