/**
 * Invented items for tests of the domain: one of each kind, and any at all.
 * From: fast-check. Next: the tests beside this file.
 */
import fc from 'fast-check';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import type { ItemStates } from '../../shared/domain/item-parts.ts';
import { itemKinds, type Item } from '../../shared/domain/item.ts';
import { amountOf } from '../../shared/domain/money.ts';

export const today: Day = dayFromText('2026-11-22');

/** An invoice of 100.00 EUR, 40 days overdue on `today`. */
export const itemWith = (changes: Partial<Item> = {}): Item => {
  const { open = amountOf(10_000), kind = 'invoice', number = '4711', dueOn = addDays(today, -40) } = changes;
  return {
    ...{ id: `item:${kind}:${number}`, kind, source: 'books', number, part: '1' },
    ...{ documentOn: addDays(dueOn, -30), postedOn: addDays(dueOn, -30), firstDueOn: dueOn, dueOn },
    ...{ currency: 'EUR', original: open, open, discountTiers: [], parties: {}, references: {} },
    ...{ isInsured: false, isIntercompany: false, stage: 0 },
    ...changes,
  };
};

const isCredit = (kind: Item['kind']): boolean => kind === 'creditNote' || kind === 'paymentOnAccount';

const daysAround = fc.integer({ min: -500, max: 120 }).map((days) => addDays(today, days));

/** Any item of any kind, in one of three currencies, some with a retained part. */
export const anyItem: fc.Arbitrary<Item> = fc
  .record({
    kind: fc.constantFrom(...itemKinds),
    size: fc.oneof(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(0, 1, 10 ** 12)),
    dueOn: daysAround,
    currency: fc.constantFrom('EUR', 'USD', 'JPY'),
    isIntercompany: fc.nat(9).map((draw) => draw === 0),
    retained: fc.option(fc.record({ amount: fc.nat(1_500_000), releaseOn: fc.option(daysAround) })),
  })
  .map(({ size, retained, ...rest }) =>
    itemWith({
      ...rest,
      open: amountOf(isCredit(rest.kind) ? -size : size),
      ...(retained && {
        retention: {
          amount: amountOf(retained.amount),
          ...(retained.releaseOn && { releaseOn: retained.releaseOn }),
        },
      }),
    }),
  );

const part = fc.oneof(fc.constant(0), fc.nat(2_000_000)).map(amountOf);
const seldom = fc.nat(9).map((draw) => draw === 0);

/** Any facts about an item, contradictory ones too. */
export const anyStates: fc.Arbitrary<ItemStates> = fc.record(
  {
    disputed: part,
    promised: fc.record({ amount: part, holdsUntilOn: daysAround }),
    ...{ isInPlan: seldom, isDirectDebitPending: seldom, isFactorDisclosed: seldom },
    ...{ isPlaced: seldom, isDebtorInsolvent: seldom, isWrittenOff: seldom },
  },
  { requiredKeys: [] },
);
