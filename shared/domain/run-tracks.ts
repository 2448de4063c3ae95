/**
 * What runs beside the stages of a policy: promises judged on real cash, plans by their instalments, broken promises,
 * the dates of an insurer and of retained money (`defaults.md` §3.4, §4.4, R58, R155, R161).
 * From: the dunning workflow, before it plans. Next: facts of the same append; the days on which tracks go on.
 */
import type { Account, AccountItem } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import type { NewTask } from './dunning-facts.ts';
import type { OpenPromise } from './dunning-position.ts';
import type { Fact } from './facts.ts';
import { endPromise, judgePromise, type Judged } from './judge-promise.ts';
import { onAccountSince } from './money-since.ts';
import { factsOfPlan, planDays, planStanding } from './payment-plan.ts';
import { planNotice } from './plan-notice.ts';
import { insuranceDates, insuredFinalOn } from './policy-tracks.ts';
import type { Duty } from './policy.ts';
import { releaseDays, releaseFacts } from './retention-release.ts';
import { saysPaidDays, saysPaidFacts } from './track-says-paid.ts';

export type TrackFrame = {
  today: Day;
  calendar: BusinessCalendar;
  /** The last day up to which money is known. */
  cashReachesOn?: Day | undefined;
};

/** Broken promises within these days make a customer one to watch. */
const brokenWithinDays = 90;
/** Attempts to call, or business days, after which a missed promise is written about. */
const mostAttempts = 2;
const missedAfterBusinessDays = 2;

/** All items of promises and plan, and all that are open, must be at hand. */
export const runTracks = (account: Account, frame: TrackFrame): Fact[] => [
  ...promiseFacts(account, frame),
  ...missedFacts(account, frame),
  ...planFacts(account, frame),
  ...insuranceFacts(account, frame),
  ...releaseFacts(account.items.values(), frame.today),
  ...saysPaidFacts(account, frame),
];

/** Ids of what tracks judge by beside open items. */
export const itemsOfTracks = ({ head }: Pick<Account, 'head'>): string[] => {
  const { promises = [], plan } = head.dunning;
  if (promises.length === 0 && plan === undefined) return [];
  const named = [...promises.flatMap(({ items }) => items), ...(plan?.items ?? [])];
  return [...new Set(named.map(({ itemId }) => itemId))];
};

/** Days to look at the account for a track's sake; those that passed and wait for cash: tomorrow. */
export const trackDays = (
  { head, items }: Account,
  { today, calendar }: Pick<TrackFrame, 'today' | 'calendar'>,
): Day[] => {
  const { promises = [], plan, tasks = [] } = head.dunning;
  const ahead = (day: Day): Day => (day > today ? day : addDays(today, 1));
  const { remindBefore, missedAfter, brokenAfter } = planDays;
  const offsets = [-remindBefore, missedAfter, brokenAfter];
  const ofPlan = (plan?.instalments ?? []).flatMap(({ on }) => offsets.map((days) => addDays(on, days)));
  const insured = insuredOf(items.values());
  const ofInsurer = insured === undefined ? [] : insuranceDates(insured.dueOn).tasksOn;
  return [
    ...promises.map(({ judgeOn }) => ahead(addDays(judgeOn, 1))),
    ...(plan === undefined ? [] : [ofPlan.filter((day) => day > today).toSorted()[0] ?? addDays(today, 1)]),
    ...ofInsurer.filter((day) => day > today).slice(0, 1),
    ...finalDays(items.values(), today, calendar),
    ...releaseDays(items.values(), today),
    ...saysPaidDays(head, calendar),
    ...(tasks.some(({ act }) => act === brokenPromise) ? [addDays(today, 1)] : []),
  ];
};

/** Days on which final notices of insured items are pulled forward. */
const finalDays = (items: Iterable<AccountItem>, today: Day, calendar: BusinessCalendar): Day[] =>
  [...items]
    .filter(({ isInsured, open }) => isInsured && open > 0)
    .map(({ dueOn }) => insuredFinalOn(dueOn, calendar))
    .filter((day) => day > today);

const brokenPromise = 'brokenPromise';
const taskIdOf = (promiseId: string): string => `task:${brokenPromise}:${promiseId}`;

const promiseFacts = (account: Account, frame: TrackFrame): Fact[] =>
  (account.head.dunning.promises ?? []).flatMap((promise) => {
    const judged = judgePromise(promise, account.items, {
      ...{ today: frame.today, cashReachesOn: frame.cashReachesOn },
      onAccount: onAccountSince(account, { ...promise, since: promise.madeOn }),
    });
    return judged === undefined ? [] : judgedFacts(account, promise, judged, frame);
  });

