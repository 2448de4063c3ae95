/**
 * A payment keyed in and a bank's line of another reference over the same sum: counted once, shown as a possible double
 * payment, joined or kept apart by a person in one step, and back.
 */
import { describe, expect, it } from 'vitest';
import { registerDoubles } from '../../../functions/ledger/double-routes.ts';
import { joinReceipts, partReceipts } from '../../../functions/ledger/join-receipts.ts';
import { enterPayments } from '../../../functions/ledger/enter-payments.ts';
import type { LedgerMode } from '../../../shared/domain/company.ts';
import { day, money } from '../../support/account-examples.ts';
import { allReceipts, invoice, wire } from '../../support/cash-world.ts';
import { by, endsTheSame, receiptKey, valueOf, type Desk } from '../../support/desk-world.ts';
import { httpRoutes } from '../../support/http-routes.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { cheque, paymentWorld } from './payment-entry-world.ts';

const modes = ['dunwellLed', 'erpLed'] as const satisfies LedgerMode[];

/** The bank's line of the cheque, under the number of the bank's collection. */
const line = (more: object = {}) =>
  wire('w1', 7_000, {
    ...{ accountId: 'a1', valueOn: day('2026-03-11'), bankReference: 'COLL 77', text: 'cheques' },
    ...more,
  });

const world = async (mode: LedgerMode = 'dunwellLed') => {
  const entered = await paymentWorld(mode);
  const { parts } = entered.cash;
  const desk = { ...parts, references: memoryReferences() };
  const routes = httpRoutes((edge) => registerDoubles({ edge, desk }));
  let calls = 0;
  const say = async (name: string, receiptId: string, body: object = {}) => {
    const params = { companyId: 'c1', receiptId };
    const { status, json } = await routes.call(name, { params, body, key: `say-${(calls += 1)}` });
    return { status, code: json['code'], json };
  };
  const balance = async () => {
    const { open, provisional, ledger } = (await entered.cash.account('a1')).head.balances['EUR']!;
    return { open, provisional, unapplied: ledger.unapplied };
  };
  return { ...entered, parts, say, balance };
};

/** Keyed in first, then told by the bank. */
const told = async (mode: LedgerMode = 'dunwellLed', more: object = {}) => {
  const all = await world(mode);
  const { payments } = await all.enter([cheque()]);
  const once = await all.balance();
  await all.cash.receive([line(more)]);
  const keyed = payments[0]!.receipt.id;
  const bank = (await all.cash.receipt('w1')).id;
  return { ...all, once, keyed, bank };
};

describe.each(modes)('a line of the bank like a payment keyed in, %s', (mode) => {
  it('is counted once and shown as a possible double payment until somebody says', async () => {
    const { balance, once, receipts, bank, keyed } = await told(mode);
    expect(await balance()).toEqual(once);
    const shown = (await receipts()).find(({ id }) => id === bank);
    expect(shown).toMatchObject({ possibleDouble: keyed, state: 'unassigned', free: 7_000, portions: [] });
  });

  it('stays so when it comes again and when money is looked at again', async () => {
    const { balance, once, cash, bank } = await told(mode);
    await cash.receive([line()], undefined, { importId: 'import-2' });
    await cash.deliver({ v: 1, companyId: 'c1', receiptId: bank });
    expect(await balance()).toEqual(once);
  });

  it('that is the same goes into the payment keyed in, once', async () => {
    const { say, keyed, bank, balance, once, parts, cash } = await told(mode);
    for (const _ of [1, 2])
      expect(await say('join-receipts', bank, { receiptId: keyed })).toMatchObject({ status: 200 });
    const [one, other] = [
      await cash.receipt('w1'),
      (await allReceipts(parts)).find(({ id }) => id === keyed),
    ];
    expect(one).toMatchObject({ free: 0, returns: [{ kind: 'joined', amount: 7_000 }] });
    expect(other?.seenAs).toEqual([{ id: bank, source: 'bank' }]);
    expect(await balance()).toEqual(once);
    await cash.receive([line()], undefined, { importId: 'import-3' });
    expect(await balance()).toEqual(once);
  });

  it('takes the payment keyed in into itself where the clerk says so', async () => {
    const { say, keyed, bank, balance, once, receipts } = await told(mode);
    expect(await say('join-receipts', keyed, { receiptId: bank })).toMatchObject({ status: 200 });
    expect(await balance()).toEqual(once);
    const shown = (await receipts()).find(({ id }) => id === bank);
    expect(shown).toMatchObject({ free: 0, state: 'settled' });
    expect(shown).not.toHaveProperty('possibleDouble');
  });

  it('that is another one settles what it pays', async () => {
    const { say, keyed, bank, balance, once, cash } = await told(mode);
    expect(await say('keep-receipts-apart', bank, { receiptId: keyed })).toMatchObject({ status: 200 });
    expect((await cash.receipt('w1')).free).toBe(0);
    expect(await balance()).not.toEqual(once);
  });

  it('joined by mistake is parted again, and is asked about as before', async () => {
    const { say, keyed, bank, balance, once, receipts } = await told(mode);
    await say('join-receipts', bank, { receiptId: keyed });
    for (const _ of [1, 2]) expect(await say('part-receipts', bank)).toMatchObject({ status: 200 });
    expect(await balance()).toEqual(once);
    const shown = (await receipts()).find(({ id }) => id === bank);
    expect(shown).toMatchObject({ possibleDouble: keyed, free: 7_000, returns: [] });
    expect(await say('join-receipts', bank, { receiptId: keyed })).toMatchObject({ status: 200 });
  });

  it('settles what it pays once the payment keyed in was taken back', async () => {
    const { undo, keyed, bank, cash, balance, once } = await told(mode);
    await undo(keyed);
    expect(bank).toBe((await cash.receipt('w1')).id);
    expect(await cash.receipt('w1')).toMatchObject({ free: 0, returns: [] });
    expect(await balance()).toEqual(once);
  });

  it('of two that wait for the same payment the other one settles once the first has joined it', async () => {
    const { say, keyed, bank, cash } = await told(mode);
    await cash.receive([line({ receiptId: 'w2', bankReference: 'COLL 78' })], undefined, { importId: 'i2' });
    expect((await cash.receipt('w2')).perhaps).toEqual({ of: keyed });
    await say('join-receipts', bank, { receiptId: keyed });
    expect((await cash.receipt('w2')).free).toBe(0);
  });
});

