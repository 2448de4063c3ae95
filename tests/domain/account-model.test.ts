/**
 * Whatever is done to an account, in whatever order: it equals a model of plain numbers, its journal is whole,
 * and any past day is what a replay says.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sizeOf, type Account } from '../../shared/domain/account.ts';
import { asOf, type AsOfView } from '../../shared/domain/as-of.ts';
import { addDays, type Day } from '../../shared/domain/calendar.ts';
import { checkAccount } from '../../shared/domain/invariants.ts';
import { replay, verifyChain } from '../../shared/domain/entry.ts';
import { hashOfContent } from '../../shared/azure/entry-hash.ts';
import { accountCommands, begin, type Model, type Real } from '../support/account-commands.ts';
import { day, key } from '../support/account-examples.ts';

const runs = { numRuns: 1_000 };

/** Runs the commands, then checks what is left. */
const afterCommands = (check: (model: Model, real: Real) => void) =>
  fc.property(accountCommands, (commands) => {
    const { model, real } = begin();
    fc.modelRun(() => ({ model, real }), commands);
    check(model, real);
  });

it('open items, ledger accounts and the model agree, and no item leaves its bounds (M1, M2, M3, M9)', () => {
  fc.assert(
    afterCommands((model, { account }) => {
      const total = [...model.open.values()].reduce((all, open) => all + open, 0);
      const { open = 0, ledger = {} } = account.head.balances['EUR'] ?? {};
      expect(open).toBe(total);
      expect(Object.values(ledger).reduce((all, amount) => all + amount, 0)).toBe(0);
      expect(checkAccount({ head: account.head, items: account.items.values(), hasAllOpen: true })).toEqual(
        [],
      );
      for (const item of account.items.values()) {
        const raised = item.changes.filter(({ by }) => by === 'adjustment').map(({ amount }) => amount);
        const largest = raised.reduce((all, amount) => all + amount, sizeOf(item.original) as number);
        expect(item.open * Math.sign(item.original)).toBeGreaterThanOrEqual(0);
        expect(sizeOf(item.open)).toBeLessThanOrEqual(largest);
        expect(item.allocated).toBeLessThanOrEqual(largest);
      }
    }),
    runs,
  );
}, 120_000);

it('every version is what a replay of its journal says, and the chain is whole', () => {
  fc.assert(
    fc.property(accountCommands, fc.nat(60), (commands, cut) => {
      const { model, real } = begin();
      fc.modelRun(() => ({ model, real }), commands);
      const version = cut % real.states.length;
      expect(plain(replay(key, real.entries.slice(0, version)))).toEqual(plain(real.states[version]!));
      expect(verifyChain(real.account.head, real.entries, hashOfContent)).toBeUndefined();
    }),
    runs,
  );
}, 120_000);

it('any past day is what had been posted by then, as known then or as corrected since (M13)', () => {
  fc.assert(
    fc.property(accountCommands, fc.nat(60), (commands, days) => {
      const { model, real } = begin();
      fc.modelRun(() => ({ model, real }), commands);
      const at = addDays(day('2026-02-27'), days);
      for (const view of ['known', 'corrected'] as const) {
        const past = asOf(key, real.entries, { day: at, zone: 'UTC', view });
        const expected = openInModel(model, at, view);
        for (const [id, open] of expected) expect(past.items.get(id)?.open ?? 0).toBe(open);
        const total = [...expected.values()].reduce((all, open) => all + open, 0);
        expect(past.head.balances['EUR']?.open ?? 0).toBe(total);
      }
    }),
    runs,
  );
}, 120_000);

const openInModel = ({ moves }: Model, at: Day, view: AsOfView): Map<string, number> => {
  const open = new Map<string, number>();
  for (const { id, by, enteredOn, on } of moves)
    if (on <= at && (view === 'corrected' || enteredOn <= at)) open.set(id, (open.get(id) ?? 0) + by);
  return open;
};

it('the commands reach every kind of fact about money', () => {
  const kinds = new Set<string>();
  fc.assert(
    afterCommands((_model, { entries }) => {
      for (const { facts } of entries) for (const { kind } of facts) kinds.add(kind);
    }),
    { numRuns: 1_000, seed: 7 },
  );
  expect([...kinds].toSorted()).toEqual([
    'applicationReversed',
    'creditAllocated',
    'debitAdjusted',
    'exchangeDifferenceNoted',
    'itemAmended',
    'itemPosted',
    'itemReduced',
    'itemReopened',
    'paymentApplied',
    'paymentReceived',
    'provisionalConfirmed',
    'provisionalNoted',
    'recoveryReceived',
    'writeOffApproved',
    'writeOffDone',
    'writeOffRequested',
  ]);
}, 120_000);

const plain = ({ head, items }: Account) => ({ head, items: Object.fromEntries(items) });
