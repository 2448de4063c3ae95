/**
 * A receipt of one currency settling items of another by hand: never without a stored rate, its day and what was
 * gained or lost (M8).
 */
import { expect, it } from 'vitest';
import { splitReceipt, unapply } from '../../../functions/ledger/split-receipt.ts';
import { takeBack } from '../../../functions/ledger/reverse-receipt.ts';
import { receiptAnswerOf } from '../../../shared/contracts/cash-desk.ts';
import { day, money } from '../../support/account-examples.ts';
import { all, idOf, invoice, wire } from '../../support/cash-world.ts';
import {
  by,
  codeOf,
  deskWorld,
  endsTheSame,
  receiptKey,
  valueOf,
  type Desk,
} from '../../support/desk-world.ts';

const a1 = { companyId: 'c1', accountId: 'a1' };

/** 100.00 USD on account of a customer who owes 90.00 EUR and 30.00 EUR. */
const prepare = async (desk: Desk) => {
  await desk.post('a1', invoice('1', 9_000), invoice('2', 3_000));
  await desk.receive([wire('w1', 10_000, { currency: 'USD' })]);
};
const share = (amount: number, settles?: number, itemId = idOf('1')) => [
  {
    account: a1,
    itemId,
    amount: money(amount),
    ...(settles === undefined ? {} : { settles: money(settles) }),
  },
];
const divide = (desk: Desk, ...shares: Parameters<typeof share>) =>
  splitReceipt(desk.parts, by('ann'), receiptKey('w1'), share(...shares));

const balances = async (desk: Desk) => (await desk.account('a1')).head.balances;

it('without a rate of the value day nothing settles, and the money stays on account', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  const before = await balances(desk);
  expect(codeOf(await divide(desk, 10_000, 9_000))).toBe('exchange-rate-missing');
  expect(await balances(desk)).toEqual(before);
  expect((await desk.receipt('w1')).portions).toMatchObject([{ state: 'posted', uses: [] }]);
});

it('at a stored rate it settles the item, and the gain stands in the book with rate and day', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('USD', 100, 'EUR', 91);
  const divided = valueOf(await divide(desk, 10_000, 9_000));
  expect(divided).toMatchObject({ free: 0, amount: 10_000 });
  expect((await desk.open('a1', idOf('1')))?.open).toBe(0);
  const entries = await desk.parts.accounts.entries(all, a1, { afterVersion: 0, limit: 99 });
  const noted = entries.flatMap(({ facts }) =>
    facts.filter(({ kind }) => kind === 'exchangeDifferenceNoted'),
  );
  expect(noted).toMatchObject([
    {
      ...{ rateId: 'rate:USD:EUR:2026-03-10:rates-1', rateOn: '2026-03-10' },
      received: { amount: 10_000, currency: 'USD' },
      posting: { debit: 'cash', credit: 'exchangeDifferences', amount: 100, currency: 'EUR' },
    },
  ]);
  const { EUR, USD } = await balances(desk);
  expect(EUR).toMatchObject({
    open: 3_000,
    ledger: { cash: 9_100, exchangeDifferences: -100, unapplied: 0 },
  });
  expect(USD).toMatchObject({ open: 0, ledger: { unapplied: 0, cash: 0 } });
});

it('on a day without a rate of its own the nearest one before serves, and its day stands in the book and on the receipt', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('USD', 100, 'EUR', 80, { on: '2026-03-04' });
  await desk.rate('USD', 100, 'EUR', 91, { on: '2026-03-06' });
  await desk.rate('USD', 100, 'EUR', 85, { on: '2026-03-11' });
  const divided = valueOf(await divide(desk, 10_000, 9_000));
  const { exchange } = divided.portions.find(({ itemId }) => itemId === idOf('1'))!;
  expect(exchange).toMatchObject({
    gain: 100,
    rate: { on: '2026-03-06', id: 'rate:USD:EUR:2026-03-06:rates-1' },
  });
  expect(
    receiptAnswerOf(divided).portions.find(({ itemId }) => itemId === idOf('1'))?.exchange?.rate.on,
  ).toBe('2026-03-06');
  const entries = await desk.parts.accounts.entries(all, a1, { afterVersion: 0, limit: 99 });
  const noted = entries.flatMap(({ facts }) =>
    facts.filter(({ kind }) => kind === 'exchangeDifferenceNoted'),
  );
  expect(noted).toMatchObject([{ rateOn: '2026-03-06', on: '2026-03-10' }]);
});

