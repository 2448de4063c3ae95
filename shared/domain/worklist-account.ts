/**
 * What the worklist knows of an account, and what may be claimed of it on a day.
 * From: the account's items, promises, disputes, contacts and tasks, put together by the workflow in the list's
 * currency (other currencies at the stored rate). Next: `worklist-score.ts`, `worklist.ts`.
 */
import { daysBetween, instantFromText, type Day } from './calendar.ts';
import { amountOf, smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import type { RiskClass, Touch } from './worklist-rules.ts';

/** In the order of the lane. */
export const dueKinds = [
  ...['callBack', 'brokenPromise', 'reply', 'followUp', 'blockedOrder', 'approval'],
] as const;
export type DueKind = (typeof dueKinds)[number];

/** Something to be done for an account from a day on; a call-back at a time of it (ISO instant). */
export type WorklistDue = { id: string; kind: DueKind; on: Day; at?: string };

/** What may be claimed of an item: without what is promised, disputed, planned or pending. Never below 0. */
export type WorklistItem = { id: string; claimable: AmountMinor; dueOn: Day; insurerDateOn?: Day };

export type WorklistAccount = {
  accountId: string;
  items: readonly WorklistItem[];
  /** Credits and money on account, as a size. */
  credits: AmountMinor;
  risk: RiskClass;
  /** Days after the due day on which it usually pays; absent when not known. */
  usualDaysLate?: number;
  /** Of promises that were broken, what is still open. */
  brokenPromiseOpen: AmountMinor;
  /** Worth of the orders that wait for its payment. */
  blockedOrders: AmountMinor;
  /** It lifts its collector above the target level of receivables. */
  breaksCeiling: boolean;
  lastContactOn?: Day;
  lastTalkOn?: Day;
  /** Money, a reply, a new overdue item: anything since the last talk that is worth another. */
  hasNewsSinceTalk: boolean;
  touch: Touch;
  handedOver?: 'placed' | 'legal' | 'insolvent';
  dues: readonly WorklistDue[];
};

export type ClaimedItem = WorklistItem & { daysLate: number };
export type Claim = {
  /** Of overdue items; below 0 when credits are more. */
  total: AmountMinor;
  /** What is left of each overdue item once credits were taken from the oldest on; the oldest first. */
  items: readonly ClaimedItem[];
};

/** How many days a day is before the day of the list: a list has few due days and many items. */
export const daysBefore = (today: Day): ((day: Day) => number) => {
  const known = new Map<Day, number>();
  return (day) => {
    const days = known.get(day) ?? daysBetween(day, today);
    known.set(day, days);
    return days;
  };
};

/** What may be claimed on a day; in the same order whatever the order of the items. */
export const claimOf = (
  { items, credits }: Pick<WorklistAccount, 'items' | 'credits'>,
  today: Day,
  lateBy = daysBefore(today),
): Claim => {
  const overdue = items.filter(({ dueOn, claimable }) => dueOn < today && claimable > 0).toSorted(byAge);
  let left = credits;
  const claimed = overdue.flatMap((item): ClaimedItem[] => {
    const taken = smaller(left, item.claimable);
    left = subtract(left, taken);
    const claimable = subtract(item.claimable, taken);
    return claimable === 0 ? [] : [{ ...item, claimable, daysLate: lateBy(item.dueOn) }];
  });
  const total = claimed.reduce((all, { claimable }) => sum(all, claimable), zero);
  return { total: amountOf(total - left), items: claimed };
};

const byAge = (a: WorklistItem, b: WorklistItem): number =>
  a.dueOn === b.dueOn ? compareText(a.id, b.id) : compareText(a.dueOn, b.dueOn);

/** The order of characters, the same everywhere: a language's order differs between machines. */
export const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** The order of the lane: by kind, by time (those without one last), the older first; `withoutId` leaves ties. */
export const compareDues = (a: WorklistDue, b: WorklistDue, ties: 'byId' | 'withoutId' = 'byId'): number =>
  dueKinds.indexOf(a.kind) - dueKinds.indexOf(b.kind) ||
  timeOf(a) - timeOf(b) ||
  compareText(a.on, b.on) ||
  (ties === 'byId' ? compareText(a.id, b.id) : 0);

const timeOf = ({ at }: WorklistDue): number =>
  at === undefined ? Number.MAX_SAFE_INTEGER : instantFromText(at).epochMilliseconds;
