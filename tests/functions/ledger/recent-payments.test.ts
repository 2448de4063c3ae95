/**
 * What an account paid lately, as its page shows it: money alone, by day, and what went back again.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { readAccountPage } from '../../../functions/ledger/read-account-page.ts';
import type { Account } from '../../../shared/domain/account.ts';
import { applyPayment, receivePayment } from '../../../shared/domain/apply-payment.ts';
import type { Decision } from '../../../shared/domain/decide.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { reverseApplication } from '../../../shared/domain/reverse-application.ts';
import { scopeOf, type Scope } from '../../../shared/domain/scope.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import { all, idOf, north, now, readWorld, type ReadWorld } from './read-world.ts';

let world: ReadWorld;
beforeEach(async () => {
  world = await readWorld();
  await world.post(north, 'A');
  await world.post(north, 'B');
});

const shown = async (scope: Scope = all): Promise<string[]> => {
  const page = await readAccountPage(world.parts, north, { scope, systemScope: all, now });
  if (!page.ok) throw new Error(page.code);
  return page.value.recentPayments.map(
    ({ on, currency, amount, as }) => `${on} ${amount} ${currency}${as === 'cash' ? '' : ' implied'}`,
  );
};

/** What a decision says about the account as it stands, written on a day. */
const decide = async (on: string, ids: string[], decision: (account: Account) => Decision): Promise<void> => {
  const { account } = await world.parts.accounts.load(all, north, ids);
  await world.say(north, factsOf(decision(account)), on);
};
const receive = (receipt: string, amount: number, on: string, currency = 'EUR') =>
  decide(on, [`payment:${receipt}`], (account) =>
    receivePayment(account, {
      ...{ paymentId: `payment:${receipt}`, receiptId: receipt, portion: '1', source: 'bank' },
      ...{ amount: money(amount), currency, receivedOn: day(on), on: day(on) },
    }),
  );
const apply = (receipt: string, number: string, amount: number, on: string) =>
  decide(on, [`payment:${receipt}`, idOf(number)], (account) =>
    applyPayment(account, {
      ...{ paymentId: `payment:${receipt}`, itemId: idOf(number), changeId: `${receipt}-${number}` },
      ...{ amount: money(amount), on: day(on) },
    }),
  );
const giveBack = (receipt: string, amount: number, on: string) =>
  decide(on, [`payment:${receipt}`], (account) =>
    reduceItem(account, {
      ...{ itemId: `payment:${receipt}`, changeId: `${receipt}-back`, by: 'returned', on: day(on) },
      amount: money(amount),
    }),
  );

describe('recent payments', () => {
  it('of an account that never paid are none', async () => {
    expect(await shown()).toEqual([]);
  });

  it('are money received, summed by day and currency, newest first', async () => {
    await receive('r1', 5_000, '2026-03-10');
    await receive('r2', 700, '2026-03-10');
    await receive('r3', 900, '2026-03-10', 'USD');
    await receive('r4', 300, '2026-03-12');
    expect(await shown()).toEqual(['2026-03-12 300 EUR', '2026-03-10 5700 EUR', '2026-03-10 900 USD']);
  });

  it('do not change when the money is given to invoices, or taken off them again', async () => {
    await receive('r1', 5_000, '2026-03-10');
    await apply('r1', 'A', 5_000, '2026-03-11');
    expect(await shown()).toEqual(['2026-03-10 5000 EUR']);
    await decide('2026-03-12', ['payment:r1', idOf('A')], (account) =>
      reverseApplication(account, {
        ...{ itemId: idOf('A'), changeId: 'r1-A', reason: 'wrong invoice', on: day('2026-03-12') },
      }),
    );
    expect(await shown()).toEqual(['2026-03-10 5000 EUR']);
  });

  it('reversed on a later day are shown as what went back that day', async () => {
    await receive('r1', 5_000, '2026-03-10');
    await giveBack('r1', 5_000, '2026-03-14');
    expect(await shown()).toEqual(['2026-03-14 -5000 EUR', '2026-03-10 5000 EUR']);
  });

  it('reversed on the day they came are gone, and what else came that day stays', async () => {
    await receive('r1', 5_000, '2026-03-10');
    await giveBack('r1', 5_000, '2026-03-10');
    expect(await shown()).toEqual([]);
    await receive('r2', 700, '2026-03-10');
    expect(await shown()).toEqual(['2026-03-10 700 EUR']);
  });

  it('a payment applied, taken off again and returned leaves the invoice open and the money gone', async () => {
    await receive('r1', 5_000, '2026-03-10');
    await apply('r1', 'A', 5_000, '2026-03-10');
    await decide('2026-03-14', ['payment:r1', idOf('A')], (account) =>
      reverseApplication(account, {
        ...{ itemId: idOf('A'), changeId: 'r1-A', reason: 'bounced', on: day('2026-03-14') },
      }),
    );
    await giveBack('r1', 5_000, '2026-03-14');
    expect(await shown()).toEqual(['2026-03-14 -5000 EUR', '2026-03-10 5000 EUR']);
    const { account } = await world.parts.accounts.load(all, north, [idOf('A'), 'payment:r1']);
    expect([...account.items.values()].map(({ open }) => open)).toEqual([10_000, 0]);
  });

  it('are also what a feed shows as paid; what left it without a reason is said to be implied', async () => {
    await world.clear(north, 'A', { by: 'payment', amount: 4_000, on: '2026-03-15' });
    await world.clear(north, 'B', { by: 'implied', amount: 10_000, on: '2026-03-15' });
    expect(await shown()).toEqual(['2026-03-15 4000 EUR', '2026-03-15 10000 EUR implied']);
  });

  it.each(['discount', 'writeOff', 'credit', 'bankCharge', 'withholdingTax', 'unexplained'] as const)(
    'are not what was taken off as %s',
    async (by) => {
      await world.clear(north, 'A', { by, amount: 4_000, on: '2026-03-15' });
      expect(await shown()).toEqual([]);
    },
  );

  it('are the last five days, however late an older one is booked', async () => {
    for (const n of [10, 11, 12, 13, 14, 15]) await receive(`r${n}`, n, `2026-03-${n}`);
    await receive('late', 1, '2026-03-01');
    expect(await shown()).toEqual([15, 14, 13, 12, 11].map((n) => `2026-03-${n} ${n} EUR`));
  });

  it('are not told to whom single items were lent', async () => {
    await receive('r1', 5_000, '2026-03-10');
    const accounts = { by: 'grant', accountId: 'north', itemIds: [idOf('A')] } as const;
    expect(await shown(scopeOf([{ companies: ['acme'], accounts }]))).toEqual([]);
  });
});
