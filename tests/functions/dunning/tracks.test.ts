/**
 * Tracks that run instead of the stage (`defaults.md` §4.4), as the mornings run them: says paid, the insurer's dates,
 * the customer's own system.
 * From: invented accounts on in-memory ports. Next: the run of every morning.
 */
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { holdSaysPaid, liftSaysPaid } from '../../../shared/domain/says-paid.ts';
import { everything } from '../../support/test-edge.ts';
import { money } from '../../support/account-examples.ts';
import { late as lateItem, remindedAt, today } from '../../support/dunning-examples.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;
const late = (id: string, cents: number, days: number, more = {}) =>
  lateItem(`item:invoice:${id}`, cents, days, more);
const loaded = async (world: DunningWorld, ...ids: string[]) =>
  (await world.accounts.load(everything, { companyId, accountId: 'a1' }, ids)).account;
const tasksOf = async (world: DunningWorld): Promise<[string, Day][]> =>
  (await world.facts('a1')).flatMap((fact): [string, Day][] =>
    fact.kind === 'taskCreated' ? [[fact.task.act, fact.on]] : [],
  );
/** Every morning of so many days, sending what is planned. */
const mornings = async (world: DunningWorld, from: Day, days: number): Promise<void> => {
  for (let day = 0; day < days; day += 1) {
    const on = addDays(from, day);
    await world.tick(at(on));
    await world.send('a1', at(on, '10:00'));
    await world.tell(at(on, '10:05'));
  }
};

describe('a customer that says to have paid (R156)', () => {
  /** Held for five business days from a Tuesday: until the next one. */
  const advice = { id: 'advice1', heldUntil: addDays(today, 7) };
  const saying = async (times = 1): Promise<DunningWorld> => {
    const world = await dunningWorld({ times });
    await world.post('a1', at(today, '03:00'), late('1', 50_000, 3));
    const account = await loaded(world);
    const facts = holdSaysPaid(account, advice, ['item:invoice:1'], today);
    await world.change('a1', facts, instantFromText(at(today, '04:00')));
    await world.tell(at(today, '04:00'));
    return world;
  };

  it('is traced by the third business day, and called once the hold is over without money', async () => {
    for (const times of [1, 2]) {
      const world = await saying(times);
      await mornings(world, today, 14);
      expect(await tasksOf(world)).toEqual([
        ['trace-payment', addDays(today, 3)],
        ['call', addDays(today, 8)],
      ]);
      expect((await world.head('a1')).holds).toEqual([]);
    }
  });

  it('is asked for nothing while it is held, and goes on after', async () => {
    const world = await saying();
    await mornings(world, today, 8);
    expect(await world.planned('a1')).toEqual([]);
    await mornings(world, addDays(today, 8), 1);
    expect(await world.planned('a1')).toMatchObject([{ stage: 2, plannedOn: addDays(today, 8) }]);
  });

  it('whose money was found is not called, and the clerk has nothing to trace any more', async () => {
    const world = await saying();
    await mornings(world, today, 4);
    const lift = liftSaysPaid(await loaded(world), advice, addDays(today, 4));
    await world.change('a1', lift, instantFromText(at(addDays(today, 4), '07:00')));
    await world.tell(at(addDays(today, 4), '07:00'));
    await mornings(world, addDays(today, 4), 8);
    expect((await tasksOf(world)).map(([act]) => act)).toEqual(['trace-payment']);
    expect((await world.head('a1')).dunning.tasks).toEqual([]);
  });

  it('is traced once where the call or the portal asked the clerk already', async () => {
    const world = await saying();
    const task = { id: 'task:c9:trace-payment', act: 'trace-payment', stage: 0, createdOn: today };
    const asked: Fact = {
      kind: 'taskCreated',
      task: { ...task, does: ['arClerk'], sums: {}, items: [] },
      on: today,
    };
    await world.change('a1', [asked], instantFromText(at(today, '05:00')));
    await mornings(world, today, 6);
    expect((await tasksOf(world)).map(([act]) => act)).toEqual(['trace-payment']);
  });
});

describe('retained money', () => {
  it('is asked of nobody; somebody in the house hears of its day fourteen days ahead, once', async () => {
    for (const times of [1, 2]) {
      const world = await dunningWorld({ times });
      const releaseOn = addDays(today, 17);
      const retention = { amount: money(10_000), releaseOn };
      await world.post('a1', at(today, '03:00'), late('1', 10_000, 3, { retention }));
      await world.tell(at(today, '03:00'));
      await mornings(world, today, 10);
      expect(await tasksOf(world)).toEqual([['releaseRetention', addDays(releaseOn, -14)]]);
      expect((await world.head('a1')).dunning.tasks).toMatchObject([{ dueOn: releaseOn }]);
      expect(await world.planned('a1')).toEqual([]);
    }
  });
});

