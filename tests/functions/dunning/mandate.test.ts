/**
 * A mandate that is over (R167): no other debit is announced, what is open is owed as by any other means, why stands in the
 * journal; a new mandate is announced under again.
 * From: invented accounts on in-memory ports. Next: the run of every morning.
 */
import { describe, expect, it } from 'vitest';
import { endTask, saveTreatment } from '../../../functions/dunning/change-standing.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { returnReasonOf } from '../../../shared/domain/debit-returns.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { money } from '../../support/account-examples.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;
const key = { companyId, accountId: 'a1' };
const debit = (id: string, daysLate: number) => late(id, 50_000, daysLate, { method: 'directDebit' });
const [gone, soon, past] = ['item:invoice:1', 'item:invoice:2', 'item:invoice:3'];

/** One debit of yesterday, one to announce in two days, one of ten days ago that nobody heard of since. */
const worldWith = async (times = 1): Promise<DunningWorld> => {
  const world = await dunningWorld({ times });
  await world.set('dunning', { goLiveOn: '2020-01-01', disclosedFactors: [], creditorId: 'DE98ZZZ09999' });
  await world.post('a1', at(today, '03:00'), debit(gone, 1), debit(soon, -16), debit(past, 10));
  const treatment = { policyId: 'debit', mandate: { reference: 'M-77' } };
  const noted = { kind: 'masterDataNoted', masterData: 'contact:master:1', on: today } as const;
  const paper = { email: 'ap@a1.example', country: 'DE', treatment };
  await world.change('a1', [noted], instantFromText(at(today, '03:10')), paper);
  await world.tell(at(today, '03:20'));
  return world;
};

const comesBack = async (world: DunningWorld, code: string | undefined): Promise<void> => {
  const taken = { amount: money(50_000), currency: 'EUR', receivedOn: addDays(today, -1) } as const;
  const reason = returnReasonOf(code);
  const fact = {
    kind: 'moneyTakenBack',
    itemId: gone,
    receiptId: 'r1',
    ...taken,
    reason,
    on: today,
  } as const;
  await world.change('a1', [fact], instantFromText(at(today, '06:00')));
  await world.tell(at(today, '06:05'));
};

const mornings = async (world: DunningWorld, from: number, days: number): Promise<void> => {
  for (let day = from; day < from + days; day += 1) {
    await world.tick(at(addDays(today, day)));
    await world.send('a1', at(addDays(today, day), '10:00'));
    await world.tell(at(addDays(today, day), '10:05'));
  }
};

const announced = async (world: DunningWorld): Promise<(readonly string[] | undefined)[]> =>
  (await world.facts('a1')).flatMap((fact) =>
    fact.kind === 'noticePlanned' && fact.notice.text === 'T10' ? [fact.notice.itemIds] : [],
  );
const ends = async (world: DunningWorld): Promise<Fact[]> =>
  (await world.facts('a1')).filter(({ kind }) => kind === 'mandateEnded');
const askedAt = async (world: DunningWorld, itemId: string): Promise<Day[]> =>
  (await world.planned('a1')).flatMap(({ items, plannedOn }) =>
    items.some((one) => one.itemId === itemId) ? [plannedOn] : [],
  );

const treat = async (world: DunningWorld, day: number, mandate?: { reference: string }): Promise<void> => {
  const now = instantFromText(at(addDays(today, day), '12:00'));
  const caller = { id: 'u:crm', principals: ['CRM'] as const };
  const call = { scope: everything, now, caller, requestId: `treat ${day}` };
  const body = { policyId: 'debit', ...(mandate === undefined ? {} : { mandate }) };
  expect(await saveTreatment(world.parts(), key, body, call)).toMatchObject({ ok: true });
  await world.tell(at(addDays(today, day), '12:01'));
};

