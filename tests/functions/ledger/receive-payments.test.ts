/**
 * Bank lines to receipts to accounts: who paid, what is paid, what is missing, what is over, what came back.
 */
import { describe, expect, it } from 'vitest';
import { writeOffAtOnce } from '../../../functions/ledger/write-off-items.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { day, money } from '../../support/account-examples.ts';
import {
  all,
  cashWorld,
  credit,
  idOf,
  invoice,
  told,
  wire,
  type CashWorld,
} from '../../support/cash-world.ts';
import { by } from '../../support/desk-world.ts';

const openOf = async (world: CashWorld, number: string, accountId = 'a1') =>
  (await world.open(accountId, idOf(number)))?.open;
const onAccount = async (world: CashWorld, accountId = 'a1') =>
  (await world.account(accountId)).head.balances['EUR']?.ledger.unapplied ?? 0;

describe('a bank file', () => {
  it('pays the one item of exactly this amount', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000), invoice('2', 7_000));
    const result = await world.receive([wire('w1', 7_000)]);
    expect(result).toMatchObject({ rows: 1, posted: 1, unchanged: 0, refusedBy: {} });
    expect([await openOf(world, '1'), await openOf(world, '2')]).toEqual([10_000, 0]);
    expect(await world.receipt('w1')).toMatchObject({ free: 0, plan: { rung: 'exact-amount' } });
  });

  it('again changes nothing, in the same import or another', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000));
    await world.receive([wire('w1', 10_000)]);
    const before = [await world.account('a1'), await world.receipt('w1')];
    await world.deliver({ v: 1, companyId: 'c1', importId: 'import-1', part: 'p1' });
    const again = await world.receive([wire('w1', 10_000)], undefined, { importId: 'import-2' });
    expect(again).toMatchObject({ posted: 0, unchanged: 1 });
    expect([await world.account('a1'), await world.receipt('w1')]).toEqual(before);
  });

  it('with a known id and another amount is refused, and the first stands', async () => {
    const world = await cashWorld();
    await world.receive([wire('w1', 100)]);
    const again = await world.receive([wire('w1', 101)], undefined, { importId: 'import-2' });
    expect(again.refusedBy).toEqual({ 'receipt-differs': 1 });
    expect((await world.receipt('w1')).amount).toBe(100);
  });

  it('of an unknown payer waits as unidentified', async () => {
    const world = await cashWorld();
    const { accountId: _nobody, ...unknown } = wire('w1', 500, { payerName: 'Lee Ltd' });
    await world.receive([unknown]);
    expect(await world.receipt('w1')).toMatchObject({ free: 500, portions: [] });
    const { receipts } = await world.parts.receipts.list(all, 'c1', { state: 'unidentified' }, { limit: 9 });
    expect(receipts).toHaveLength(1);
  });

  it('is read as unreadable when a line is neither money nor allocation', async () => {
    const world = await cashWorld();
    await expect(world.receive([{ ...wire('w1', 5), amount: 'x' } as never])).rejects.toThrow(
      'part-not-readable',
    );
  });
});

describe('who paid', () => {
  const { accountId: _nobody, ...unknown } = wire('w1', 10_000);

  it('is known by a bank account that somebody confirmed', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000));
    const hash = world.parts.hashText('DE02');
    await world.parts.payers.remember(all, 'c1', hash, {
      account: { companyId: 'c1', accountId: 'a1' },
      by: 'x',
      at: 'x',
    });
    await world.receive([{ ...unknown, payerBankAccount: 'de 02' }]);
    expect(await openOf(world, '1')).toBe(0);
  });

  it('is known by a structured reference that is the account', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000));
    await world.receive([{ ...unknown, structuredReference: 'a1' }]);
    expect(await openOf(world, '1')).toBe(0);
  });

  it.each([
    ['all items of one account', 'pays 1001', ['a1', 'a1'], 'a1'],
    ['items of two accounts', 'pays 1001 and 1002', ['a1', 'a2'], undefined],
  ])('is found by numbers: %s', async (_, text, owners, payer) => {
    const world = await cashWorld();
    const numbers = ['1001', '1002'].map((number, at) => ({
      ...{ accountId: owners[at]!, itemId: idOf(number), number },
    }));
    world.parts.numbers = { findByNumber: async () => numbers };
    await world.receive([{ ...unknown, text }]);
    expect((await world.receipt('w1')).payer?.accountId).toBe(payer);
  });
});

