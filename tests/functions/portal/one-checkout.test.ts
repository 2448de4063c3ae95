/**
 * What is paid is what stands in our own record and in the provider's object, never what a page, an event or a mark says
 * (P5); whoever starts payments of the same invoices, however often and at once, at most one checkout of them can be paid,
 * and money that comes a second time becomes a credit the customer sees (P6).
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepEvent } from '../../../functions/portal/keep-event.ts';
import { readOwnAccount } from '../../../functions/portal/read-own.ts';
import { startCheckout } from '../../../functions/portal/start-checkout.ts';
import { checkoutBody } from '../../../shared/contracts/portal.ts';
import type { PaymentState } from '../../../shared/ports/checkout-provider.ts';
import { all, allReceipts, idOf, invoice, wire } from '../../support/cash-world.ts';
import { gateOf, withFaults } from '../../support/faults.ts';
import { key, portalWorld, type PortalWorld } from './portal-world.ts';

const one = [{ item: idOf('1') }];
const schedules = process.env['DUNWELL_LONG'] === '1' ? 5_000 : 300;

const started = async (world: PortalWorld): Promise<{ sessionId: string; payment: string }> => {
  const begun = await world.start(one);
  if (!begun.ok) throw new Error(begun.detail);
  const { payment } = begun.value;
  return { payment, sessionId: await world.sessionOf(payment) };
};
const hearAll = async (world: PortalWorld): Promise<void> => {
  for (const event of [...world.provider.events]) await world.hear(event);
  await world.work();
};
const ownPage = async (world: PortalWorld) => {
  const asked = { ...world.call(), caseScope: all, callerId: 'contact:1', requestId: 'look' };
  const page = await readOwnAccount(world.stores, asked, key);
  if (!page.ok) throw new Error(page.detail);
  return page.value.balances.find(({ currency }) => currency === 'EUR');
};

describe('what a payment comes to', () => {
  it.each(['total', 'price', 'account', 'accountId', 'provider', 'paymentId', 'state'])(
    'a page cannot say its %s',
    (name) => {
      expect(checkoutBody.safeParse({ currency: 'EUR', items: one }).success).toBe(true);
      expect(checkoutBody.safeParse({ currency: 'EUR', items: one, [name]: '1' }).success).toBe(false);
    },
  );

  it.each<[string, (payment: PaymentState) => Partial<PaymentState>]>([
    ['another sum', () => ({ amount: 1_00 as never })],
    ['another currency', () => ({ currency: 'USD' })],
  ])('%s in the provider’s object is for a person, and nothing is posted', async (_what, changed) => {
    const world = await portalWorld();
    await world.cash.post('a1', invoice('1', 100_00));
    const paymentId = world.provider.pay((await started(world)).sessionId);
    const { payments } = world.provider;
    payments.set(paymentId, { ...payments.get(paymentId)!, ...changed(payments.get(paymentId)!) });
    await expect(hearAll(world)).rejects.toThrow('payment-differs');
    expect(await allReceipts(world.cash.parts)).toEqual([]);
  });

  it.each<[string, object]>([
    ['the account of another customer', { accountId: 'a2' }],
    ['another company', { companyId: 'c2' }],
    ['a checkout nobody started', { checkoutId: 'f'.repeat(32) }],
  ])('a payment marked with %s pays nothing of anybody', async (_what, changed) => {
    const world = await portalWorld();
    await world.cash.post('a1', invoice('1', 100_00));
    await world.cash.post('a2', invoice('1', 100_00));
    const paymentId = world.provider.pay((await started(world)).sessionId);
    const { payments } = world.provider;
    const payment = payments.get(paymentId)!;
    payments.set(paymentId, { ...payment, mark: { ...payment.mark!, ...changed } });
    const [, last] = world.provider.events;
    await world.hear(last!);
    await world.work();
    expect(await allReceipts(world.cash.parts)).toEqual([]);
    expect((await world.stores.inbox.read(all, `payment:default:${last!.eventId}`))?.state).toBe('dropped');
  });

  it('an event of one account at the provider moves no checkout of another', async () => {
    const world = await portalWorld();
    await world.cash.post('a1', invoice('1', 100_00));
    world.provider.pay((await started(world)).sessionId);
    const [, last] = world.provider.events;
    await keepEvent(world.stores, world.call(), 'brio', last!);
    await world.work();
    expect((await world.stores.inbox.read(all, `payment:brio:${last!.eventId}`))?.state).toBe('dropped');
    expect(await allReceipts(world.cash.parts)).toEqual([]);
  });
});

/** Three people of the customer press at once; some choose more, some the same. */
const pressAtOnce = async (turns: readonly number[]) => {
  const world = await portalWorld();
  await world.cash.post('a1', invoice('1', 100_00), invoice('2', 50_00), invoice('3', 20_00));
  const gate = gateOf({ turns: ({ number }) => turns[number % turns.length] ?? 0, counts: () => true });
  const parts = {
    ...world.stores,
    accounts: withFaults(world.stores.accounts, gate, 'accounts'),
    checkouts: withFaults(world.stores.checkouts, gate, 'checkouts'),
    provider: { ...withFaults(world.stores.provider, gate, 'provider'), accounts: () => ['default'] },
  };
  const choices = [['1'], ['1', '2'], ['2', '3'], ['1']];
  const answers = await Promise.all(
    choices.map((numbers, n) =>
      startCheckout(
        parts,
        { ...world.call(), callerId: `contact:${n % 3}`, requestId: `r${n}`, mayPay: 'all' },
        key,
        { currency: 'EUR', items: numbers.map((number) => ({ item: idOf(number) })), credits: [] },
      ),
    ),
  );
  const open = [...world.provider.sessions.values()].filter(({ state }) => state === 'open');
  const records = await world.stores.checkouts.list(all, key, { limit: 50 });
  const payable = open.map(({ mark }) => records.find(({ id }) => id === mark?.checkoutId)!);
  return { world, answers, payable };
};

