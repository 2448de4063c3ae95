/**
 * Direct debits (R167) as the mornings run them: announced, returned by why, tried once more or a new mandate, and chased as
 * *Standard* from the fifth stage when they stay unpaid.
 * From: invented accounts on in-memory ports. Next: the run of every morning.
 */
import { describe, expect, it } from 'vitest';
import { applyPayment, receivePayment } from '../../../shared/domain/apply-payment.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { returnReasonOf } from '../../../shared/domain/debit-returns.ts';
import { reverseApplication } from '../../../shared/domain/reverse-application.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { late as lateItem, today } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;
const itemId = 'item:invoice:1';
const paymentId = 'payment:r1';
const debit = (cents: number, days: number) => lateItem(itemId, cents, days, { method: 'directDebit' });
const mandate = { reference: 'M-77' };

const worldWith = async (cents: number, days: number, treatment: object = { mandate }, times = 2) => {
  const world = await dunningWorld({ times });
  await world.set('dunning', { goLiveOn: '2020-01-01', disclosedFactors: [], creditorId: 'DE98ZZZ09999' });
  await world.post('a1', at(today, '03:00'), debit(cents, days));
  const paper = { email: 'ap@a1.example', country: 'DE', treatment: { policyId: 'debit', ...treatment } };
  const noted = { kind: 'masterDataNoted', masterData: 'contact:master:1', on: today } as const;
  await world.change('a1', [noted], instantFromText(at(today, '03:10')), paper);
  await world.tell(at(today, '03:20'));
  return world;
};

const mornings = async (world: DunningWorld, from: Day, days: number): Promise<void> => {
  for (let day = 0; day < days; day += 1) {
    await world.tick(at(addDays(from, day)));
    await world.send('a1', at(addDays(from, day), '10:00'));
    await world.tell(at(addDays(from, day), '10:05'));
  }
};

/** Collected and booked, then sent back by the bank, both on a day. */
const comesBack = async (world: DunningWorld, cents: number, on: Day, code?: string): Promise<void> => {
  const load = async (...ids: string[]) =>
    (await world.accounts.load(everything, { companyId, accountId: 'a1' }, ids)).account;
  const instant = instantFromText(at(on, '06:00'));
  const payment = { paymentId, receiptId: 'r1', portion: 'all', source: 'bank', currency: 'EUR' };
  const received = { ...payment, amount: money(cents), receivedOn: on, on };
  await world.change('a1', factsOf(receivePayment(await load(itemId, paymentId), received)), instant);
  const applied = { itemId, paymentId, changeId: 'c1', amount: money(cents), on };
  await world.change('a1', factsOf(applyPayment(await load(itemId, paymentId), applied)), instant);
  const reversal = { itemId, changeId: 'c1', reason: returnReasonOf(code), on };
  const facts = factsOf(reverseApplication(await load(itemId, paymentId), reversal));
  const gone = { kind: 'itemReduced', itemId: paymentId, changeId: 'gone', by: 'returned', on } as const;
  const posting = { debit: 'unapplied', credit: 'cash', amount: money(cents), currency: 'EUR' } as const;
  await world.change('a1', [...facts, { ...gone, posting }], instant);
  await world.tell(at(on, '06:05'));
};

const notices = async (world: DunningWorld): Promise<[string, Day][]> =>
  (await world.facts('a1')).flatMap((fact): [string, Day][] =>
    fact.kind === 'noticePlanned' && fact.notice.text !== 'T13' ? [[fact.notice.text, fact.on]] : [],
  );
const tasks = async (world: DunningWorld): Promise<[string, Day | undefined][]> =>
  (await world.facts('a1')).flatMap((fact): [string, Day | undefined][] =>
    fact.kind === 'taskCreated' && fact.task.stage === 0 ? [[fact.task.act, fact.task.dueOn]] : [],
  );
const papers = async (world: DunningWorld) =>
  (await world.accounts.papers(everything, { companyId, accountId: 'a1' }, { kind: 'message', limit: 50 }))
    .papers;