describe('nine payments, one per test of the short payment, nine results (R152)', () => {
  const twoTen = { discountTiers: [{ percentHundredths: 200, untilOn: day('2026-03-12') }] };
  const late = { discountTiers: [{ percentHundredths: 200, untilOn: day('2026-03-05') }] };
  type Case = [string, Partial<Item>, number, { rules?: object; line?: object; extra?: Item[] }, object];
  const cases: Case[] = [
    ['discount taken', twoTen, 2_000, {}, { discounts: 2_000 }],
    ['discount late', late, 2_000, {}, { code: 'DISC' }],
    ['tax withheld', {}, 10_000, { rules: { withholdingRates: [1_000] } }, { code: 'WHT' }],
    ['retention kept', { retention: { amount: money(5_000) } }, 5_000, {}, { stays: 5_000 }],
    ['credit taken', {}, 7_000, { extra: [credit('c9', 7_000)] }, { stays: 7_000 }],
    ['bank charge', {}, 3_000, { rules: { isCrossBorder: true } }, { bankCharges: 3_000 }],
    ['small difference', {}, 400, {}, { smallDifferences: 400 }],
    ['claimed deduction', {}, 4_000, { line: { reasonCode: 'DAMAGED' } }, { code: 'DMG' }],
    ['part payment', {}, 40_000, {}, { stays: 40_000 }],
    ['anything else', {}, 6_000, {}, { code: 'OTHER' }],
  ];

  it.each(cases)('%s', async (_, item, missing, { rules, line, extra = [] }, expected) => {
    const world = await cashWorld();
    await world.set('cash', { deductionCodes: { DAMAGED: 'DMG' } });
    if (rules) await world.set('payer:a1', rules);
    await world.post('a1', invoice('1', 100_000, item), ...extra);
    const paid = 100_000 - missing;
    await world.receive([wire('w1', paid), told('w1', '1', paid, line)]);
    const { head } = await world.account('a1');
    const deduction = head.openItems?.find(({ kind }) => kind === 'deduction');
    const full = deduction && (await world.open('a1', deduction.id));
    const { ledger } = head.balances['EUR']!;
    const found = {
      ...{ discounts: ledger.discounts, bankCharges: ledger.bankCharges },
      ...{ smallDifferences: ledger.smallDifferences, code: full?.reasonCode },
      stays: await openOf(world, '1'),
    };
    expect(found).toMatchObject({ stays: 0, ...expected });
    if (full) expect(full).toMatchObject({ open: missing, originalId: idOf('1'), dueOn: '2026-03-31' });
  });
});

describe('what is over', () => {
  it('stays on account', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000));
    await world.receive([wire('w1', 12_000), told('w1', '1', 12_000)]);
    expect([await openOf(world, '1'), await onAccount(world)]).toEqual([0, -2_000]);
    const { receipts } = await world.parts.receipts.list(all, 'c1', { state: 'onAccount' }, { limit: 9 });
    expect(receipts.map(({ amount }) => amount)).toEqual([12_000]);
  });

  it('of the same amount for the same item within 60 days is a possible double payment', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000));
    await world.receive([wire('w1', 10_000), told('w1', '1', 10_000)]);
    await world.receive([wire('w2', 10_000), told('w2', '1', 10_000)], undefined, { importId: 'import-2' });
    const [portion] = (await world.receipt('w2')).portions;
    expect(portion?.over).toMatchObject({ reads: 'possible-double-payment', refundProposal: 10_000 });
  });
});

describe('credits the payer took off', () => {
  it('settle their items before the money does', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000), credit('c1', 3_000));
    const off = told('w1', 'c1', -3_000, { kind: 'creditNote' });
    await world.receive([wire('w1', 7_000), told('w1', '1', 10_000), off]);
    expect([await openOf(world, '1'), await onAccount(world)]).toEqual([0, 0]);
    expect((await world.account('a1')).head.balances['EUR']?.open).toBe(0);
  });
});

