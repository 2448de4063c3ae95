/**
 * Direct debits (`defaults.md` §4.3 *Debit*, R167): announced 14 days ahead or as the mandate says (T10); one that came
 * back is told of the same day (T11), tried once more or needs a new mandate, by why it came back: then no other debit
 * is announced either. One nobody knows the reason of is a person's to look at, and holds all others until they did.
 * From: the items of the account, its mandate; the look at the account. Next: notices and tasks of the same append.
 * What stays unpaid goes on at the fifth stage: `item-step.ts`.
 */
import type { Account, AccountItem } from './account.ts';
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import { addDays, dayFromText, type Day } from './calendar.ts';
import {
  classOfReturn,
  directDebit,
  isUnauthorised,
  isUnclear,
  returnedOnOf,
  returnsOf,
  type ReturnClass,
} from './debit-returns.ts';
import { limitIn } from './euro-limits.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './facts.ts';
import { joinsOn, waitRules } from './item-waits.ts';
import { endedByReturn, heldByReturn, mayDebit, unclearAct } from './mandate.ts';
import type { Mandate } from './master-data.ts';
import type { CauseData } from './message-data.ts';
import { amountOf, sum, type AmountMinor, type Currency } from './money.ts';
import { mostItemsOfNotice, type Notice } from './notice.ts';
import { planNotice, type NoticeRequest } from './plan-notice.ts';
import type { Duty } from './policy.ts';

export type DebitFrame = {
  today: Day;
  calendar: BusinessCalendar;
  mandate?: Mandate | undefined;
  /** Ours, which each announcement names. */
  creditorId?: string | undefined;
  limitFactors?: Readonly<Record<Currency, number>> | undefined;
};

const usualAnnounceDays = 14;
const callFromEuroCents = 100_000;
/** A return that became known later than this is history. */
const toldWithinDays = 14;

const debitsOf = ({ items }: Pick<Account, 'items'>): AccountItem[] =>
  [...items.values()].filter(({ method, open }) => method === directDebit && open > 0);

/** Not before it is posted, so that what is posted late is announced by itself. */
const announceOn = ({ dueOn, postedOn }: AccountItem, { mandate }: Pick<DebitFrame, 'mandate'>): Day => {
  const on = addDays(dueOn, -(mandate?.announceDays ?? usualAnnounceDays));
  return on > postedOn ? on : postedOn;
};

export const debitDays = (account: Pick<Account, 'items'>, frame: DebitFrame): Day[] =>
  debitsOf(account).flatMap((item) => [announceOn(item, frame), ...listed(joinsOn(item, frame))]);

const listed = (day: Day | undefined): Day[] => (day === undefined ? [] : [day]);

export const debitFacts = (account: Account, frame: DebitFrame): Fact[] => {
  const debits = debitsOf(account);
  if (debits.length === 0) return [];
  const ended = endedByReturn(account, frame.today);
  const known = frame.mandate !== undefined && frame.creditorId !== undefined;
  const over = ended.length > 0 ? ended : heldByReturn(account, frame.today);
  const isOver = over.length > 0 || !mayDebit(account.head.dunning);
  const announced = isOver ? [] : debits.filter((item) => isToAnnounce(item, frame));
  const returned = debits.flatMap((item) => {
    const [last] = returnsOf(item);
    return last === undefined || addDays(last.reversedOn, toldWithinDays) < frame.today
      ? []
      : [{ item, last, times: returnsOf(item).length }];
  });
  const notices = [...announcements(announced, frame), ...returnNotices(returned)];
  if (notices.length > 0 && !known)
    return [...over, work('mandateUnknown', frame.today.slice(0, 7), ['arClerk'], [], frame)];
  return [
    ...over,
    ...planned(account, notices, frame.today),
    ...returned.flatMap((one) => workOf(one, frame)),
  ];
};

const isToAnnounce = (item: AccountItem, frame: DebitFrame): boolean =>
  returnedOnOf(item) === undefined && announceOn(item, frame) <= frame.today && frame.today < item.dueOn;

/** One per day of debit, currency and day of announcing. */
const announcements = (items: readonly AccountItem[], frame: DebitFrame): NoticeRequest[] =>
  [...Map.groupBy(items, (one) => `${one.dueOn}:${one.currency}:${announceOn(one, frame)}`)].flatMap(
    ([cause, group]) =>
      inParts(group.map(({ id }) => id)).map((itemIds, part) => ({
        ...{ text: 'T10' as const, causeId: `${cause}:${part}`, itemIds },
        codes: { on: group[0]!.dueOn },
      })),
  );

