/**
 * What a night reads of one account for its alerts: its head, and what is known of its customer.
 * From: heads, master data, items that are overdue. Next: `alerts.ts` tells which readings break a rule.
 */
import type { AccountHead, OpenItem } from './account.ts';
import type { AlertReading } from './alerts.ts';
import { businessDaysBetween, type BusinessCalendar } from './business-days.ts';
import { addDays, daysBetween, type Day } from './calendar.ts';
import type { MasterData } from './master-data.ts';
import { shareOf } from './metrics-collecting.ts';
import { amountOf, negate, type AmountMinor, type Currency } from './money.ts';
import { releaseOn } from './order-release.ts';
import type { OrderHoldRow } from './other-rows.ts';
import { insuranceDates } from './policy-tracks.ts';

/** A reading with what its alert says of it. */
export type SubjectReading = AlertReading & { accountId?: string; amount?: AmountMinor };

/** Who pays as late as this is punctual. */
const punctualDays = 3;

/** What is looked at of an open item. */
export type AlertItem = Pick<OpenItem, 'id' | 'currency' | 'open' | 'dueOn'>;

export type AccountRead = {
  head: AccountHead;
  /** Its open items, or at least those that are overdue. */
  items: readonly AlertItem[];
  masterData: MasterData;
  /** As it was the night before; absent where it was not known. */
  riskBefore?: string | undefined;
};

export const readingsOfAccount = (read: AccountRead, today: Day): SubjectReading[] => [
  ...overdueReadings(read, today),
  ...creditReadings(read, today),
  ...punctualReadings(read, today),
  ...limitReadings(read.head, read.masterData),
  ...insurerReadings(read, today),
  ...riskReadings(read),
];

type Subject = { accountId: string; currency: Currency; amount: AmountMinor };
const readingOf = (
  rule: string,
  subject: string,
  values: AlertReading['values'],
  about: Subject,
): SubjectReading => ({ rule, subject, values, ...about });

const overdueReadings = ({ head: { accountId }, items }: AccountRead, today: Day): SubjectReading[] => {
  const overdue = items.filter(({ open, dueOn }) => open > 0 && dueOn < today);
  const old = sumsOf(overdue.filter(({ dueOn }) => dueOn < addDays(today, -60)));
  return old.map(([currency, amount]) => {
    const about = { accountId, currency, amount };
    return readingOf('beyond60Days', `${accountId}:${currency}`, { beyond60Days: amount }, about);
  });
};

/** Of every item that is overdue, with the start of the company's day: whether it is large, its rule says. */
export const largeItemReadings = (
  accountId: string,
  items: readonly AlertItem[],
  today: Day,
): SubjectReading[] =>
  items
    .filter(({ open, dueOn }) => open > 0 && dueOn < today)
    .map(({ id, currency, open: amount }) =>
      readingOf('largeItemOverdue', `${accountId}:${id}`, { amount }, { accountId, currency, amount }),
    );

const sumsOf = (items: readonly AlertItem[]): [Currency, AmountMinor][] => {
  const sums = new Map<Currency, AmountMinor>();
  for (const { currency, open } of items) sums.set(currency, amountOf((sums.get(currency) ?? 0) + open));
  return [...sums];
};

/** Where an account owes less than it has with us. */
const creditReadings = (
  { head: { accountId, balances }, items }: AccountRead,
  today: Day,
): SubjectReading[] =>
  Object.entries(balances).flatMap(([currency, { open }]) => {
    if (open >= 0) return [];
    const about = { accountId, currency, amount: negate(open) };
    const subject = `${accountId}:${currency}`;
    const since = items
      .filter((item) => item.open < 0 && item.currency === currency)
      .map(({ dueOn }) => dueOn)
      .toSorted()[0];
    return [
      readingOf('creditBalanceLarge', subject, { amount: about.amount }, about),
      ...(since === undefined
        ? []
        : [readingOf('creditBalanceOld', subject, { days: daysBetween(since, today) }, about)]),
    ];
  });

const punctualReadings = (
  { head: { accountId, dunning }, items }: AccountRead,
  today: Day,
): SubjectReading[] => {
  const usual = dunning.policy?.habit?.latenessDays;
  if (usual === undefined || usual > punctualDays) return [];
  const overdue = items.filter(({ open, dueOn }) => open > 0 && dueOn < today);
  return sumsOf(overdue).map(([currency, amount]) => {
    const oldest = overdue
      .filter((item) => item.currency === currency)
      .map(({ dueOn }) => dueOn)
      .toSorted()[0]!;
    const values = { daysLate: daysBetween(oldest, today), amount };
    return readingOf('punctualNowLate', `${accountId}:${currency}`, values, { accountId, currency, amount });
  });
};

const limitReadings = (
  { accountId, balances }: AccountHead,
  { creditLimit }: MasterData,
): SubjectReading[] => {
  if (creditLimit === undefined || creditLimit.amount <= 0) return [];
  const { currency, amount: limit } = creditLimit;
  const open = balances[currency]?.open;
  const limitUsed = open === undefined || open < 0 ? undefined : shareOf(open, limit);
  if (open === undefined || limitUsed === undefined) return [];
  const about = { accountId, currency, amount: open };
  return ['limitNearlyUsed', 'limitExceeded'].map((rule) => readingOf(rule, accountId, { limitUsed }, about));
};

const insurerTask = /^task:insurer:(?<itemId>.+):\d{4}-\d\d-\d\d$/;

/** Of items whose insurer's dates have come near enough for a task. */
const insurerReadings = (
  { head: { accountId, dunning }, items }: AccountRead,
  today: Day,
): SubjectReading[] => {
  const named = (dunning.tasks ?? []).map(({ id }) => insurerTask.exec(id)?.groups?.['itemId']);
  return items
    .filter(({ id, open }) => open > 0 && named.includes(id))
    .flatMap(({ id, dueOn, currency, open: amount }) => {
      const { reportBy, placeBy } = insuranceDates(dueOn);
      const next = [reportBy, placeBy].find((day) => day >= today);
      if (next === undefined) return [];
      const values = { days: daysBetween(today, next) };
      const about = { accountId, currency, amount };
      return ['insurerDateNear', 'insurerDateNext'].map((rule) =>
        readingOf(rule, `${accountId}:${id}:${next}`, values, about),
      );
    });
};

const minutesOfDay = 480;

/** Of orders that wait for its payment, by whole working days since: a file says no hour. Those let go wait no more. */
export const orderReadings = (
  head: AccountHead,
  orders: readonly OrderHoldRow[],
  today: Day,
  calendar: BusinessCalendar,
): SubjectReading[] =>
  orders
    .filter(({ orderNumber, amount }) => amount > 0 && releaseOn(head, orderNumber, today) === undefined)
    .map(({ accountId, orderNumber, heldOn, currency, amount }) => {
      const workingMinutes = businessDaysBetween(heldOn, today, calendar) * minutesOfDay;
      const about = { accountId, currency, amount };
      return readingOf('orderBlocked', `${accountId}:${orderNumber}`, { workingMinutes }, about);
    });

const riskReadings = ({
  head: { accountId },
  masterData: { treatment },
  riskBefore,
}: AccountRead): SubjectReading[] => {
  const risk = treatment?.risk;
  if (risk === undefined || riskBefore === undefined || risk <= riskBefore) return [];
  return [{ rule: 'riskWorse', subject: `${accountId}:${risk}`, values: { count: 1 }, accountId }];
};
