/**
 * The ladder under random items, texts and remittances: no unit lost, nothing over-applied, no order matters.
 * From: `shared/domain/allocation.ts`.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultAllocationLimits, type OpenItem } from '../../shared/domain/allocation-input.ts';
import { combinationsOf } from '../../shared/domain/allocation-search.ts';
import { allocate } from '../../shared/domain/allocation.ts';
import { item, notDue, payment } from './allocation-examples.ts';
import { amountOf } from '../../shared/domain/money.ts';

const seeds = fc.record({
  open: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: -40, max: -1 })),
  isDue: fc.boolean(),
  isDisputed: fc.boolean(),
  account: fc.constantFrom('payer', 'branch'),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
});

const books: fc.Arbitrary<OpenItem[]> = fc.array(seeds, { maxLength: 12 }).map((all) =>
  all.map(({ open, isDue, isDisputed, account, currency }, index) =>
    item(`${1000 + index}`, open, {
      ...(isDue ? {} : notDue),
      isDisputed,
      currency,
      account: { companyId: 'north', accountId: account },
    }),
  ),
);

const said = fc.array(fc.tuple(fc.integer({ min: 1000, max: 1013 }), fc.integer({ min: -20, max: 60 })), {
  maxLength: 5,
});

const cases = fc.record({
  items: books,
  amount: fc.integer({ min: 1, max: 200 }),
  lines: fc.option(said, { nil: undefined }),
  named: fc.array(fc.integer({ min: 1000, max: 1013 }), { maxLength: 4 }),
  isOldestFirst: fc.boolean(),
  /** Often just what some of the items come to, so that the upper rungs are reached. */
  exact: fc.option(fc.nat({ max: 4095 }), { nil: undefined }),
});

const inputOf = ({
  items,
  amount,
  lines,
  named,
  isOldestFirst,
  exact,
}: typeof cases extends fc.Arbitrary<infer V> ? V : never) => {
  const chosen = items.filter((_, index) => exact !== undefined && (exact >> index) % 2 === 1);
  const total = chosen.reduce((all, { open }) => all + open, 0);
  return payment(total > 0 ? total : amount, items, {
    text: named.join(', '),
    isOldestFirst,
    ...(lines
      ? { remittance: lines.map(([number, of]) => ({ number: `${number}`, amount: amountOf(of) })) }
      : {}),
  });
};

it('lines, and what stays on account, are the money; no item or credit gives more than is open', () => {
  const rungs = new Set<string>();
  fc.assert(
    fc.property(cases, (one) => {
      const input = inputOf(one);
      const { rung, lines, offsets, onAccount } = allocate(input);
      rungs.add(rung);
      expect(lines.reduce((all, { amount }) => all + amount, onAccount as number)).toBe(input.money.amount);
      expect(onAccount).toBeGreaterThanOrEqual(0);
      expect([...lines, ...offsets].every(({ amount }) => amount > 0)).toBe(true);
      for (const { id, account, open, currency, isDisputed } of input.items) {
        const mine = lines.filter((line) => line.itemId === id);
        const against = offsets.filter((offset) => offset.itemId === id || offset.creditId === id);
        const taken = [...mine, ...against].reduce((all, { amount }) => all + amount, 0);
        expect(taken).toBeLessThanOrEqual(Math.abs(open));
        if (open < 0 || currency !== 'EUR') expect(mine).toEqual([]);
        if (currency !== 'EUR') expect(taken).toBe(0);
        if (rung === 'oldest-first' && isDisputed) expect(taken).toBe(0);
        expect([...mine, ...against].every((part) => part.account.accountId === account.accountId)).toBe(
          true,
        );
      }
    }),
    { numRuns: 3000 },
  );
  expect(rungs.size).toBe(8);
});

it('the order of the items changes nothing', () => {
  fc.assert(
    fc.property(cases, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), (one, keys) => {
      const input = inputOf(one);
      const order = new Map(input.items.map(({ id }, index) => [id, keys[index] ?? 0]));
      const shuffled = input.items.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
      expect(allocate({ ...input, items: shuffled })).toEqual(allocate(input));
      expect(allocate({ ...input, items: input.items.toReversed() })).toEqual(allocate(input));
    }),
    { numRuns: 1000 },
  );
});

it('the search finds a combination exactly when counting all of them does', () => {
  fc.assert(
    fc.property(
      books,
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 1, max: 4 }),
      (items, amount, most) => {
        const debits = items.filter(({ open }) => open > 0);
        let count = 0;
        for (let mask = 1; mask < 2 ** debits.length; mask += 1) {
          const chosen = debits.filter((_, index) => Math.floor(mask / 2 ** index) % 2 === 1);
          if (chosen.length <= most && chosen.reduce((all, { open }) => all + open, 0) === amount) count += 1;
        }
        const limits = { ...defaultAllocationLimits, combinationItems: most };
        const { found, isComplete } = combinationsOf(items, amountOf(amount), limits);
        expect([found.length, isComplete]).toEqual([Math.min(count, 2), true]);
      },
    ),
    { numRuns: 1000 },
  );
});
