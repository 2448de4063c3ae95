/**
 * Remittance advices and their money, in any order: divided once as the payer says, held while the money has not come.
 */
import { describe, expect, it } from 'vitest';
import { followAdvice } from '../../../functions/ledger/follow-advice.ts';
import { jobCall } from '../../../functions/ledger/cash-parts.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import type { AllocationRow, ReceiptRow } from '../../../shared/domain/feed-rows.ts';
import { day } from '../../support/account-examples.ts';
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

/** Told by the payer as `rows`, in an upload of its own. */
export const advise = (world: CashWorld, rows: AllocationRow[], importId = 'advice-1') =>
  world.receive(rows, undefined, { kind: 'remittance', source: 'mail', importId });

const nobody = ({ accountId: _nobody, ...row }: ReceiptRow): ReceiptRow => row;
const line = (number: string, amount: number, more: Partial<AllocationRow> = {}) =>
  told('PAY-7', number, amount, { accountId: 'a1', ...more });
const openOf = async (world: CashWorld, number: string, account = 'a1') =>
  (await world.open(account, idOf(number)))?.open;
const advicesOf = async (world: CashWorld, state: 'waiting' | 'matched' | 'lapsed') =>
  (await world.parts.advices.list(all, 'c1', state, { limit: 50 })).advices;
const holdsOf = async (world: CashWorld, account = 'a1') => (await world.account(account)).head.holds;
const at = (text: string) => jobCall(all, instantFromText(text), { kind: 'tick', id: text });

/** Two invoices of one amount, so that no amount tells which is paid. */
const twoAlike = async (mode?: 'erpLed') => {
  const world = await cashWorld(mode);
  await world.post('a1', invoice('1001', 10_000), invoice('1002', 10_000));
  return world;
};

describe('money and the advice that tells of it', () => {
  const money: [string, ReceiptRow][] = [
    ['by the bank reference', wire('w1', 10_000, { bankReference: 'PAY-7' })],
    ['by the bank reference, of nobody known', nobody(wire('w1', 10_000, { bankReference: 'PAY-7' }))],
    ['by the reference of a checkout', wire('w1', 10_000, { structuredReference: 'PAY-7' })],
    ['by account and sum', wire('w1', 10_000)],
  ];
  describe.each(money)('%s', (_, row) => {
    it.each([
      ['the advice first', true],
      ['the money first', false],
    ])('%s', async (_order, isAdviceFirst) => {
      const world = await twoAlike();
      const steps = [() => advise(world, [line('1002', 10_000)]), () => world.receive([row])];
      for (const step of isAdviceFirst ? steps : steps.toReversed()) await step();
      expect([await openOf(world, '1001'), await openOf(world, '1002')]).toEqual([10_000, 0]);
      expect(await advicesOf(world, 'matched')).toMatchObject([{ reference: 'PAY-7' }]);
      expect((await world.receipt('w1')).free).toBe(0);
      expect(await holdsOf(world)).toEqual([]);
    });
  });

  it('goes before what the amount or the text of the transfer say', async () => {
    const world = await cashWorld();
    await world.post('a1', invoice('1001', 10_000), invoice('1002', 20_000));
    await world.receive([wire('w1', 10_000, { bankReference: 'PAY-7', text: 'invoice 1001' })]);
    expect(await openOf(world, '1001')).toBe(0);
    await advise(world, [line('1002', 10_000)]);
    expect([await openOf(world, '1001'), await openOf(world, '1002')]).toEqual([10_000, 10_000]);
    const { portions, plan } = await world.receipt('w1');
    expect([plan?.rung, portions.map(({ state }) => state)]).toEqual(['remittance', ['reversed', 'posted']]);
  });

  it('is not divided again where it lies as the advice says', async () => {
    const world = await twoAlike();
    await world.receive([wire('w1', 10_000, { text: 'invoice 1002' })]);
    const before = await world.account('a1');
    await advise(world, [line('1002', 10_000)]);
    expect((await world.account('a1')).head.version).toBe(before.head.version);
    expect((await world.receipt('w1')).portions).toHaveLength(1);
  });

  it('is left as a person divided it', async () => {
    const world = await twoAlike();
    await world.receive([wire('w1', 10_000, { bankReference: 'PAY-7' }), told('w1', '1001', 10_000)]);
    await advise(world, [line('1002', 10_000)]);
    expect([await openOf(world, '1001'), await openOf(world, '1002')]).toEqual([0, 10_000]);
    expect(await advicesOf(world, 'matched')).toHaveLength(1);
  });

  it('pays branches the advice names, whole, though nobody is known to have paid', async () => {
    const world = await cashWorld();
    for (const n of [1, 2, 3]) await world.post(`b${n}`, invoice(`${n}00`, n * 1_000));
    await world.receive([nobody(wire('w1', 6_000, { bankReference: 'PAY-7' }))]);
    const rows = [1, 2, 3].map((n) => told('PAY-7', `${n}00`, n * 1_000, { accountId: `b${n}` }));
    await advise(world, rows);
    for (const n of [1, 2, 3]) expect(await openOf(world, `${n}00`, `b${n}`)).toBe(0);
    expect(await world.receipt('w1')).toMatchObject({ payer: { accountId: 'b3' }, free: 0 });
  });

  it('takes off the credits the payer took off', async () => {
    const world = await twoAlike();
    await world.post('a1', credit('G1', 3_000));
    await advise(world, [line('1001', 10_000), line('G1', -3_000, { kind: 'creditNote' })]);
    await world.receive([wire('w1', 7_000)]);
    expect((await world.account('a1')).head.balances['EUR']?.open).toBe(10_000);
  });

  it('is looked for by a sum only on the account of the payer, and only where one advice has it', async () => {
    const world = await twoAlike();
    await world.post('a2', invoice('2001', 10_000));
    await advise(world, [told('PAY-8', '1001', 10_000, { accountId: 'a1' })], 'advice-1');
    await advise(world, [told('PAY-9', '1002', 10_000, { accountId: 'a1' })], 'advice-2');
    await world.receive([wire('w1', 10_000), wire('w2', 10_000, { accountId: 'a2' })]);
    expect(await advicesOf(world, 'waiting')).toHaveLength(2);
    expect((await world.receipt('w1')).plan?.rung).toBe('on-account');
  });
});