describe('a debit that came back', () => {
  it.each([
    ['MD07', 'mandate'],
    ['AC04', 'account'],
    ['MD06', 'refused'],
  ])(
    'as %s ends the mandate: the others are announced no more and asked for as any other',
    async (code, why) => {
      const world = await worldWith(2);
      await comesBack(world, code);
      await mornings(world, 0, 20);
      expect(await announced(world)).toEqual([]);
      expect(await ends(world)).toEqual([{ kind: 'mandateEnded', why, itemId: gone, on: today }]);
      expect((await askedAt(world, past))[0]).toBe(today);
      expect(await askedAt(world, soon)).toEqual(
        [addDays(today, 22)].filter((day) => day < addDays(today, 20)),
      );
      await mornings(world, 20, 6);
      // due on the 16th day, late on the third after it
      expect((await askedAt(world, soon))[0]! >= addDays(today, 19)).toBe(true);
    },
  );

  it.each(['AM04', 'AM05'])('as %s ends nothing: the next is announced on its day', async (code) => {
    const world = await worldWith();
    await comesBack(world, code);
    await mornings(world, 0, 6);
    expect(await announced(world)).toEqual([[soon]]);
    expect(await ends(world)).toEqual([]);
    expect(await askedAt(world, past)).toEqual([]);
  });
});

describe('a debit that came back nobody knows why', () => {
  const tasks = async (world: DunningWorld) =>
    (await world.facts('a1')).flatMap((fact) => (fact.kind === 'taskCreated' ? [fact.task] : []));
  const end = async (world: DunningWorld, day: number, as: 'done' | 'dropped' = 'done'): Promise<void> => {
    const [task] = (await tasks(world)).filter(({ act }) => act === 'debitUnclear');
    const now = instantFromText(at(addDays(today, day), '12:00'));
    const caller = { id: 'u:arc', principals: ['ARC'] as const };
    const call = { scope: everything, now, caller, requestId: `end ${day}` };
    const body = { as, outcome: 'the bank says it was a fault of theirs' };
    expect(await endTask(world.parts(), key, task!.id, body, call)).toMatchObject({ ok: true });
    await world.tell(at(addDays(today, day), '12:01'));
  };

  it.each(['XX99', 'AM99', undefined])(
    'as %s is a person’s to look at; until they did, no other debit is announced',
    async (code) => {
      const world = await worldWith();
      await comesBack(world, code);
      await mornings(world, 0, 8);
      expect((await tasks(world)).map(({ act, does, dueOn }) => [act, does, dueOn])).toEqual([
        ['debitUnclear', ['arClerk'], addDays(today, 1)],
      ]);
      expect(await announced(world)).toEqual([]);
      expect(await ends(world)).toEqual([]);
      // nobody is reminded meanwhile of what they expect to be debited
      expect(await askedAt(world, past)).toEqual([]);
      await end(world, 8);
      await mornings(world, 9, 4);
      expect(await announced(world)).toEqual([[soon]]);
      expect((await tasks(world)).filter(({ act }) => act === 'debitUnclear')).toHaveLength(1);
    },
  );

  it('ends with the mandate where the person takes it off the record', async () => {
    const world = await worldWith();
    await comesBack(world, 'XX99');
    await mornings(world, 0, 3);
    await treat(world, 3);
    await end(world, 3);
    await mornings(world, 4, 6);
    expect(await announced(world)).toEqual([]);
    expect(await ends(world)).toMatchObject([{ why: 'withdrawn' }]);
  });
});

describe('a mandate on record', () => {
  it('a new one is announced under again; what came back under the old one does not end it', async () => {
    const world = await worldWith();
    await comesBack(world, 'MD07');
    await mornings(world, 0, 4);
    await treat(world, 4, { reference: 'M-78' });
    await mornings(world, 5, 4);
    expect(await announced(world)).toEqual([[soon]]);
    expect(await ends(world)).toHaveLength(1);
  });

  it('the same one with other days stays over', async () => {
    const world = await worldWith();
    await comesBack(world, 'MD07');
    await mornings(world, 0, 2);
    await treat(world, 2, { reference: 'M-77', announceDays: 5 } as { reference: string });
    await mornings(world, 3, 12);
    expect(await announced(world)).toEqual([]);
  });

  it('taken off it: what is open is asked for, and why is told', async () => {
    const world = await worldWith();
    await mornings(world, 0, 1);
    expect(await askedAt(world, past)).toEqual([]);
    await treat(world, 1);
    await mornings(world, 2, 5);
    expect(await announced(world)).toEqual([]);
    expect(await ends(world)).toEqual([{ kind: 'mandateEnded', why: 'withdrawn', on: addDays(today, 1) }]);
    expect((await askedAt(world, past))[0]).toBe(addDays(today, 1));
  });
});
