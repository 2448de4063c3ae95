/**
 * Accounts are found when their day comes, looked at once however often they are told of, and reminded once.
 * From: invented accounts on in-memory ports. Next: the run of every morning.
 */
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { checkDunning, checkDunningJournal } from '../../../shared/domain/invariants-dunning.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { remindedAt, late as lateItem, today } from '../../support/dunning-examples.ts';
import { gateOf } from '../../support/faults.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const night = `${today}T03:00:00Z`;
const morning = `${today}T08:30:00Z`;
const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;
const late = (id: string, cents: number, days: number, more = {}) =>
  lateItem(`item:invoice:${id}`, cents, days, more);

const expectSound = async (world: DunningWorld, accountId: string): Promise<void> => {
  const entries = await world.entries(accountId);
  const { items } = await world.accounts.openItems(everything, { companyId, accountId }, { limit: 500 });
  expect(checkDunning(await world.head(accountId), items)).toEqual([]);
  expect(checkDunningJournal(entries)).toEqual([]);
};

describe('an item that is posted at night', () => {
  it('leads to a look in the morning, and to its reminder then, not before', async () => {
    const world = await dunningWorld();
    await world.post('a1', night, late('1', 50_000, 3));
    await world.tell(night);
    expect((await world.head('a1')).nextReviewAt).toBe(`${today}T08:30:00Z`);
    expect(await world.planned('a1')).toEqual([]);
    await world.tick(at(today, '08:25'));
    expect(await world.planned('a1')).toEqual([]);
    await world.tick(morning);
    expect(await world.planned('a1')).toMatchObject([
      { id: `message:${today}:mail`, stage: 2, text: 'T2', needs: [], sums: { EUR: 50_000 } },
    ]);
    await expectSound(world, 'a1');
  });

  it('nets as the worked example says: 1,000, 800 and 300 less 400 is one message asking 1,700', async () => {
    const world = await dunningWorld();
    await world.post(
      ...(['a1', night] as const),
      ...[late('1', 100_000, 4), late('2', 80_000, 12, remindedAt(2, 8))],
      ...[late('3', 30_000, 30, remindedAt(4, 8)), late('4', -40_000, 5)],
    );
    await world.tell(night);
    await world.tick(morning);
    const [message, ...more] = await world.planned('a1');
    expect(message).toMatchObject({ stage: 3, sums: { EUR: 170_000 } });
    expect(more).toEqual([]);
  });

  it('is looked at at once when it is posted by day', async () => {
    const world = await dunningWorld();
    await world.post('a1', at(today, '11:00'), late('1', 50_000, 3));
    await world.tell(at(today, '11:00'));
    expect(await world.planned('a1')).toHaveLength(1);
  });
});

