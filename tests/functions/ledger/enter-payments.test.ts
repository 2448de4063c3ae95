/**
 * What clerks key in as money that came: refused at its field, received once, known again when the bank tells of it,
 * taken back while nobody has used it (R9, R110).
 */
import { describe, expect, it } from 'vitest';
import { day, money } from '../../support/account-examples.ts';
import { all, allReceipts, wire } from '../../support/cash-world.ts';
import { memoryRequests } from '../../support/memory/request-store.ts';
import { cheque, paymentWorld } from './payment-entry-world.ts';

const line = (id: string, more: object = {}) =>
  wire(id, 7_000, { valueOn: day('2026-03-10'), bankReference: 'CHQ000451', ...more });

describe('a payment keyed in', () => {
  it('is a receipt of source "manual", by its author, and settles what it pays like a wire', async () => {
    const world = await paymentWorld();
    const { status, payments } = await world.enter([cheque()]);
    expect(status).toBe(201);
    expect(payments[0]).toMatchObject({
      account: 'a1',
      receipt: {
        ...{ source: 'manual', by: 'ann', standing: 'confirmed', state: 'settled', amount: 7_000, free: 0 },
        ...{ method: 'cheque', bankReference: 'CHQ 000451', valueOn: '2026-03-09', postedOn: '2026-11-22' },
      },
    });
    expect([await world.open('1'), await world.open('2')]).toEqual([10_000, 0]);
    const { id: receiptId } = payments[0]!.receipt;
    const key = { companyId: 'c1', receiptId };
    const [first] = await world.cash.parts.receipts.entries(all, key, {
      ...{ afterVersion: 0, limit: 1 },
    });
    expect(first).toMatchObject({ actor: { kind: 'staff', id: 'ann' }, cause: { kind: 'request' } });
  });

  it('goes where its lines say, and what they leave is on account', async () => {
    const world = await paymentWorld();
    const lines = [{ number: '1', amount: 4_000 }];
    await world.enter([cheque({ lines })]);
    expect([await world.open('1'), await world.open('2')]).toEqual([6_000, 7_000]);
    expect((await world.cash.account('a1')).head.balances['EUR']).toMatchObject({ open: 10_000 });
  });

  it('of an ERP-led company lowers the claim and not the book', async () => {
    const world = await paymentWorld('erpLed');
    const { payments } = await world.enter([cheque()]);
    expect(payments[0]!.receipt).toMatchObject({ standing: 'provisional' });
    expect(await world.open('2')).toBe(7_000);
    const item = await world.cash.open('a1', 'item:invoice:2');
    expect(item?.provisional).toMatchObject([{ amount: 7_000, state: 'noted' }]);
  });

  it.each([
    ['nothing', { amount: 0 }, 422, 'amount-not-possible', 'payments.0.amount'],
    ['less than nothing', { amount: -1 }, 422, 'amount-not-possible', 'payments.0.amount'],
    ['half a cent', { amount: 0.5 }, 400, 'input-not-valid', 'amount'],
    ['a currency nobody uses', { currency: 'EUX' }, 422, 'unknown-currency', 'payments.0.currency'],
    ['tomorrow', { valueOn: '2026-11-23' }, 422, 'payment-day-not-possible', 'payments.0.valueOn'],
    ['eleven years ago', { valueOn: '2015-11-22' }, 422, 'payment-day-not-possible', 'payments.0.valueOn'],
    ['posted tomorrow', { postedOn: '2026-11-23' }, 422, 'payment-day-not-possible', 'payments.0.postedOn'],
    ['a day that never was', { valueOn: '2026-02-30' }, 400, 'input-not-valid', 'valueOn'],
    ['no name', { reference: 'NONREF' }, 422, 'payment-reference-missing', 'payments.0.reference'],
    ['no reference', { reference: '' }, 400, 'input-not-valid', 'reference'],
    ['an unknown customer', { account: 'a9' }, 422, 'unknown-customer', 'a9'],
    [
      'less than its lines',
      { lines: [{ number: '1', amount: 7_001 }] },
      ...([422, 'payment-lines-exceed', 'payments.0.lines'] as const),
    ],
    [
      'a document nobody has',
      { lines: [{ number: '77', amount: 7_000 }] },
      ...([404, 'item-not-found', 'payments.0.lines.0.number'] as const),
    ],
    [
      'a document of another customer',
      { lines: [{ number: '3', amount: 5_000 }] },
      ...([404, 'item-not-found', 'payments.0.lines.0.number'] as const),
    ],
  ])('of %s is refused at its field, and nothing is received', async (_name, more, status, code, field) => {
    const world = await paymentWorld();
    const answer = await world.enter([cheque(more)]);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(answer.detail).toContain(field);
    expect(await world.receipts()).toEqual([]);
  });

  it('above the limit of a bookkeeper outside is refused to them, and a clerk may key it in', async () => {
    const world = await paymentWorld();
    await world.cash.set('entry', { mostOfLimitedCents: 6_999 });
    const refused = await world.enter([cheque()], {}, { as: 'bob:BKK' });
    expect([refused.status, refused.code]).toEqual([403, 'above-limit']);
    expect((await world.enter([cheque()])).status).toBe(201);
  });
});

