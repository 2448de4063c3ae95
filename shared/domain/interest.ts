/**
 * Interest on a late item by a dated rule: simple, day by day on what was open, whole numbers only (M5, M12).
 * From: the item's due day and what settled it when. Next: final notices, evidence, an item of kind interest.
 */
import { addDays, daysBetween, type Day } from './calendar.ts';
import type { InterestRule } from './interest-rules.ts';
import { amountOf, subtract, zero, type AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type LateDebt = {
  principal: AmountMinor;
  dueOn: Day;
  /** What settled it when; in the order of days. */
  payments: readonly { on: Day; amount: AmountMinor }[];
};

export type InterestLine = {
  from: Day;
  to: Day;
  days: number;
  balance: AmountMinor;
  rateThousandths: number;
};
export type Interest = {
  amount: AmountMinor;
  lines: readonly InterestLine[];
  ruleId: string;
  version: number;
};

/** From the day after the due day to `until`, that day included. Refused where the rule has no rate for a day. */
export const interestOn = (debt: LateDebt, until: Day, rule: InterestRule): Outcome<Interest, 'no-rate'> => {
  const start = addDays(debt.dueOn, 1);
  const lines: InterestLine[] = [];
  for (const { from, to, balance } of balancesOf(debt, start, until))
    for (const span of spansOf(from, to, rule)) {
      const rate = rateOn(rule, rule.basis === 'lockedAtDefault' ? start : span.from);
      if (rate === undefined) return refuse('no-rate', `${rule.id} has no rate for ${span.from}`);
      lines.push({ ...span, days: daysBetween(span.from, span.to) + 1, balance, rateThousandths: rate });
    }
  return done({ amount: totalOf(lines, rule), lines, ruleId: rule.id, version: rule.version });
};

type Span = { from: Day; to: Day };

/** What was open from day to day: a payment counts for its own day still, as the debtor owed in its course. */
const balancesOf = (
  { principal, payments }: LateDebt,
  start: Day,
  until: Day,
): (Span & { balance: AmountMinor })[] => {
  const spans: (Span & { balance: AmountMinor })[] = [];
  let [from, balance] = [start, principal];
  for (const { on, amount } of payments) {
    const to = on < until ? on : until;
    if (to >= from && balance > 0) spans.push({ from, to, balance });
    if (to >= from) from = addDays(to, 1);
    balance = subtract(balance, amount);
  }
  if (from <= until && balance > 0) spans.push({ from, to: until, balance });
  return spans;
};

/** Half-years begin in January and July. */
const spansOf = (from: Day, to: Day, { basis }: InterestRule): Span[] => {
  if (basis === 'lockedAtDefault') return [{ from, to }];
  const spans: Span[] = [];
  for (let start = from; start <= to;) {
    const year = start.slice(0, 4);
    const end = (start.slice(5, 7) <= '06' ? `${year}-06-30` : `${year}-12-31`) as Day;
    const last = end < to ? end : to;
    spans.push({ from: start, to: last });
    start = addDays(last, 1);
  }
  return spans;
};

/** A rate holds for its half-year only: what is not recorded is refused, not taken from the half-year before. */
const rateOn = ({ reference, marginThousandths }: InterestRule, day: Day): number | undefined => {
  const half = `${day.slice(0, 4)}-${day.slice(5, 7) <= '06' ? '01' : '07'}-01`;
  const rate = reference.find(({ from }) => from === half);
  return rate === undefined ? undefined : rate.percentThousandths + marginThousandths;
};

const percentParts = 100_000n;

/** Of one line by itself, rounded; the sum of several is rounded once, and may differ from theirs. */
export const amountOfLine = (line: InterestLine, rule: InterestRule): AmountMinor => totalOf([line], rule);

const totalOf = (lines: readonly InterestLine[], { rounding, yearDays }: InterestRule): AmountMinor => {
  if (rounding === 'roundedDay')
    return lines.reduce((total, { balance, rateThousandths, days }) => {
      const year = rounded(BigInt(balance) * BigInt(rateThousandths), percentParts);
      return amountOf(total + Number(rounded(year, BigInt(yearDays))) * days);
    }, zero);
  const parts = lines.reduce(
    (total, { balance, rateThousandths, days }) =>
      total + BigInt(balance) * BigInt(rateThousandths) * BigInt(days),
    0n,
  );
  return amountOf(Number(rounded(parts, percentParts * BigInt(yearDays))));
};

/** Half goes up; sizes are never below 0 here. */
const rounded = (parts: bigint, whole: bigint): bigint => (2n * parts + whole) / (2n * whole);
