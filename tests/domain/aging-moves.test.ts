/**
 * Aging from moves: whatever happens to accounts, in whatever order and however late, the sums of what each
 * entry moved age on any day exactly as the items of that day do (M13, M15, M16).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addCells, agingOfCells, cellsForBasis, type Cells } from '../../shared/domain/aging-cells.ts';
import { addMoves, type Moves } from '../../shared/domain/aging-moves.ts';
import { agingOf, type Aging, type AgingChoice, type CurrencyAging } from '../../shared/domain/aging.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import { asOf } from '../../shared/domain/as-of.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { ItemStates } from '../../shared/domain/item-parts.ts';
import { sum, zero } from '../../shared/domain/money.ts';
import { beginLedger, ledgerCommands, type LedgerRun } from '../support/aging-commands.ts';
import { key } from '../support/account-examples.ts';

const views = ['known', 'corrected'] as const;

/** What all entries come to by the end of a day: those known later count from the day they became known. */
const cellsAt = ({ steps }: LedgerRun, day: Day, view: (typeof views)[number]): Cells => {
  let cells: Cells = {};
  for (const { knownOn, moves } of steps)
    for (const [on, moved] of Object.entries(moves)) {
      const counts = view === 'known' && knownOn > on ? knownOn : on;
      if (counts <= day) cells = addCells(cells, moved);
    }
  return cells;
};

/** Currencies with nothing anywhere are left out: items that are closed leave no trace in sums. */
const plain = (aging: Aging) =>
  Object.fromEntries([...aging].filter(([, { currency: _name, scheme: _cut, ...sums }]) => hasAmount(sums)));

const hasAmount = (value: object): boolean =>
  Object.values(value).some((one) => (typeof one === 'object' ? hasAmount(one as object) : one !== 0));

const hasContested = (sums: object): boolean => (sums as CurrencyAging).receivables.columns.disputed !== 0;

const choices = (asOfDay: Day): AgingChoice[] => [
  { asOf: asOfDay, scheme: 'standard', basis: 'dueDay' },
  { asOf: asOfDay, scheme: 'fine', basis: 'documentDay' },
  { asOf: asOfDay, scheme: 'ahead', basis: 'dueDay' },
  { asOf: asOfDay, scheme: 'standard', basis: 'dueDay', disputedApart: true },
  { asOf: asOfDay, scheme: 'standard', basis: 'documentDay', disputedApart: true },
];

/** What stood contested of an item at the end of the day. */
const contestedOn =
  (asOfDay: Day) =>
  ({ heldParts = [] }: AccountItem): ItemStates => {
    const standing = heldParts.filter(({ untilOn }) => untilOn === undefined || asOfDay <= untilOn);
    return { disputed: sum(zero, ...standing.map(({ amount }) => amount)) };
  };

it('on any day, in both views, moves age as the replayed items do', () => {
  let compared = 0;
  let contested = 0;
  fc.assert(
    fc.property(ledgerCommands, fc.nat(80), (commands, days) => {
      const run = beginLedger();
      fc.modelRun(() => ({ model: {}, real: run }), commands);
      const asOfDay = addDays('2026-02-20' as Day, days);
      for (const view of views) {
        const past = asOf(key, run.entries, { day: asOfDay, zone: 'UTC', view });
        const cells = cellsAt(run, asOfDay, view);
        const states = contestedOn(asOfDay);
        for (const choice of choices(asOfDay)) {
          const oracle = plain(agingOf(past.items.values(), choice, (item) => states(item as AccountItem)));
          expect(plain(agingOfCells(cells, choice))).toEqual(oracle);
          const basis = choice.basis === 'dueDay' ? 'due' : 'document';
          expect(plain(agingOfCells(cellsForBasis(cells, basis), choice))).toEqual(oracle);
          contested += Object.values(oracle).filter(hasContested).length;
          compared += Object.keys(oracle).length;
        }
      }
    }),
    { numRuns: 1_000 },
  );
  expect(compared).toBeGreaterThan(3_000);
  expect(contested).toBeGreaterThan(500);
}, 240_000);

it('adding moves in any order gives the same sums', () => {
  const amount = fc.integer({ min: -5, max: 5 }).filter((n) => n !== 0);
  const cells = fc.dictionary(fc.constantFrom('EUR open 2026-01-01', 'EUR credit'), amount, { minKeys: 1 });
  const moves = fc.dictionary(fc.constantFrom('2026-01-01', '2026-01-02'), cells);
  fc.assert(
    fc.property(fc.array(moves, { maxLength: 6 }), (list) => {
      const all = list as unknown as Moves[];
      const sumOf = (some: Moves[]) => some.reduce<Moves>(addMoves, {});
      expect(sumOf(all)).toEqual(sumOf([...all].reverse()));
    }),
    { numRuns: 1_000 },
  );
});