describe('a batch of payments', () => {
  const batch = [cheque(), cheque({ account: 'a2', amount: 5_000, reference: 'CHQ 000452' })];

  it('that comes to its total is received', async () => {
    const world = await paymentWorld();
    const { payments } = await world.enter(batch, { totals: { EUR: 12_000 } });
    expect(payments.map(({ account }) => account)).toEqual(['a1', 'a2']);
    expect([await world.open('2'), await world.open('3', 'a2')]).toEqual([0, 0]);
  });

  it.each([
    ['another total', { totals: { EUR: 12_001 } }, 422, 'batch-out-of-balance'],
    ['a total of another currency', { totals: { EUR: 12_000, USD: 1 } }, 422, 'batch-out-of-balance'],
    ['no total', {}, 400, 'input-not-valid'],
  ])('of %s is refused whole', async (_name, more, status, code) => {
    const world = await paymentWorld();
    const answer = await world.enter(batch, more);
    expect([answer.status, answer.code]).toEqual([status, code]);
    expect(await world.receipts()).toEqual([]);
  });

  it('with the same payment twice, or one that is not right, is refused whole', async () => {
    const world = await paymentWorld();
    const twice = await world.enter([cheque(), cheque({ reference: 'chq-000451' })], {
      totals: { EUR: 14_000 },
    });
    expect([twice.status, twice.code]).toEqual([409, 'payment-perhaps-known']);
    const wrong = await world.enter([cheque(), cheque({ account: 'a9' })], { totals: { EUR: 14_000 } });
    expect(wrong.code).toBe('unknown-customer');
    expect(await world.receipts()).toEqual([]);
  });
});

