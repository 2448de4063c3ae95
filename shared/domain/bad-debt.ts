/**
 * Bad debt by month: written off by reason and approver, what came back, and both against the sales of the month (R126).
 * From: items something was written off of, sales as told. Next: `functions/reporting/read-bad-debt.ts`. A recovery counts
 * in the month it came, a write-off that was undone in the month it was undone; without sales there is no ratio.
 */
import type { AccountItem } from './account.ts';
import { endOfMonth, type Day } from './calendar.ts';
import { salesUpTo, salesWithin } from './kpi-sales.ts';
import { badDebtRatio, type PercentHundredths } from './metrics-collecting.ts';
import { amountOf, negate, sum, zero, type AmountMinor, type Currency } from './money.ts';
import type { SalesRow } from './other-rows.ts';

/** Nobody approved what one may write off alone. */
export type BadDebtPart = { reason: string; approver: string | null; asked: string; amount: AmountMinor };
export type BadDebtRow = {
  month: string;
  currency: Currency;
  writtenOff: AmountMinor;
  recovered: AmountMinor;
  sales: AmountMinor | undefined;
  ratio: PercentHundredths | undefined;
  parts: BadDebtPart[];
};

type Move = { on: Day; currency: Currency } & (
  { kind: 'writtenOff'; part: BadDebtPart } | { kind: 'recovered'; amount: AmountMinor }
);

/** What an item says of it, as posted: no more than was open, taken back where it was undone. */
const movesOf = ({ currency, writeOffs, changes, recoveries }: AccountItem): Move[] => [
  ...writeOffs.flatMap(({ id, reason, requestedBy, approvedBy }): Move[] => {
    const change = changes.find((one) => one.id === id && one.by === 'writeOff');
    if (change === undefined) return [];
    const part = { reason, approver: approvedBy ?? null, asked: requestedBy, amount: change.amount };
    const done: Move = { kind: 'writtenOff', on: change.on, currency, part };
    if (!change.isReversed || change.reversedOn === undefined) return [done];
    const back = { ...part, amount: negate(change.amount) };
    return [done, { kind: 'writtenOff', on: change.reversedOn, currency, part: back }];
  }),
  ...recoveries.map(({ amount, on }): Move => ({ kind: 'recovered', on, currency, amount })),
];

/** Months in order, each currency by itself; a month of which there is nothing to say is left out. */
export const badDebtOf = (
  items: readonly AccountItem[],
  sales: readonly SalesRow[],
  { firstMonth, lastMonth }: { firstMonth: string; lastMonth: string },
): BadDebtRow[] => {
  const moves = items
    .flatMap(movesOf)
    .filter(({ on }) => on.slice(0, 7) >= firstMonth && on.slice(0, 7) <= lastMonth);
  const names = new Set(moves.map(({ on, currency }) => `${on.slice(0, 7)} ${currency}`));
  return [...names].toSorted().map((name) => {
    const [month = '', currency = ''] = name.split(' ');
    return rowOf(
      moves.filter((one) => one.on.startsWith(month) && one.currency === currency),
      sales,
      { month, currency },
    );
  });
};

const rowOf = (
  moves: readonly Move[],
  told: readonly SalesRow[],
  { month, currency }: Pick<BadDebtRow, 'month' | 'currency'>,
): BadDebtRow => {
  const firstOn = `${month}-01` as Day;
  const lastOn = endOfMonth(firstOn);
  const sales = salesWithin(salesUpTo(told, currency, lastOn), firstOn, lastOn)?.amount;
  const parts = partsOf(moves.flatMap((one) => (one.kind === 'writtenOff' ? [one.part] : [])));
  const writtenOff = sum(zero, ...parts.map(({ amount }) => amount));
  const recovered = sum(zero, ...moves.flatMap((one) => (one.kind === 'recovered' ? [one.amount] : [])));
  const ratio = sales === undefined ? undefined : badDebtRatio({ writtenOff, recovered, sales });
  return { month, currency, writtenOff, recovered, sales, ratio, parts };
};

/** The largest first. */
const partsOf = (parts: readonly BadDebtPart[]): BadDebtPart[] => {
  const byWho = new Map<string, BadDebtPart>();
  for (const part of parts) {
    const name = JSON.stringify([part.reason, part.approver, part.asked]);
    byWho.set(name, { ...part, amount: amountOf((byWho.get(name)?.amount ?? 0) + part.amount) });
  }
  return [...byWho.entries()]
    .toSorted(([a, x], [b, y]) => y.amount - x.amount || (a < b ? -1 : 1))
    .map(([, part]) => part);
};
