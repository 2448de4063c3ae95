/**
 * Discount and difference of a journal's allocation are posted as the journal tells them, whatever the terms say.
 */
import { expect, it } from 'vitest';
import type { AllocationRow, ReceiptRow } from '../../../shared/domain/feed-rows.ts';
import { money } from '../../support/account-examples.ts';
import { cashWorld, idOf, invoice, told, wire, type CashWorld } from '../../support/cash-world.ts';

const journal = { kind: 'journal', source: 'bank' } as const;

const endOf = async (world: CashWorld) => {
  const { head } = await world.account('a1');
  const deduction = head.openItems?.find(({ kind }) => kind === 'deduction');
  const item = deduction && (await world.open('a1', deduction.id));
  const { ledger } = head.balances['EUR']!;
  return {
    open: (await world.open('a1', idOf('1')))?.open,
    ...{ discounts: ledger.discounts, bankCharges: ledger.bankCharges },
    ...{ smallDifferences: ledger.smallDifferences },
    deduction: item && [item.open, item.reasonCode, item.claimNumber],
  };
};

const cases: [
  string,
  number,
  Partial<Record<'discount' | 'difference', number>>,
  Partial<AllocationRow>,
  object,
][] = [
  ['a discount that no terms allow', 97_000, { discount: 3_000 }, {}, { discounts: 3_000 }],
  ['a discount and the rest open', 50_000, { discount: 1_000 }, {}, { discounts: 1_000, open: 49_000 }],
  [
    'a difference with a mapped reason, however small',
    99_950,
    { difference: 50 },
    { reasonCode: 'damaged', claimNumber: 'C-1' },
    { deduction: [50, 'DMG', 'C-1'] },
  ],
  [
    'an unmapped reason',
    99_000,
    { difference: 1_000 },
    { reasonCode: 'ODD' },
    { deduction: [1_000, 'OTHER', undefined] },
  ],
  [
    'tax withheld',
    90_000,
    { difference: 10_000 },
    { reasonCode: 'WHT' },
    { deduction: [10_000, 'WHT', undefined] },
  ],
  ["a bank's charge", 98_000, { difference: 2_000 }, { reasonCode: 'BANK' }, { bankCharges: 2_000 }],
  [
    'a bank charge beyond its limit',
    90_000,
    { difference: 10_000 },
    { reasonCode: 'BANK' },
    { deduction: [10_000, 'OTHER', undefined] },
  ],
  ['a small difference without a reason', 99_700, { difference: 300 }, {}, { smallDifferences: 300 }],
  [
    'a large difference without a reason is never written off',
    60_000,
    { difference: 40_000 },
    {},
    { deduction: [40_000, 'OTHER', undefined] },
  ],
  [
    'discount and difference together',
    95_000,
    { discount: 2_000, difference: 3_000 },
    { reasonCode: 'DAMAGED' },
    { discounts: 2_000, deduction: [3_000, 'DMG', undefined] },
  ],
  ['no more than is missing', 99_000, { discount: 5_000 }, {}, { discounts: 1_000 }],
];

it.each(cases)('%s', async (_, paid, amounts, more, expected) => {
  const world = await cashWorld();
  await world.set('cash', { deductionCodes: { DAMAGED: 'DMG' } });
  await world.post('a1', invoice('1', 100_000));
  const said = {
    discount: money(amounts.discount ?? 0),
    difference: money(amounts.difference ?? 0),
    ...more,
  };
  const rows: (ReceiptRow | AllocationRow)[] = [wire('w1', paid), told('w1', '1', paid, said)];
  await world.receive(rows, undefined, journal);
  expect(await endOf(world)).toEqual({
    ...{ open: 0, discounts: undefined, bankCharges: undefined, smallDifferences: undefined },
    ...{ deduction: undefined, ...expected },
  });
  const once = await endOf(world);
  await world.receive(rows, undefined, { ...journal, importId: 'import-2' });
  expect(await endOf(world)).toEqual(once);
});

it('a payment that comes back takes discount and difference back with it', async () => {
  const world = await cashWorld();
  await world.post('a1', invoice('1', 100_000));
  const said = { discount: money(2_000), difference: money(3_000), reasonCode: 'DAMAGED' };
  await world.receive([wire('w1', 95_000), told('w1', '1', 95_000, said)], undefined, journal);
  const back = { amount: money(-95_000), reversesId: 'w1' };
  await world.receive([wire('w2', 0, back)], undefined, { ...journal, importId: 'import-2' });
  expect((await world.open('a1', idOf('1')))?.open).toBe(100_000);
  expect((await world.account('a1')).head.balances['EUR']?.open).toBe(100_000);
});