const judgedFacts = (
  account: Account,
  promise: OpenPromise,
  judged: Judged,
  { today, calendar }: TrackFrame,
): Fact[] => {
  const ended = endPromise(account, promise.id, judged, today);
  if (judged.result !== 'broken') return ended;
  const since = addDays(today, -brokenWithinDays);
  const isSecond = (account.head.dunning.brokenOn ?? []).some((on) => on > since);
  const sums = { [promise.currency]: promise.amount };
  const call = taskOf(taskIdOf(promise.id), brokenPromise, ['collector'], { today, calendar, sums });
  const told = taskOf(`task:brokenAgain:${promise.id}`, 'brokenAgain', ['creditManager'], {
    ...{ today, calendar, sums },
  });
  return [...ended, ...[call, ...(isSecond ? [told] : [])].map((task) => created(task, today))];
};

const created = (task: NewTask, on: Day): Fact => ({ kind: 'taskCreated', task, on });

const taskOf = (
  id: string,
  act: string,
  does: readonly Duty[],
  { today, calendar, sums = {} }: TrackFrame & { sums?: NewTask['sums'] },
): NewTask => ({
  ...{ id, act, does, stage: 0, createdOn: today, sums, items: [] },
  dueOn: addBusinessDays(today, 1, calendar),
});

/** Nobody was reached about a broken promise: it is written about, once (T7). */
const missedFacts = ({ head }: Account, { today, calendar }: TrackFrame): Fact[] => {
  const { tasks = [], contacts = [] } = head.dunning;
  return tasks
    .filter(({ act }) => act === brokenPromise)
    .flatMap(({ id, createdOn }) => {
      const since = contacts.filter(({ channel, on }) => channel === 'call' && on >= createdOn);
      if (since.some(({ isTalk }) => isTalk)) return [];
      const isTime = today >= addBusinessDays(createdOn, missedAfterBusinessDays, calendar);
      if (!isTime && since.length < mostAttempts) return [];
      const causeId = id.slice(taskIdOf('').length);
      const planned = planNotice({ dunning: head.dunning }, { text: 'T7', causeId }, today);
      return planned.ok ? planned.value : [];
    });
};

const planFacts = (account: Account, { today, calendar, cashReachesOn }: TrackFrame): Fact[] => {
  const { plan } = account.head.dunning;
  if (plan === undefined) return [];
  const onAccount = onAccountSince(account, { ...plan, since: plan.agreedOn });
  const standing = planStanding(plan, account.items, { today, cashReachesOn, onAccount });
  const facts = factsOfPlan(plan, standing, today);
  if (standing.is === 'broken') {
    const sums = { [plan.currency]: standing.missing };
    const task = taskOf(`task:planBroken:${plan.id}`, 'planBroken', ['creditManager'], {
      ...{ today, calendar, sums },
    });
    return [...facts, created(task, today)];
  }
  if (standing.is !== 'remind' && standing.is !== 'missed') return facts;
  const { instalmentOn, missing } = standing;
  const codes = { is: standing.is, instalmentOn, currency: plan.currency, missing: String(missing) };
  const causeId = `${plan.id}:${instalmentOn}:${standing.is}`;
  const planned = planNotice(account.head, { text: 'T15', causeId, codes }, today);
  return planned.ok ? [...facts, ...planned.value] : [];
};

/** The oldest insured item that claims money. */
const insuredOf = (items: Iterable<AccountItem>): AccountItem | undefined => {
  let oldest: AccountItem | undefined;
  for (const item of items)
    if (item.isInsured && item.open > 0 && (oldest === undefined || isBefore(item, oldest))) oldest = item;
  return oldest;
};

const isBefore = (a: AccountItem, b: AccountItem): boolean =>
  a.dueOn === b.dueOn ? a.id < b.id : a.dueOn < b.dueOn;

/** A task before each date of the insurer; the last one reached, so that missed days make one, not four. */
const insuranceFacts = ({ items }: Account, { today, calendar }: TrackFrame): Fact[] => {
  const item = insuredOf(items.values());
  if (item === undefined) return [];
  const { tasksOn, placeBy } = insuranceDates(item.dueOn);
  const reached = tasksOn.filter((day) => day <= today).at(-1);
  if (reached === undefined || today > placeBy) return [];
  const id = `task:insurer:${item.id}:${reached}`;
  const task = taskOf(id, 'insurerDate', ['collector'], {
    ...{ today, calendar, sums: { [item.currency]: item.open } },
  });
  return [created(task, today)];
};