describe('people who pay at once', () => {
  it(`in ${schedules} schedules leave at most one payable checkout of each invoice`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { minLength: 7, maxLength: 31 }), async (turns) => {
        const { answers, payable } = await pressAtOnce(turns);
        const items = payable.flatMap(({ lines }) => lines.map(({ itemId }) => itemId));
        expect(new Set(items).size).toBe(items.length);
        expect(answers.some(({ ok }) => ok)).toBe(true);
        for (const answer of answers)
          if (!answer.ok) expect(['busy', 'payment-under-way']).toContain(answer.code);
      }),
      { numRuns: schedules },
    );
  }, 600_000);
});

/** One checkout, and two payments of it at the provider. */
const paidTwice = async (world: PortalWorld): Promise<void> => {
  const first = world.provider.pay((await started(world)).sessionId);
  const { payments } = world.provider;
  payments.set('pi_second', { ...payments.get(first)!, paymentId: 'pi_second' });
  await hearAll(world);
  await world.hear({
    eventId: 'evt_2nd',
    type: 'payment_intent.succeeded',
    at: '2026-03-10T10:00:00Z',
    paymentId: 'pi_second',
  });
  await world.work();
};

describe('money that comes a second time', () => {
  it('beside a transfer that paid the invoice meanwhile is a credit the customer sees', async () => {
    const world = await portalWorld('dunwellLed');
    await world.cash.post('a1', invoice('1', 100_00));
    const { sessionId } = await started(world);
    await world.cash.receive([wire('w1', 100_00, { text: 'invoice 1', accountId: 'a1' })]);
    world.provider.pay(sessionId);
    await hearAll(world);
    expect((await world.ends()).items).toMatchObject([{ open: 0 }]);
    expect(await ownPage(world)).toMatchObject({ open: -100_00 });
  });

  it('for the same checkout, by two payments of the provider, is once for the invoice and once a credit', async () => {
    const world = await portalWorld('dunwellLed');
    await world.cash.post('a1', invoice('1', 100_00));
    await paidTwice(world);
    expect((await world.ends()).items).toMatchObject([{ open: 0 }]);
    expect(await ownPage(world)).toMatchObject({ open: -100_00 });
    expect(await allReceipts(world.cash.parts)).toHaveLength(2);
  });

  it('where an ERP keeps the book lowers what is asked by both, and stays visible as money under way', async () => {
    const world = await portalWorld('erpLed');
    await world.cash.post('a1', invoice('1', 100_00), invoice('2', 30_00));
    await paidTwice(world);
    expect(await ownPage(world)).toMatchObject({ open: 130_00, underWay: 200_00 });
  });
});