describe('two receipts', () => {
  it.each([
    ['another sum', { amount: money(7_001) }],
    ['another customer', { accountId: 'a2' }],
    ['four days later', { valueOn: day('2026-03-13') }],
  ])('are not taken for one another: %s', async (_, more) => {
    const { cash } = await told('dunwellLed', more);
    expect((await cash.receipt('w1')).perhaps).toBeUndefined();
  });

  it('counted both are joined all the same when a person says so', async () => {
    const { say, keyed, bank, balance, once } = await told('dunwellLed', { valueOn: day('2026-03-14') });
    expect(await balance()).not.toEqual(once);
    expect(await say('join-receipts', bank, { receiptId: keyed })).toMatchObject({ status: 200 });
    expect(await balance()).toEqual(once);
    await say('part-receipts', bank);
    expect(await balance()).not.toEqual(once);
  });

  it('of the bank, over other sums, or known to others are not joined', async () => {
    const { say, keyed, bank, cash } = await told();
    await cash.receive([wire('w2', 500, { accountId: 'a1' })], undefined, { importId: 'import-2' });
    const other = (await cash.receipt('w2')).id;
    const tried = async (one: string, two: string) =>
      (await say('join-receipts', one, { receiptId: two })).code;
    expect(await tried(bank, other)).toBe('receipt-differs');
    expect(await tried(keyed, keyed)).toBe('receipt-differs');
    await cash.receive([line({ receiptId: 'w3' })], undefined, { importId: 'import-3' });
    expect(await tried(bank, (await cash.receipt('w3')).id)).toBe('not-typed-in');
    expect(await tried(bank, 'receipt:never')).toBe('receipt-not-found');
    await say('join-receipts', bank, { receiptId: keyed });
    expect(await tried(keyed, (await cash.receipt('w3')).id)).toBe('payment-used');
  });

  it('the bank’s first, keyed in under another reference, is asked about', async () => {
    const { cash, enter } = await world();
    await cash.receive([line()]);
    expect(await enter([cheque()])).toMatchObject({ status: 409, code: 'payment-perhaps-known' });
    expect(await enter([cheque({ isAnother: true })])).toMatchObject({ status: 201 });
  });
});

const join = async (parts: Desk['parts']) => {
  const manual = (await allReceipts(parts)).find(({ source }) => source === 'manual')!;
  return joinReceipts(parts, by('ann', 'join'), receiptKey('w1'), manual.id);
};

it.each([
  ['joined', false],
  ['parted again', true],
])('two receipts are %s, the same whatever crashes between the effects', (_, isParted) => {
  const keyed = {
    ...{ accountId: 'a1', valueOn: day('2026-03-09'), currency: 'EUR', amount: money(7_000) },
    ...{ method: 'cheque', reference: 'CHQ 000451', lines: [], isAnother: false },
  };
  const prepare = async (desk: Desk) => {
    await desk.post('a1', invoice('1', 10_000), invoice('2', 7_000));
    const call = { ...by('ann', 'enter'), isLimited: false };
    valueOf(await enterPayments(desk.parts, call, { companyId: 'c1', payments: [keyed] }));
    await desk.receive([line({ valueOn: day('2026-03-14') })]);
    if (isParted) valueOf(await join(desk.parts));
  };
  return endsTheSame(
    {
      accounts: ['a1'],
      prepare,
      act: async (parts) => {
        if (isParted) return partReceipts(parts, by('ann', 'part'), receiptKey('w1'));
        return join(parts);
      },
    },
    4,
  );
});
