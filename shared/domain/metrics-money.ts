/**
 * Cash, withheld messages, disputed money and provision of a period or a day.
 * From: entries of the journal, aging. Next: tiles, reports. One currency a call where amounts are summed.
 */
import type { Day } from './calendar.ts';
import { fraction, plus, roundedTo } from './fraction.ts';
import { shareOf, type PercentHundredths } from './metrics-collecting.ts';
import { amountOf, sum, zero, type AmountMinor } from './money.ts';

/**
 * Money as it was seen: booked with a day, or implied by an item gone between two snapshots, which is a span.
 * Above 0 came in, below 0 went back.
 */
export type SeenMoney = { amount: AmountMinor; on: Day } & (
  { as: 'booked' } | { as: 'implied'; fromOn: Day }
);

export type Collected = {
  booked: AmountMinor;
  implied: AmountMinor;
  /** Of the implied, what may belong to the period before: its span began before it. */
  impliedAcrossStart: AmountMinor;
};

/** What came in a period; implied money counts on the day of the snapshot that showed it, marked where it may not. */
export const collected = (
  money: readonly SeenMoney[],
  { firstOn, lastOn }: { firstOn: Day; lastOn: Day },
): Collected => {
  const inPeriod = money.filter(({ on }) => on >= firstOn && on <= lastOn);
  const total = (some: readonly SeenMoney[]) => some.reduce((all, { amount }) => sum(all, amount), zero);
  const implied = inPeriod.filter((one) => one.as === 'implied');
  return {
    booked: total(inPeriod.filter(({ as }) => as === 'booked')),
    implied: total(implied),
    impliedAcrossStart: total(implied.filter((one) => one.as === 'implied' && one.fromOn < firstOn)),
  };
};

export type WithheldFigures = {
  sent: number;
  withheld: number;
  /** By reason, the commonest first; names in order where counts are equal. */
  byReason: readonly { reason: string; count: number }[];
};

/** Messages not sent, by their stored reason. */
export const withheldByReason = (messages: readonly { reason?: string }[]): WithheldFigures => {
  const counts = new Map<string, number>();
  for (const { reason } of messages)
    if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const byReason = [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
  const withheld = byReason.reduce((all, { count }) => all + count, 0);
  return { sent: messages.length - withheld, withheld, byReason };
};

/** Shares of receivables: what is not due, disputed, beyond 90 days, unapplied. */
export const receivableShares = (figures: {
  receivables: AmountMinor;
  notDue: AmountMinor;
  disputed: AmountMinor;
  beyond90Days: AmountMinor;
  unapplied: AmountMinor;
}): Readonly<
  Record<'notDue' | 'overdue' | 'disputed' | 'beyond90Days' | 'unapplied', PercentHundredths | undefined>
> => {
  const of = (amount: number) => shareOf(amount, figures.receivables);
  return {
    ...{ notDue: of(figures.notDue), overdue: of(figures.receivables - figures.notDue) },
    ...{ disputed: of(figures.disputed), beyond90Days: of(figures.beyond90Days) },
    unapplied: of(figures.unapplied),
  };
};

/** Rates in hundredths of a percent by bucket of aging "standard", to be replaced by a company's own losses. */
export type ProvisionRules = {
  buckets: Readonly<Record<string, PercentHundredths>>;
  insolvent: PercentHundredths;
  /** What the insured part of a provision is multiplied by. */
  insured: PercentHundredths;
};

export const defaultProvisionRules: ProvisionRules = {
  buckets: { notDue: 30, '1-30': 100, '31-60': 400, '61-90': 1_000, '91+': 4_000 },
  insolvent: 8_000,
  insured: 1_000,
};

/** A part of receivables all at one place: a bucket, or an insolvent debtor. */
export type ProvisionPart = {
  bucket: string;
  isInsolvent?: boolean;
  amount: AmountMinor;
  insured?: AmountMinor;
};

/** Rounded once, at the end. @throws RangeError for a bucket the rules have no rate for. */
export const provisionOf = (parts: readonly ProvisionPart[], rules: ProvisionRules): AmountMinor => {
  const exact = parts.reduce((total, { bucket, isInsolvent = false, amount, insured = zero }) => {
    const rate = isInsolvent ? rules.insolvent : rules.buckets[bucket];
    if (rate === undefined) throw new RangeError(`no rate of provision for bucket ${bucket}`);
    const weighted = BigInt(amount - insured) * 10_000n + BigInt(insured) * BigInt(rules.insured);
    return plus(total, fraction(weighted * BigInt(rate), 100_000_000));
  }, fraction(0));
  return amountOf(roundedTo(exact));
};

export type BadDebtMonth = { month: string; writtenOff: AmountMinor; recovered: AmountMinor };

/** Write-offs and recoveries by month; a recovery counts in the month it came. Months in order. */
export const badDebtByMonth = (
  facts: readonly { kind: 'writtenOff' | 'recovered'; amount: AmountMinor; on: Day }[],
): BadDebtMonth[] => {
  const months = new Map<string, BadDebtMonth>();
  for (const { kind, amount, on } of facts) {
    const month = on.slice(0, 7);
    const before = months.get(month) ?? { month, writtenOff: zero, recovered: zero };
    months.set(month, { ...before, [kind]: sum(before[kind], amount) });
  }
  return [...months.values()].toSorted((a, b) => (a.month < b.month ? -1 : 1));
};