describe('delivered twice, out of time, or after a crash', () => {
  it('every tick, page, look and event twice plans and sends what once does', async () => {
    const journals = await Promise.all(
      [1, 2].map(async (times) => {
        const world = await dunningWorld({ times });
        for (const id of ['a1', 'a2', 'a3']) await world.post(id, night, late(`${id}-1`, 50_000, 3));
        await world.tell(night);
        for (let day = 0; day < 12; day += 1) {
          const on = addDays(today, day);
          await world.tick(at(on));
          await world.tick(at(on, '09:00'));
          for (const id of ['a1', 'a2', 'a3']) await world.send(id, at(on, '10:00'));
          await world.tell(at(on, '10:05'));
        }
        await expectSound(world, 'a1');
        return Promise.all(['a1', 'a2', 'a3'].map((id) => world.facts(id)));
      }),
    );
    expect(journals[1]).toEqual(journals[0]);
    expect(journals[0]![0]!.filter(({ kind }) => kind === 'messageSent')).toHaveLength(2);
  });

  it('dies before and after each of its effects: the message is planned once', async () => {
    const plain = gateOf();
    const once = await dunningWorld({ gate: plain });
    await once.post('a1', night, late('1', 50_000, 3));
    await once.tell(night);
    await once.tick(morning);
    expect(plain.calls.length).toBeGreaterThan(3);
    for (let number = 1; number <= plain.calls.length; number += 1)
      for (const fault of ['crash-before', 'crash-after'] as const) {
        const gate = gateOf({ fault: (passing) => (passing.number === number ? fault : undefined) });
        const world = await dunningWorld({ gate });
        await world.post('a1', night, late('1', 50_000, 3));
        await world.tell(night);
        await world.tick(morning);
        expect([number, fault, await world.facts('a1')]).toEqual([number, fault, await once.facts('a1')]);
      }
  });

  it('an account told of again while its reminder is on its way is not forgotten: the next stage comes', async () => {
    for (const times of [1, 2]) {
      const world = await dunningWorld({ times });
      await world.post('a1', at(today, '11:00'), late('1', 50_000, 3));
      await world.tell(at(today, '11:00'));
      await world.post('a1', at(today, '11:05'), late('2', 20_000, -40));
      await world.tell(at(today, '11:05'));
      for (let day = 0; day < 9; day += 1) {
        await world.send('a1', at(addDays(today, day), '12:00'));
        await world.tick(at(addDays(today, day + 1)));
      }
      expect(await world.sent('a1')).toEqual([today, addDays(today, 7)].map((day) => `message:${day}:mail`));
    }
  });

  it('a day nobody looked is caught up: the step it missed comes on the next, once', async () => {
    const world = await dunningWorld();
    await world.post('a1', night, late('1', 50_000, 2));
    await world.tell(night);
    await world.tick(morning);
    expect(await world.planned('a1')).toEqual([]);
    const thursday = addDays(today, 2);
    await world.tick(at(thursday));
    await world.tick(at(thursday, '08:35'));
    expect((await world.planned('a1')).map(({ id }) => id)).toEqual([`message:${thursday}:mail`]);
  });

  it('is silent on a weekend and begins on the Monday', async () => {
    const world = await dunningWorld();
    const friday = dayFromText('2026-06-19');
    await world.post('a1', at(friday, '20:00'), lateItem('item:invoice:1', 50_000, 0));
    await world.tell(at(addDays(friday, 1), '09:00'));
    await world.tick(at(addDays(friday, 1)));
    expect(await world.planned('a1')).toEqual([]);
    await world.tick(at(addDays(friday, 3)));
    expect(await world.planned('a1')).toHaveLength(1);
  });
});

describe('what keeps a message back', () => {
  it('a company that never began has drafts alone; once it began, for 14 days', async () => {
    const world = await dunningWorld({ goLiveOn: null });
    await world.post('a1', night, late('1', 50_000, 3), late('old', 90_000, 91));
    await world.tell(night);
    await world.tick(morning);
    expect(await world.planned('a1')).toMatchObject([{ needs: ['draft'], sums: { EUR: 50_000 } }]);
    expect(await world.send('a1', at(today, '10:00'))).toBe('wait');
    expect((await world.head('a1')).dunning.withheld?.reasons).toEqual({ 'review-list': 1 });
  });

  it('all stopped: nothing is planned, the account says so, and goes on the day after it was lifted', async () => {
    const world = await dunningWorld();
    await world.set('dunning-stop', { isStopped: true });
    await world.post('a1', night, late('1', 50_000, 3));
    await world.tell(night);
    await world.tick(morning);
    expect(await world.planned('a1')).toEqual([]);
    expect((await world.head('a1')).dunning.withheld?.reasons).toHaveProperty('stop-all');
    await world.set('dunning-stop', { isStopped: false });
    await world.tick(at(addDays(today, 1)));
    expect(await world.planned('a1')).toHaveLength(1);
  });

  it('paid between plan and claim: the gate withholds it and the account says why', async () => {
    const world = await dunningWorld();
    await world.post('a1', night, late('1', 50_000, 3));
    await world.tell(night);
    await world.tick(morning);
    const { account } = await world.accounts.load(everything, { companyId, accountId: 'a1' }, [
      'item:invoice:1',
    ]);
    const paid = {
      itemId: 'item:invoice:1',
      changeId: 'p',
      by: 'payment',
      amount: money(50_000),
      on: today,
    } as const;
    await world.change('a1', factsOf(reduceItem(account, paid)), instantFromText(at(today, '09:00')));
    expect(await world.send('a1', at(today, '10:00'))).toBe('withhold');
    expect(await world.sent('a1')).toEqual([]);
    expect((await world.facts('a1')).at(-1)).toMatchObject({ kind: 'messageWithheld', reasons: ['paid'] });
  });
});