describe('money that comes back', () => {
  const back = { amount: money(-98_000), reversesId: 'w1', text: 'returned' };
  const twoTen = { discountTiers: [{ percentHundredths: 200, untilOn: day('2026-03-12') }] };

  it('opens the item again with its discount, and stands on the receipt', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 100_000, twoTen));
    await world.receive([wire('w1', 98_000), told('w1', '1', 98_000)]);
    expect(await openOf(world, '1')).toBe(0);
    const result = await world.receive([wire('b1', 0, back)], undefined, { importId: 'import-2' });
    expect(result.refusedBy).toEqual({});
    expect([await openOf(world, '1'), await onAccount(world)]).toEqual([100_000, 0]);
    expect((await world.receipt('w1')).returns).toMatchObject([{ kind: 'chargeback', amount: 98_000 }]);
  });

  it('twice is once', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 98_000));
    await world.receive([wire('w1', 98_000)]);
    await world.receive([wire('b1', 0, back)], undefined, { importId: 'import-2' });
    const before = await world.account('a1');
    await world.receive([wire('b1', 0, back)], undefined, { importId: 'import-3' });
    expect(await world.account('a1')).toEqual(before);
  });

  it('takes a deduction back into its item', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 104_000));
    await world.receive([wire('w1', 98_000), told('w1', '1', 98_000)]);
    expect((await world.account('a1')).head.openItems).toMatchObject([{ kind: 'deduction', open: 6_000 }]);
    await world.receive([wire('b1', 0, back)], undefined, { importId: 'import-2' });
    expect((await world.account('a1')).head.openItems).toMatchObject([{ kind: 'invoice', open: 104_000 }]);
  });

  it('leaves a deduction as it is that somebody has decided about meanwhile', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 104_000));
    await world.receive([wire('w1', 98_000), told('w1', '1', 98_000)]);
    const [deduction] = (await world.account('a1')).head.openItems ?? [];
    const wish = { itemId: deduction!.id, amount: money(1_000), reason: 'AGREED' };
    await writeOffAtOnce(world.parts, by('ann'), { companyId: 'c1', accountId: 'a1' }, wish);
    await world.receive([wire('b1', 0, back)], undefined, { importId: 'import-2' });
    const open = (await world.account('a1')).head.openItems?.map((one) => [one.kind, one.open]);
    expect(open?.toSorted()).toEqual([
      ['deduction', 5_000],
      ['invoice', 98_000],
    ]);
  });

  it('of nobody knows what is refused for a person', async () => {
    const world = await cashWorld();
    const result = await world.receive([wire('b1', -5)]);
    expect(result.refusedBy).toEqual({ 'payment-out-unknown': 1 });
  });
});

describe('lines told in another file than their receipt', () => {
  const { accountId: _nobody, ...unknown } = wire('w1', 7_000);
  const lines = (world: CashWorld, id: string, importId: string) =>
    world.receive([told(id, '1', 7_000, { accountId: 'a1' })], undefined, { importId });

  it('of money nobody has divided say what it is for', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000), invoice('2', 7_000));
    await world.receive([unknown]);
    expect(await lines(world, 'w1', 'import-2')).toMatchObject({ posted: 1, refusedBy: {} });
    expect((await world.receipt('w1')).designation).toMatchObject([{ number: '1', amount: 7_000 }]);
    expect(await lines(world, 'w1', 'import-3')).toMatchObject({ refusedBy: {} });
    expect((await world.receipt('w1')).designation).toHaveLength(1);
  });

  it('of money divided before, or of none, are refused and change nothing', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1', 10_000), invoice('2', 7_000));
    await world.receive([wire('w1', 7_000)]);
    expect((await lines(world, 'w1', 'import-2')).refusedBy).toEqual({ 'reservation-differs': 1 });
    expect((await lines(world, 'w9', 'import-3')).refusedBy).toEqual({ 'receipt-not-found': 1 });
    expect([await openOf(world, '1'), await openOf(world, '2')]).toEqual([10_000, 0]);
  });
});
