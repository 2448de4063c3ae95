/**
 * What the customers of each collector owe, in the currency of the list: all of it, and what is overdue.
 * From: the sums reports keep by collector, wired in `functions/parts.ts`. Next: targets, the view of the team, its week.
 */
import type { Cells } from './aging-cells.ts';
import { agingOfCells } from './aging-cells.ts';
import type { Day } from './calendar.ts';
import { sum, zero, type AmountMinor, type Currency } from './money.ts';
import { pool } from './worklist-row.ts';

/** Open amounts of a company by collector, as they stand on a day; nobody's under the empty name. */
export type OwedBy = (companyId: string, today: Day) => Promise<Readonly<Record<string, Cells>>>;

export type Owed = { open: AmountMinor; overdue: AmountMinor };

/** By collector; what is nobody's is the pool's. */
export const owedIn = (
  groups: Readonly<Record<string, Cells>>,
  today: Day,
  worth: (amount: AmountMinor, currency: Currency) => AmountMinor,
): ReadonlyMap<string, Owed> =>
  new Map(
    Object.entries(groups).map(([collector, cells]): [string, Owed] => {
      const tables = [...agingOfCells(cells, { asOf: today, scheme: 'standard', basis: 'dueDay' }).values()];
      const open = tables.map(({ currency, receivables }) => worth(receivables.total, currency));
      const overdue = tables.map(({ currency, receivables: { buckets } }) => {
        const { notDue: _later, ...late } = buckets;
        return worth(sum(zero, ...Object.values(late)), currency);
      });
      return [
        collector === '' ? pool : collector,
        { open: sum(zero, ...open), overdue: sum(zero, ...overdue) },
      ];
    }),
  );