describe('the same money', () => {
  it('keyed in twice is asked about, and is another payment only when a person says so', async () => {
    const world = await paymentWorld();
    await world.enter([cheque()]);
    const again = await world.enter([cheque({ reference: 'chq 000451', method: 'transfer' })]);
    expect([again.status, again.code]).toEqual([409, 'payment-perhaps-known']);
    expect(await world.receipts()).toHaveLength(1);
    expect((await world.enter([cheque({ isAnother: true })])).status).toBe(201);
    expect(await world.receipts()).toHaveLength(2);
  });

  it('sent again by the same call is there once, also when the first answer was lost', async () => {
    const world = await paymentWorld();
    const first = await world.enter([cheque()], {}, { key: 'k' });
    Object.assign(world.edge, { requests: memoryRequests() });
    const second = await world.enter([cheque()], {}, { key: 'k' });
    expect(second).toEqual(first);
    const other = await world.enter([cheque({ isAnother: true })], {}, { key: 'other' });
    Object.assign(world.edge, { requests: memoryRequests() });
    expect(await world.enter([cheque({ isAnother: true })], {}, { key: 'other' })).toEqual(other);
    expect(await world.receipts()).toHaveLength(2);
  });

  it('keyed in with another reference or of another customer is another payment', async () => {
    const world = await paymentWorld();
    await world.enter([cheque()]);
    expect((await world.enter([cheque({ reference: 'CHQ 000452' })])).status).toBe(201);
    expect((await world.enter([cheque({ account: 'a2' })])).status).toBe(201);
    expect((await world.enter([cheque({ valueOn: '2026-02-20' })])).status).toBe(201);
  });

  it.each(['dunwellLed', 'erpLed'] as const)(
    'told by the bank afterwards counts once in a company that is %s, however often the file comes',
    async (mode) => {
      const world = await paymentWorld(mode);
      await world.enter([cheque()]);
      for (const importId of ['import-1', 'import-2']) {
        const { accountId: _unknown, ...unknown } = line('w1', { text: 'cheque' });
        const result = await world.cash.receive([unknown], undefined, { importId });
        expect(result).toMatchObject({ posted: 0, unchanged: 1, refusedBy: {} });
      }
      const receipts = await allReceipts(world.cash.parts);
      expect(receipts).toHaveLength(1);
      expect(receipts[0]).toMatchObject({ source: 'manual', seenAs: [{ source: 'bank' }] });
      expect(await world.open('1')).toBe(10_000);
    },
  );

  it('is known by its reference in the text of the bank line', async () => {
    const world = await paymentWorld();
    await world.enter([cheque({ reference: 'CHQ-000451' })]);
    await world.cash.receive([line('w1', { bankReference: 'B/77', text: 'Scheck CHQ000451, Nord' })]);
    expect(await allReceipts(world.cash.parts)).toHaveLength(1);
  });

  it.each([
    ['another sum', { amount: money(7_001) }],
    ['another reference', { bankReference: 'CHQ 000452' }],
    ['another payer', { accountId: 'a2' }],
    ['another week', { valueOn: day('2026-03-20') }],
  ])('is not taken for a line of %s', async (_name, more) => {
    const world = await paymentWorld();
    await world.enter([cheque()]);
    await world.cash.receive([line('w1', more)]);
    expect(await allReceipts(world.cash.parts)).toHaveLength(2);
  });

  it('told by two lines of the bank is that of one of them', async () => {
    const world = await paymentWorld();
    await world.enter([cheque()]);
    await world.cash.receive([line('w1'), line('w2')]);
    expect(await allReceipts(world.cash.parts)).toHaveLength(2);
  });

  it('that the bank told before is asked about when somebody keys it in', async () => {
    const world = await paymentWorld();
    await world.cash.receive([line('w1', { bankReference: 'NONREF' })]);
    const answer = await world.enter([cheque()]);
    expect([answer.status, answer.code]).toEqual([409, 'payment-perhaps-known']);
    expect(answer.detail).toContain('bank');
    expect(await allReceipts(world.cash.parts)).toHaveLength(1);
  });
});

describe('a payment taken back', () => {
  it.each(['dunwellLed', 'erpLed'] as const)(
    'opens its items again in a company that is %s',
    async (mode) => {
      const world = await paymentWorld(mode);
      const { payments } = await world.enter([cheque()]);
      const { id } = payments[0]!.receipt;
      const undone = await world.undo(id);
      expect(undone.status).toBe(200);
      expect(undone.json).toMatchObject({ free: 0, returns: [{ kind: 'undone', amount: 7_000 }] });
      const item = await world.cash.open('a1', 'item:invoice:2');
      expect([item?.open, item?.provisional.filter(({ state }) => state === 'noted')]).toEqual([7_000, []]);
      expect((await world.cash.account('a1')).head.balances['EUR']?.open).toBe(17_000);
      expect((await world.undo(id)).json).toEqual(undone.json);
      const late = await world.call('list-receipts', {
        ...{ params: { companyId: 'c1' }, query: { state: 'notPosted' } },
      });
      expect(late.json['receipts']).toEqual([]);
    },
  );

  it('can be keyed in again', async () => {
    const world = await paymentWorld();
    const { payments } = await world.enter([cheque()]);
    await world.undo(payments[0]!.receipt.id);
    expect((await world.enter([cheque()])).status).toBe(201);
    expect([await world.open('2'), await allReceipts(world.cash.parts)]).toMatchObject([0, { length: 2 }]);
  });

  it('is refused once the bank has told of it', async () => {
    const world = await paymentWorld();
    const { payments } = await world.enter([cheque()]);
    await world.cash.receive([line('w1')]);
    const answer = await world.undo(payments[0]!.receipt.id);
    expect([answer.status, answer.json['code']]).toEqual([409, 'payment-used']);
    expect(await world.open('2')).toBe(0);
  });

  it('is none of a bank line', async () => {
    const world = await paymentWorld();
    await world.cash.receive([line('w1')]);
    const { id } = await world.cash.receipt('w1');
    const answer = await world.undo(id);
    expect([answer.status, answer.json['code']]).toEqual([409, 'not-typed-in']);
  });
});