describe('an insured item (R161)', () => {
  const insured = { isInsured: true };

  it('has its final notice planned 15 days before the insurer is told, in time to be released, at whatever stage', async () => {
    // a gap, a reply, a hold: it stands at the second stage 38 days after its due day
    const world = await dunningWorld();
    await world.post('a1', at(today, '03:00'), late('1', 500_000, 38, { ...insured, ...remindedAt(3, 2) }));
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 10);
    const final = (await world.planned('a1')).find(({ tone }) => tone === 'final');
    // the 45th day is Tuesday the 23rd; two business days before it is Friday the 19th
    expect(final).toMatchObject({ text: 'T5', stage: 7, plannedOn: addDays(today, 3) });
  });

  it('is somebody’s to report 20 and 5 days before the insurer is to know, and to place 20 and 5 days before the last day', async () => {
    const world = await dunningWorld({ times: 2 });
    const item = late('1', 500_000, 33, insured);
    await world.post('a1', at(today, '03:00'), item);
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 60);
    const insurers = (await world.facts('a1')).flatMap((fact) =>
      fact.kind === 'taskCreated' && fact.task.id.startsWith('task:insurer:') ? [fact] : [],
    );
    // 60 days after it was due, and 30 later
    const days = insurers.map(({ on }) => daysBetween(item.dueOn, on));
    expect(days).toEqual([40, 55, 70, 85]);
  });

  it('that is not insured goes on stage by stage', async () => {
    const world = await dunningWorld();
    await world.post('a1', at(today, '03:00'), late('1', 500_000, 38, remindedAt(3, 2)));
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 10);
    expect((await world.planned('a1')).filter(({ tone }) => tone === 'final')).toEqual([]);
  });

  it('goes before the gap between messages, not above the ceilings', async () => {
    const world = await dunningWorld();
    await world.post('a1', at(today, '03:00'), late('1', 500_000, 43, { ...insured, ...remindedAt(5, 1) }));
    const mails = [1, 3].map((days): Fact => {
      const contact = { on: addDays(today, -days), by: 'auto', channel: 'mail', tone: 'firm' } as const;
      return { kind: 'contactMade', contact, on: contact.on };
    });
    await world.change('a1', mails.toReversed(), instantFromText(at(today, '03:30')));
    await world.tell(at(today, '03:40'));
    await mornings(world, today, 7);
    const [first] = await world.planned('a1');
    expect(first).toMatchObject({ tone: 'final', plannedOn: addDays(today, 6) });
  });
});

describe("an invoice in the customer's own system (R158)", () => {
  it('approved with a day to be paid waits until that day and three business days more', async () => {
    const world = await dunningWorld();
    const payOn = addDays(today, 3);
    await world.post(
      'a1',
      at(today, '03:00'),
      late('1', 50_000, 3, { apStatus: 'Approved', apPayOn: payOn }),
    );
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 9);
    // Friday's pay day and three business days: Wednesday
    const [first] = await world.planned('a1');
    expect(first).toMatchObject({ stage: 2, plannedOn: addDays(today, 8) });
  });
});

describe("an invoice the customer's own system refused (R158)", () => {
  it("is asked for by nobody, is a clerk's to put right once, and goes on once it is not refused any more", async () => {
    const world = await dunningWorld({ times: 2 });
    const item = late('1', 50_000, 3, { apStatus: 'Rejected: PO missing', apStatusOn: addDays(today, -1) });
    await world.post('a1', at(today, '03:00'), item);
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 4);
    expect(await tasksOf(world)).toEqual([['resubmitToPortal', today]]);
    expect((await world.head('a1')).dunning.withheld?.reasons).toEqual({ 'query-open': 1 });
    const amendment = { apStatus: 'In process' };
    const amended: Fact = { kind: 'itemAmended', itemId: item.id, amendment, on: addDays(today, 3) };
    await world.change('a1', [amended], instantFromText(at(addDays(today, 3), '12:00')));
    await world.tell(at(addDays(today, 3), '12:00'));
    expect((await world.head('a1')).dunning.tasks).toEqual([]);
    expect(await world.planned('a1')).toHaveLength(1);
  });
});

describe('a request for a down payment', () => {
  it('is written about on its third day and called about on its seventh, with sales, each once', async () => {
    const world = await dunningWorld({ times: 2 });
    await world.post('a1', at(today, '03:00'), late('1', 90_000, 0, { kind: 'downPaymentRequest' }));
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 12);
    const facts = await world.facts('a1');
    expect(
      facts.flatMap((fact) => (fact.kind === 'noticePlanned' ? [[fact.notice.id, fact.on]] : [])),
    ).toEqual([['message:T2:downPayment:item:invoice:1', addDays(today, 3)]]);
    expect(facts.filter(({ kind }) => kind === 'taskCreated')).toMatchObject([
      // the seventh day is a Tuesday
      { task: { act: 'call', does: ['collector', 'salesOwner'], createdOn: addDays(today, 7) } },
    ]);
    expect(await world.planned('a1')).toEqual([]);
  });

  it('that was over before the company dunned here is left alone', async () => {
    const world = await dunningWorld({ goLiveOn: today });
    await world.post('a1', at(today, '03:00'), late('1', 90_000, 20, { kind: 'downPaymentRequest' }));
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 3);
    const kinds = (await world.facts('a1')).map(({ kind }) => kind);
    expect(kinds).not.toContain('noticePlanned');
    expect(kinds).not.toContain('taskCreated');
  });
});

describe('a mail that bounced', () => {
  it('does not hold up the next: the same step comes on the next business day', async () => {
    const world = await dunningWorld();
    await world.post('a1', at(today, '03:00'), late('1', 50_000, 3));
    await world.tell(at(today, '03:00'));
    await mornings(world, today, 1);
    const undone: Fact = {
      kind: 'carryingUndone',
      ...{ by: `message:${today}:mail`, itemIds: ['item:invoice:1'], on: today },
    };
    await world.change('a1', [undone], instantFromText(at(today, '11:00')));
    await world.tell(at(today, '11:05'));
    expect(await world.sent('a1')).toHaveLength(1);
    await mornings(world, addDays(today, 1), 2);
    expect((await world.planned('a1')).map(({ id, stage }) => [id, stage])).toEqual([
      [`message:${today}:mail`, 2],
      [`message:${addDays(today, 1)}:mail`, 2],
    ]);
  });
});