describe('a direct debit', () => {
  it('is announced 14 days ahead, once, with amount, day, mandate and our id; no reminder asks for it', async () => {
    const world = await worldWith(50_000, -16);
    await mornings(world, today, 25);
    expect(await notices(world)).toEqual([['T10', addDays(today, 2)]]);
    expect((await papers(world)).find(({ id }) => id.startsWith('message:T10'))!.content).toMatchObject({
      cause: {
        debit: {
          ...{ amount: { amount: 50_000, currency: 'EUR' }, on: addDays(today, 16) },
          ...{ mandate: 'M-77', creditorId: 'DE98ZZZ09999' },
        },
      },
    });
    expect(await world.planned('a1')).toEqual([]);
  });

  it('is announced as many days ahead as its mandate says', async () => {
    const world = await worldWith(50_000, -16, { mandate: { ...mandate, announceDays: 3 } });
    await mornings(world, today, 16);
    expect((await notices(world)).map(([, on]) => on)).toEqual([addDays(today, 13)]);
  });

  it('without a mandate on record makes work for a clerk, once a month, and no mail without it', async () => {
    const world = await worldWith(50_000, -16, {});
    await mornings(world, today, 8);
    expect(await notices(world)).toEqual([]);
    expect((await tasks(world)).map(([act]) => act)).toEqual(['mandateUnknown']);
  });
});

describe('a direct debit that came back', () => {
  it('for want of funds: told the same day, called about from 1,000, tried once more in five business days', async () => {
    const world = await worldWith(150_000, 1);
    await comesBack(world, 150_000, today, 'AM04');
    await mornings(world, today, 3);
    expect(await notices(world)).toEqual([['T11', today]]);
    expect((await papers(world)).find(({ id }) => id.startsWith('message:T11'))!.content).toMatchObject({
      cause: { debit: { amount: { amount: 150_000 }, returned: { on: today, reason: 'noFunds' } } },
    });
    expect(await tasks(world)).toEqual(
      expect.arrayContaining([
        ['debitAgain', addDays(today, 7)],
        ['call', addDays(today, 1)],
      ]),
    );
    expect(await tasks(world)).toHaveLength(2);
  });

  it('by its mandate or account: no new attempt, a new mandate is asked for; unauthorised is for the manager', async () => {
    const world = await worldWith(50_000, 1);
    await comesBack(world, 50_000, today, 'MD01');
    await mornings(world, today, 3);
    expect((await tasks(world)).map(([act]) => act).toSorted()).toEqual(['debitUnauthorised', 'newMandate']);
  });

  it('unpaid after five business days joins Standard at the fifth stage, then keeps its distances', async () => {
    const world = await worldWith(60_000, 1);
    await comesBack(world, 60_000, today, 'AC04');
    await mornings(world, today, 7);
    expect(await world.planned('a1')).toEqual([]);
    expect((await world.head('a1')).dunning.withheld?.reasons).toEqual({ 'direct-debit': 1 });
    await mornings(world, addDays(today, 7), 30);
    expect((await world.planned('a1')).map(({ stage, tone, plannedOn }) => [stage, tone, plannedOn])).toEqual(
      [
        [5, 'firm', addDays(today, 7)],
        // the call of the 35th day is between them, the final notice 21 days after the firm one
        [7, 'final', addDays(today, 28)],
      ],
    );
  });

  it('in a book that is its ERP’s: told the same day, called about, and joins the fifth stage', async () => {
    const world = await worldWith(150_000, 1);
    const taken = { amount: money(150_000), currency: 'EUR', receivedOn: addDays(today, -1) } as const;
    const fact = { kind: 'moneyTakenBack', itemId, receiptId: 'r1', ...taken, on: today } as const;
    await world.change(
      'a1',
      [{ ...fact, reason: returnReasonOf('AM04') }],
      instantFromText(at(today, '06:00')),
    );
    await world.tell(at(today, '06:05'));
    await mornings(world, today, 3);
    expect(await notices(world)).toEqual([['T11', today]]);
    expect((await tasks(world)).map(([act]) => act).toSorted()).toEqual(['call', 'debitAgain']);
    await mornings(world, addDays(today, 3), 5);
    expect((await world.planned('a1')).map(({ stage, plannedOn }) => [stage, plannedOn])).toEqual([
      [5, addDays(today, 7)],
    ]);
  });

  it('that is paid in time is not chased', async () => {
    const world = await worldWith(60_000, 1);
    await comesBack(world, 60_000, today, 'AM04');
    await mornings(world, today, 3);
    const { account } = await world.accounts.load(everything, { companyId, accountId: 'a1' }, [itemId]);
    expect(account.items.get(itemId)).toMatchObject({ open: 60_000 });
    const paid = {
      kind: 'itemReduced',
      itemId,
      changeId: 'p2',
      by: 'payment',
      on: addDays(today, 3),
    } as const;
    const posting = { debit: 'cash', credit: 'receivables', amount: money(60_000), currency: 'EUR' } as const;
    await world.change('a1', [{ ...paid, posting }], instantFromText(at(addDays(today, 3), '12:00')));
    await world.tell(at(addDays(today, 3), '12:00'));
    await mornings(world, addDays(today, 4), 10);
    expect(await world.planned('a1')).toEqual([]);
  });
});