describe('an advice told again', () => {
  it('with its money here and the same lines changes nothing; with others it is refused', async () => {
    const world = await twoAlike();
    await advise(world, [line('1002', 10_000)]);
    await world.receive([wire('w1', 10_000)]);
    const before = await world.receipt('w1');
    expect((await advise(world, [line('1002', 10_000)], 'advice-2')).refusedBy).toEqual({});
    expect((await advise(world, [line('1001', 10_000)], 'advice-3')).refusedBy).toEqual({
      'advice-differs': 1,
    });
    expect(await world.receipt('w1')).toEqual(before);
  });

  it('before its money is as it was told last', async () => {
    const world = await twoAlike();
    await advise(world, [line('1001', 10_000)], 'advice-1');
    await advise(world, [line('1002', 10_000)], 'advice-2');
    expect(await holdsOf(world)).toMatchObject([{ itemIds: [idOf('1002')] }]);
    await world.receive([wire('w1', 10_000)]);
    expect([await openOf(world, '1001'), await openOf(world, '1002')]).toEqual([10_000, 0]);
  });

  it('that comes to nothing is refused', async () => {
    const world = await twoAlike();
    const rows = [line('1001', 3_000), line('G1', -3_000, { kind: 'creditNote' })];
    expect((await advise(world, rows)).refusedBy).toEqual({ 'advice-amount-not-positive': 1 });
  });
});

describe('while the money has not come', () => {
  const waiting = async () => {
    const world = await twoAlike();
    await advise(world, [line('1002', 9_000), line('9999', 1_000)]);
    const [advice] = await advicesOf(world, 'waiting');
    const key = { companyId: 'c1', adviceId: advice!.id };
    return { world, advice: advice!, follow: (on: string) => followAdvice(world.parts, at(on), key) };
  };

  it('its items are held for five business days, and the clerk looks on the third', async () => {
    const { world, advice } = await waiting(); // came on Tuesday 10 March
    expect([advice.traceFrom, advice.heldUntil]).toEqual(['2026-03-13', '2026-03-17']);
    expect(await holdsOf(world)).toMatchObject([
      { code: 'says-paid', itemIds: [idOf('1002')], placedOn: '2026-03-10', untilOn: '2026-03-17' },
    ]);
  });

  it('the hold stands on the last day and is gone on the next; the advice has lapsed', async () => {
    const { world, follow } = await waiting();
    await follow('2026-03-17T20:00:00Z');
    expect(await holdsOf(world)).toHaveLength(1);
    await follow('2026-03-18T01:00:00Z');
    await follow('2026-03-18T07:00:00Z');
    expect(await holdsOf(world)).toEqual([]);
    expect(await advicesOf(world, 'lapsed')).toHaveLength(1);
  });

  it('money that comes after all is divided by it', async () => {
    const { world, follow } = await waiting();
    await follow('2026-03-18T01:00:00Z');
    await world.receive([wire('w1', 10_000, { valueOn: day('2026-03-25'), postedOn: day('2026-03-25') })]);
    expect(await openOf(world, '1002')).toBe(0); // short by a tenth, as the reading of short payments says
    expect(await advicesOf(world, 'matched')).toHaveLength(1);
  });

  it('an account that is not there is not made by a hold', async () => {
    const world = await cashWorld();
    await advise(world, [line('1002', 9_000, { accountId: 'new' })]);
    expect((await world.account('new')).head.version).toBe(0);
  });
});

it('a reason and a claim number make a deduction with the mapped code', async () => {
  const world = await twoAlike();
  await world.set('cash', { deductionCodes: { 'SHORT SHIPPED': 'QTY' } });
  await world.receive([wire('w1', 9_000)]);
  await advise(world, [line('1002', 9_000, { reasonCode: 'short shipped', claimNumber: 'C-77' })]);
  const open = await world.parts.accounts.openItems(all, { companyId: 'c1', accountId: 'a1' }, { limit: 50 });
  const deduction = open.items.find(({ kind }) => kind === 'deduction');
  expect(deduction).toMatchObject({ open: 1_000, reasonCode: 'QTY', claimNumber: 'C-77' });
  expect(await openOf(world, '1002')).toBe(0);
});

it('in a company led by its ERP, money with an advice lowers the claim and never the book', async () => {
  const world = await twoAlike('erpLed');
  await world.receive([wire('w1', 10_000)]);
  await advise(world, [line('1002', 10_000)]);
  const { head } = await world.account('a1');
  expect(head.balances['EUR']).toMatchObject({ open: 20_000, provisional: 10_000 });
  const noted = (await world.open('a1', idOf('1002')))?.provisional.filter(({ state }) => state === 'noted');
  expect(noted).toMatchObject([{ amount: 10_000 }]);
});