type Returned = { item: AccountItem; last: ReturnType<typeof returnsOf>[number]; times: number };

/** One per debit that came back, with all that it was to pay. */
const returnNotices = (returned: readonly Returned[]): NoticeRequest[] =>
  [...Map.groupBy(returned, ({ last }) => `${last.from ?? last.id}:${last.reversedOn}`)].flatMap(
    ([cause, group]) =>
      inParts(group.map(({ item }) => item.id)).map((itemIds, part) => ({
        ...{ text: 'T11' as const, causeId: `${cause}:${part}`, itemIds },
        codes: {
          ...{ on: group[0]!.last.on, returnedOn: group[0]!.last.reversedOn },
          reason: classOfReturn(group[0]!.last),
          amount: String(sum(...group.map(({ last }) => last.amount))),
        },
      })),
  );

const inParts = (ids: readonly string[]): string[][] => {
  const sorted = ids.toSorted();
  const starts = Array.from({ length: Math.ceil(sorted.length / mostItemsOfNotice) }, (_, n) => n);
  return starts.map((n) => sorted.slice(n * mostItemsOfNotice, (n + 1) * mostItemsOfNotice));
};

/** What does not fit while many are on their way is planned by a later look. */
const planned = (account: Account, notices: readonly NoticeRequest[], on: Day): Fact[] => {
  const facts: Fact[] = [];
  for (const notice of notices) {
    const fact = planNotice(evolve(account, facts).head, notice, on);
    if (fact.ok) facts.push(...fact.value);
  }
  return facts;
};

const workOf = ({ item, last, times }: Returned, frame: DebitFrame): Fact[] => {
  const cause = `${last.from ?? last.id}:${last.reversedOn}`;
  const again = classOfReturn(last) === 'noFunds' && times === 1 && frame.mandate?.mayRetry !== false;
  const limit = limitIn(item.currency, callFromEuroCents, frame.limitFactors);
  const sums: [Currency, AmountMinor][] = [[item.currency, item.open]];
  const isLarge = limit.ok && item.open >= limit.value;
  const next = isUnclear(last) ? unclearAct : 'newMandate';
  return [
    again
      ? work('debitAgain', cause, ['arClerk'], sums, frame, waitRules.afterReturn)
      : work(next, cause, ['arClerk'], sums, frame),
    ...(isLarge ? [work('call', cause, ['collector'], sums, frame)] : []),
    ...(isUnauthorised(last) ? [work('debitUnauthorised', cause, ['creditManager'], sums, frame)] : []),
  ];
};

const work = (
  act: string,
  cause: string,
  does: readonly Duty[],
  sums: readonly [Currency, AmountMinor][],
  { today: on, calendar }: DebitFrame,
  days = 1,
): Fact => {
  const dueOn = addBusinessDays(on, days, calendar);
  const task = { id: `task:track:${act}:${cause}`, act, stage: 0, createdOn: on, dueOn, does, items: [] };
  return { kind: 'taskCreated', task: { ...task, sums: Object.fromEntries(sums) }, on };
};

/** What T10 and T11 say of a debit. @returns undefined for other notices, and where mandate or our id is not known. */
export const debitCauseOf = (
  { text, itemIds = [], codes = {} }: Notice,
  { items }: Pick<Account, 'items'>,
  { mandate, creditorId }: Pick<DebitFrame, 'mandate' | 'creditorId'>,
): CauseData | undefined => {
  if ((text !== 'T10' && text !== 'T11') || mandate === undefined || creditorId === undefined)
    return undefined;
  const named = itemIds.flatMap((id) => items.get(id) ?? []);
  const [first] = named;
  if (first === undefined) return undefined;
  const { currency } = first;
  const amount =
    codes['amount'] === undefined ? sum(...named.map(({ open }) => open)) : amountOf(Number(codes['amount']));
  const { on, returnedOn, reason = 'other' } = codes;
  const returned =
    returnedOn === undefined
      ? {}
      : { returned: { on: dayFromText(returnedOn), reason: reason as ReturnClass } };
  const debit = { amount: { amount, currency }, on: dayFromText(on!), items: named.map((one) => one.number) };
  return { debit: { ...debit, ...returned, mandate: mandate.reference, creditorId } };
};