it.each([
  ['2026-03-03', 'done'],
  ['2026-03-02', 'exchange-rate-missing'],
])('the rate of %s, value on 2026-03-10: %s', async (on, code) => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('USD', 100, 'EUR', 90, { on });
  expect(codeOf(await divide(desk, 10_000, 9_000))).toBe(code);
});

it('a rate told the other way round serves, too, and a loss is a loss', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('EUR', 100, 'USD', 112);
  valueOf(await divide(desk, 10_000, 9_000));
  // 100.00 USD are worth 89.29 EUR
  expect((await balances(desk))['EUR']?.ledger).toMatchObject({ exchangeDifferences: 71, cash: 8_929 });
});

it('without a word it settles what it is worth, at most what is open; the rest of the wire stays on account', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('USD', 100, 'EUR', 90);
  valueOf(
    await splitReceipt(desk.parts, by('ann'), receiptKey('w1'), [
      ...share(3_000, undefined, idOf('2')),
      { account: a1, amount: money(7_000) },
    ]),
  );
  expect((await desk.open('a1', idOf('2')))?.open).toBe(300);
  expect((await balances(desk))['USD']?.ledger.unapplied).toBe(-7_000);
});

it('too far off the rate is refused before anything is taken off account', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('USD', 100, 'EUR', 80);
  expect(codeOf(await divide(desk, 10_000, 9_000))).toBe('exchange-too-far');
  expect((await desk.receipt('w1')).portions).toMatchObject([{ state: 'posted', uses: [] }]);
});

it('an amount that is settled is not said where the currency is the same', async () => {
  const desk = await deskWorld();
  await desk.post('a1', invoice('1', 9_000));
  await desk.receive([wire('w1', 4_000)]);
  expect(codeOf(await divide(desk, 4_000, 4_000))).toBe('exchange-rate-not-fitting');
});

it('money that goes back takes its gain with it; the item is open again', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('USD', 100, 'EUR', 91);
  valueOf(await divide(desk, 10_000, 9_000));
  const back = { id: 'back', kind: 'chargeback', amount: money(10_000), on: day('2026-03-11') } as const;
  for (const _ of [1, 2]) valueOf(await takeBack(desk.parts, by('bank'), receiptKey('w1'), back, 'returned'));
  expect((await balances(desk))['EUR']).toMatchObject({
    open: 12_000,
    ledger: { exchangeDifferences: 0, cash: 0, unapplied: 0 },
  });
});

it('the same division again changes nothing while it stands, also when the rate was corrected since', async () => {
  const desk = await deskWorld();
  await prepare(desk);
  await desk.rate('USD', 100, 'EUR', 91);
  const first = valueOf(await divide(desk, 10_000, 9_000));
  await desk.rate('USD', 100, 'EUR', 92, { importId: 'rates-2' });
  expect(valueOf(await divide(desk, 10_000, 9_000))).toEqual(first);
});

it('a division taken back can be made again', async () => {
  const desk = await deskWorld();
  await desk.post('a1', invoice('1', 9_000));
  await desk.receive([wire('w1', 4_000, { text: 'nothing known' })]);
  const divided = valueOf(await divide(desk, 4_000));
  const portion = divided.portions.find(({ uses }) => uses.length > 0)!;
  const undo = { portionId: portion.id, changeId: portion.uses[0]!.changeId, reason: 'WRONG' };
  valueOf(await unapply(desk.parts, by('ann'), receiptKey('w1'), undo));
  const onAccount = [{ account: a1, amount: money(4_000) }];
  for (const shares of [onAccount, share(4_000)])
    valueOf(await splitReceipt(desk.parts, by('ann'), receiptKey('w1'), shares));
  expect((await desk.open('a1', idOf('1')))?.open).toBe(5_000);
  expect((await desk.receipt('w1')).portions.filter(({ state }) => state === 'posted')).toHaveLength(1);
});

it('ends the same whatever crashes between its effects', () =>
  endsTheSame(
    {
      accounts: ['a1'],
      prepare: async (desk) => {
        await prepare(desk);
        await desk.rate('USD', 100, 'EUR', 91);
      },
      act: (parts) => splitReceipt(parts, by('ann'), receiptKey('w1'), share(10_000, 9_000)),
    },
    4,
  ));
