/**
 * An advice and its money with the process dying before and after every effect: divided once as the payer says, no
 * hold left behind, and at every stop the portions of each receipt sum to it (B5).
 */
import { describe, expect, it } from 'vitest';
import { jobCall, type CashParts } from '../../functions/ledger/cash-parts.ts';
import { followAdvice } from '../../functions/ledger/follow-advice.ts';
import { settleReceipt } from '../../functions/ledger/settle-receipt.ts';
import { all, allReceipts, cashWorld, idOf, invoice, now, told, wire } from '../support/cash-world.ts';
import type { CashWorld } from '../support/cash-world.ts';
import { crashAt, gateOf, withFaults, type Gate } from '../support/faults.ts';

type Step = (world: CashWorld, gate?: Gate) => Promise<unknown>;

/** The ladder alone would pay item 1 of each: the amount fits, or the text names it. */
const money: Step = (world, gate) =>
  world.receive(
    [wire('w1', 30_000, { bankReference: 'PAY-7', text: 'invoice 1' }), wire('w2', 500, { accountId: 'a2' })],
    gate,
    { importId: 'bank' },
  );
const advice: Step = (world, gate) =>
  world.receive(
    [
      told('PAY-7', '2', 19_000, { accountId: 'a1', reasonCode: 'DAMAGED', claimNumber: 'C-1' }),
      told('PAY-7', '3', 10_000, { accountId: 'b1' }),
      told('PAY-7', '4', 1_000, { accountId: 'b2' }),
      told('PAY-8', '6', 500, { accountId: 'a2' }),
    ],
    gate,
    { kind: 'remittance', source: 'mail', importId: 'advice' },
  );

const run = async (steps: readonly Step[], mode: 'dunwellLed' | 'erpLed', gate?: Gate) => {
  const world = await cashWorld(mode);
  await world.set('cash', { deductionCodes: { DAMAGED: 'DAMAGE' } });
  await world.post('a1', invoice('1', 30_000), invoice('2', 20_000));
  await world.post('b1', invoice('3', 10_000));
  await world.post('b2', invoice('4', 4_000));
  await world.post('a2', invoice('5', 500), invoice('6', 500));
  for (const step of steps) await step(world, gate);
  return world;
};

const accounts = ['a1', 'a2', 'b1', 'b2'];

/** Amounts of every account and item, who waits, and where each receipt's money is. */
const endOf = async ({ parts, account }: CashWorld): Promise<unknown> => {
  const books = [];
  for (const accountId of accounts) {
    const page = { state: 'all', limit: 100 } as const;
    const { items } = await parts.accounts.items(all, { companyId: 'c1', accountId }, page);
    const open = items.filter(({ kind }) => kind !== 'paymentOnAccount');
    const { holds, balances } = (await account(accountId)).head;
    const amounts = open.map((item) => [item.number, item.open, item.reasonCode, item.claimNumber]);
    books.push({ accountId, holds, balances: balances['EUR'], amounts: amounts.toSorted() });
  }
  const receipts = (await allReceipts(parts)).map(({ id, free, portions, advices }) => ({
    ...{ id, free, advices },
    live: portions.flatMap((one) => (one.state === 'posted' ? [[one.account.accountId, one.amount]] : [])),
  }));
  const matched = (await parts.advices.list(all, 'c1', 'matched', { limit: 10 })).advices.map(({ id }) => id);
  return { books, matched, receipts: receipts.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
};

describe.each(['dunwellLed', 'erpLed'] as const)('a company that is %s', (mode) => {
  const orders: [string, Step[]][] = [
    ['advice, then money', [advice, money]],
    ['money, then advice', [money, advice]],
  ];
  it('ends the same in both orders, and with each step made again', async () => {
    const expected = await endOf(await run([advice, money], mode));
    expect(expected).toMatchObject({ matched: [expect.any(String), expect.any(String)] });
    for (const [, steps] of orders) {
      const [first, second] = steps as [Step, Step];
      expect(await endOf(await run([first, second], mode))).toEqual(expected);
      expect(await endOf(await run([first, first, second, first, second], mode))).toEqual(expected);
    }
  });

  it.each(orders)('%s: ends the same, crashed before or after any effect', async (_, steps) => {
    const counting = gateOf();
    const expected = await endOf(await run(steps, mode, counting));
    expect(counting.calls.length).toBeGreaterThan(15);
    for (let number = 1; number <= counting.calls.length; number += 1)
      for (const when of ['before', 'after'] as const)
        expect(
          await endOf(await run(steps, mode, crashAt(number, when))),
          `${when} ${counting.calls[number - 1]}`,
        ).toEqual(expected);
  });

  it.each(orders)('%s: ends the same when any effect is made twice', async (_, steps) => {
    const counting = gateOf();
    const expected = await endOf(await run(steps, mode, counting));
    for (let number = 1; number <= counting.calls.length; number += 1) {
      const gate = gateOf({ fault: (passing) => (passing.number === number ? 'twice' : undefined) });
      const end = await endOf(await run(steps, mode, gate));
      expect(end, `${counting.calls[number - 1]} twice`).toEqual(expected);
    }
  });
});

/** Both are kept, and neither has looked for the other yet. */
const bothUnseen = async (mode: 'dunwellLed' | 'erpLed') => {
  const world = await cashWorld(mode);
  await world.post('a1', invoice('1', 10_000), invoice('2', 10_000));
  const { sender } = world.parts;
  const send = sender.send.bind(sender);
  sender.send = async () => undefined;
  await world.receive([wire('w1', 10_000, { bankReference: 'PAY-7' })], undefined, { importId: 'bank' });
  const upload = { kind: 'remittance', source: 'mail', importId: 'advice' } as const;
  await world.receive([told('PAY-7', '2', 10_000, { accountId: 'a1' })], undefined, upload);
  sender.send = send;
  return world;
};

it.each(['dunwellLed', 'erpLed'] as const)(
  'money and advice that look for each other at once are divided once and hold nothing: %s',
  async (mode) => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const world = await bothUnseen(mode);
      const turns = ({ number }: { number: number }): number => (number * seed * 7) % 11;
      const slow = (n: number): CashParts => {
        const gate = gateOf({ turns: ({ number, ...rest }) => turns({ number: number + n, ...rest }) });
        const { accounts, receipts, advices } = world.parts;
        return {
          ...world.parts,
          accounts: withFaults(accounts, gate, 'accounts'),
          receipts: withFaults(receipts, gate, 'receipts'),
          advices: withFaults(advices, gate, 'advices'),
        };
      };
      const [waiting] = (await world.parts.advices.list(all, 'c1', 'waiting', { limit: 1 })).advices;
      const { id: receiptId } = await world.receipt('w1');
      const call = jobCall(all, now, { kind: 'test', id: `${seed}` });
      const both = await Promise.all([
        settleReceipt(slow(seed), call, { companyId: 'c1', receiptId }),
        followAdvice(slow(seed * 3), call, { companyId: 'c1', adviceId: waiting!.id }),
      ]);
      expect(both.map(({ ok }) => ok)).toEqual([true, true]);
      const { head } = await world.account('a1');
      const { open = 0, provisional = 0 } = head.balances['EUR'] ?? {};
      expect([open - provisional, head.holds], `seed ${seed}`).toEqual([10_000, []]);
      const paid = (await world.receipt('w1')).portions.filter(({ state }) => state === 'posted');
      expect(paid.map(({ itemId }) => itemId)).toEqual([idOf('2')]);
    }
  },
);
