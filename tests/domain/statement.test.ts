/**
 * Statements: opening and lines come to the closing, the closing to what is open, on any journal.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agingOf } from '../../shared/domain/aging.ts';
import { asOf, type AsOfView } from '../../shared/domain/as-of.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { statementOf, type CurrencyStatement } from '../../shared/domain/statement.ts';
import { day, key } from '../support/account-examples.ts';
import { beginLedger, ledgerCommands, type LedgerRun } from '../support/aging-commands.ts';

const zone = 'UTC';
const runs = { numRuns: 1_000, seed: 20261122 };
const days = { from: fc.integer({ min: -8, max: 60 }), length: fc.nat(40) };

const lived = (commands: Iterable<fc.Command<object, LedgerRun>>): LedgerRun => {
  let run = beginLedger();
  fc.modelRun(() => ({ model: {}, real: (run = beginLedger()) }), commands);
  return run;
};
const openOn = (entries: readonly Entry[], on: Day, view: AsOfView = 'corrected'): Map<string, number> => {
  const open = new Map<string, number>();
  for (const item of asOf(key, entries, { day: on, zone, view }).items.values())
    open.set(item.currency, (open.get(item.currency) ?? 0) + item.open);
  return open;
};
const total = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

describe('a statement of any journal', () => {
  const check = (claim: (statement: CurrencyStatement[], run: LedgerRun, from: Day, to: Day) => void) =>
    fc.assert(
      fc.property(ledgerCommands, days.from, days.length, (commands, first, length) => {
        const run = lived(commands);
        const from = addDays(day('2026-03-01'), first);
        const to = addDays(from, length);
        claim(statementOf(key, run.entries, { from, to, zone, view: 'corrected' }), run, from, to);
      }),
      runs,
    );

  it('opens with what a replay of the day before has open, and closes with that of its last day', () => {
    check((statement, { entries }, from, to) => {
      const [before, after] = [openOn(entries, addDays(from, -1)), openOn(entries, to)];
      for (const { currency, opening, closing } of statement) {
        expect(opening).toBe(before.get(currency) ?? 0);
        expect(closing).toBe(after.get(currency) ?? 0);
      }
      expect(statement.map(({ currency }) => currency)).toEqual([...after.keys()].toSorted());
    });
  }, 120_000);

  it('adds up: opening and lines are the closing, open items are the closing, all of them its aging', () => {
    check((statement, { entries }, _from, to) => {
      const { items } = asOf(key, entries, { day: to, zone, view: 'corrected' });
      const aging = agingOf(
        items.values(),
        { asOf: to, scheme: 'standard', basis: 'dueDay' },
        () => undefined,
      );
      for (const { currency, opening, lines, closing, items: open } of statement) {
        expect(opening + total(lines.map(({ amount }) => amount))).toBe(closing);
        expect(total(open.map((item) => item.open))).toBe(closing);
        expect(aging.get(currency)?.open).toBe(closing);
      }
    });
  }, 120_000);

  it('as it was known then, is what an account was that had heard of nothing later', () => {
    check((_statement, { entries }, from, to) => {
      const known = statementOf(key, entries, { from, to, zone, view: 'known' });
      const after = openOn(entries, to, 'known');
      for (const { currency, opening, lines, closing, items: open } of known) {
        expect(closing).toBe(after.get(currency) ?? 0);
        expect(opening + total(lines.map(({ amount }) => amount))).toBe(closing);
        expect(total(open.map((item) => item.open))).toBe(closing);
      }
      expect(known.map(({ currency }) => currency)).toEqual([...after.keys()].toSorted());
      const heard = entries.filter(({ at }) => at.slice(0, 10) <= to);
      expect(known).toEqual(statementOf(key, heard, { from, to, zone, view: 'corrected' }));
    });
  }, 120_000);

  it('goes on where the one before ended', () => {
    check((statement, { entries }, from, to) => {
      const next = statementOf(key, entries, {
        from: addDays(to, 1),
        to: addDays(to, 30),
        zone,
        view: 'corrected',
      });
      for (const { currency, closing } of statement)
        expect(next.find((one) => one.currency === currency)?.opening).toBe(closing);
      for (const { lines } of statement)
        for (const { on } of lines) expect(on >= from && on <= to).toBe(true);
    });
  }, 120_000);
});
