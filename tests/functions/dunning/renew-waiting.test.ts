/**
 * A reminder that waits for a person and is no longer right is withdrawn with its reason, and planned anew by the look
 * that its account's own news asks for; however often that is told, and never as a second mail.
 * From: invented accounts on in-memory ports. Next: people who release what waits.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeHold } from '../../../functions/dunning/change-standing.ts';
import { recordPromise } from '../../../functions/dunning/keep-promises.ts';
import { listMessages } from '../../../functions/dunning/list-waiting.ts';
import { previewRun } from '../../../functions/dunning/preview-run.ts';
import { releaseMessages } from '../../../functions/dunning/release-messages.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { checkDunning, checkDunningJournal } from '../../../shared/domain/invariants-dunning.ts';
import { payByAt } from '../../../shared/domain/planned-message.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { gateOf } from '../../support/faults.ts';
import { late as lateItem, remindedAt, today } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const key = { companyId, accountId: 'a1' };
const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;
const idOf = (id: string): string => `item:invoice:${id}`;
const late = (id: string, cents: number, days: number, more = {}) => lateItem(idOf(id), cents, days, more);
const eleven = at(today, '11:00');
const call = (requestId: string, time = eleven) => ({
  ...{ scope, requestId, now: instantFromText(time) },
  caller: { id: 'tid:crm', principals: ['CRM'] as const },
});

type Options = Parameters<typeof dunningWorld>[0];
/** A final notice of 1,100 that waits for the credit manager since the morning. */
const withFinal = async (options: Options = {}): Promise<DunningWorld> => {
  const world = await dunningWorld(options);
  const items = [late('a', 30_000, 50, remindedAt(6, 9)), late('b', 80_000, 12, remindedAt(2, 8))];
  await world.post('a1', at(today, '03:00'), ...items);
  await world.tell(at(today, '03:00'));
  await world.tick(at(today));
  return world;
};
const waiting = async (world: DunningWorld) => {
  const page = await listMessages(world.parts(), companyId, { state: 'awaiting' }, scope);
  if (!page.ok) throw new Error(page.detail);
  return page.value.messages;
};
const release = (world: DunningWorld, messageId: string, digest: string, time = eleven) =>
  releaseMessages(
    world.parts(),
    companyId,
    { as: 'creditManager', messages: [{ account: 'a1', messageId, digest }] },
    call(`release:${digest}:${time}`, time),
  );
const pay = async (world: DunningWorld, id: string, cents: number, time = eleven): Promise<void> => {
  const { account } = await world.accounts.load(scope, key, [idOf(id)]);
  const on = time.slice(0, 10) as Day;
  const paid = {
    ...{ itemId: idOf(id), changeId: `p:${time}`, by: 'payment' as const },
    ...{ amount: money(cents), on },
  };
  await world.change('a1', factsOf(reduceItem(account, paid)), instantFromText(time));
};
/** A case about all of an item that is left, or some of it. */
const contest = async (world: DunningWorld, id: string, cents: number, time = eleven): Promise<void> => {
  const part = { id: `d:${time}`, code: 'disputed', amount: money(cents) } as const;
  const on = time.slice(0, 10) as Day;
  const stands = {
    ...({ id: part.id, code: 'PRICE', state: 'opened', owner: 'pricing' } as const),
    ...{ currency: 'EUR', held: money(cents) },
  } as const;
  const facts: Fact[] = [
    { kind: 'disputeStands', disputeId: part.id, stands, on },
    { kind: 'partHeld', itemId: idOf(id), part, on },
  ];
  await world.change('a1', facts, instantFromText(time));
};
const withdrawn = async (world: DunningWorld): Promise<readonly (readonly string[])[]> =>
  (await world.facts('a1')).flatMap((fact) => (fact.kind === 'messageWithheld' ? [fact.reasons] : []));

describe('an unnamed credit turns a final notice that waits into a clear one', () => {
  it('at once: withdrawn with its reason, planned anew under the id of the day, and that goes out alone', async () => {
    const world = await withFinal();
    const [final] = await waiting(world);
    expect(final).toMatchObject({ text: 'T5', sums: { EUR: 110_000 }, needs: ['creditManager'] });
    await world.post('a1', eleven, late('k', -10_000, 1));
    await world.tell(eleven);
    expect(await withdrawn(world)).toEqual([['below-minimum']]);
    const clear = { id: `message:${today}:mail`, text: 'T3', needs: [], sums: { EUR: 100_000 } };
    expect((await world.planned('a1')).at(-1)).toMatchObject(clear);
    expect(await waiting(world)).toEqual([]);
    const answer = await release(world, final!.messageId, final!.digest!);
    expect(answer).toMatchObject({ value: { results: [{ is: 'message-differs' }] } });
    expect(await world.send('a1', at(today, '12:00'))).toBe('send');
    expect(await world.send('a1', at(today, '12:01'))).toBe('gone');
    await world.tell(at(today, '12:05'));
    await world.tick(at(addDays(today, 1)));
    expect(await world.sent('a1')).toEqual([`message:${today}:mail`]);
  });

  it('the same, told twice and dying at any effect', async () => {
    const run = async (options: Options): Promise<Fact[]> => {
      const world = await withFinal(options);
      await world.post('a1', eleven, late('k', -10_000, 1));
      await world.tell(eleven);
      await world.tell(at(today, '11:05'));
      await world.tick(at(today, '11:05'));
      const facts = await world.facts('a1');
      // a look told of twice says besides that a message is on its way
      return facts.filter(({ kind }) => kind !== 'reminderWithheld');
    };
    const gate = gateOf();
    const once = await run({ gate });
    expect(once.filter(({ kind }) => kind === 'messagePlanned')).toHaveLength(2);
    expect(await run({ times: 2 })).toEqual(once);
    for (let number = 1; number <= gate.calls.length; number += 1)
      for (const fault of ['crash-before', 'crash-after'] as const) {
        const dying = gateOf({ fault: (passing) => (passing.number === number ? fault : undefined) });
        expect([number, fault, await run({ gate: dying })]).toEqual([number, fault, once]);
      }
  });
});

describe('what changes an account while its reminder waits', () => {
  it.each<[string, (world: DunningWorld) => Promise<unknown>, string, number | undefined]>([
    ['a payment of one of its items', (world) => pay(world, 'a', 30_000), 'paid', 80_000],
    ['a dispute about one', (world) => contest(world, 'a', 30_000), 'disputed', 80_000],
    [
      'a promise for one',
      (world) =>
        recordPromise(
          ...([world.parts(), key] as const),
          {
            dueOn: addDays(today, 5),
            currency: 'EUR',
            items: [{ itemId: idOf('a'), amount: 30_000 }],
          },
          call('promise'),
        ),
      'promised',
      80_000,
    ],
    [
      'a hold of the account',
      (world) => placeHold(world.parts(), key, { code: 'sales-hold', reason: 'asked' }, call('hold')),
      'sales-hold',
      undefined,
    ],
    [
      'a credit of more than it asks at its stage',
      (world) => world.post('a1', eleven, late('k', -40_000, 1)),
      'covered-by-credit',
      70_000,
    ],
    [
      'an item that is late too',
      (world) => world.post('a1', eleven, late('c', 20_000, 4)),
      'approval-waiting',
      130_000,
    ],
  ])(
    '%s: withdrawn with the reason, and what is right now in its place',
    async (_what, change, why, asked) => {
      const world = await withFinal();
      await change(world);
      await world.tell(eleven);
      expect(await withdrawn(world)).toEqual([[why]]);
      const { message } = (await world.head('a1')).dunning;
      expect(message?.id).toBe(asked === undefined ? undefined : `message:${today}:mail`);
      if (asked !== undefined)
        expect((await world.planned('a1')).at(-1)).toMatchObject({ sums: { EUR: asked } });
      if (message?.state === 'awaiting')
        expect(await waiting(world)).toMatchObject([{ digest: message.digest, sums: { EUR: asked } }]);
    },
  );

  it('that leaves it as it is leaves it: the same id waits, and whoever saw it may release it', async () => {
    const world = await withFinal();
    const [final] = await waiting(world);
    await world.post('a1', eleven, late('later', 50_000, -40));
    await world.tell(eleven);
    await world.tick(at(addDays(today, 1)));
    expect(await withdrawn(world)).toEqual([]);
    const answer = await release(world, final!.messageId, final!.digest!, at(addDays(today, 1), '09:00'));
    expect(answer).toMatchObject({ value: { results: [{ is: 'released' }] } });
    expect(await world.send('a1', at(addDays(today, 1), '10:00'))).toBe('send');
  });

  it('at night has time until the morning, be it money or a case', async () => {
    const world = await withFinal();
    const night = at(addDays(today, 1), '02:00');
    await pay(world, 'a', 30_000, night);
    await world.tell(night);
    expect(await withdrawn(world)).toEqual([]);
    await world.tick(at(addDays(today, 1)));
    expect(await withdrawn(world)).toEqual([['paid']]);
    expect((await world.planned('a1')).at(-1)).toMatchObject({ id: `message:${addDays(today, 1)}:mail` });
  });

  it('while all sending is stopped it waits as it is', async () => {
    const world = await withFinal();
    await world.set('dunning-stop', { isStopped: true });
    await contest(world, 'a', 30_000);
    await world.tell(eleven);
    expect(await withdrawn(world)).toEqual([]);
  });

  it('shows in the preview what the look then plans', async () => {
    const world = await withFinal();
    await pay(world, 'a', 30_000);
    const shown = await previewRun(world.parts(), { companyId }, { scope, now: instantFromText(eleven) });
    if (!shown.ok) throw new Error(shown.detail);
    await world.tell(eleven);
    const last = (await world.planned('a1')).at(-1)!;
    const mails = shown.value.accounts[0]!.steps.filter(({ channel }) => channel === 'mail');
    expect(mails).toMatchObject([{ digest: last.digest, stage: last.stage }]);
    expect(shown.value.accounts[0]!.inputs).toBe(last.inputs);
  });
});

describe('money for what keeps other items back', () => {
  it.each([
    ['in the day, and it is asked for at once', '11:00', '11:00'],
    ['at night, and it is asked for in the morning', '02:00', '08:30'],
  ])('comes %s', async (_when, paidAt, askedAt) => {
    const world = await dunningWorld();
    const items = [late('a', 30_000, 90, remindedAt(7, 9)), late('b', 80_000, 5)];
    await world.post('a1', at(today, '03:00'), ...items);
    await world.tell(at(today, '03:00'));
    await world.tick(at(today));
    const day = addDays(today, 2);
    await world.tick(at(addDays(today, 1)));
    const { dunning, nextReviewAt } = await world.head('a1');
    expect([dunning.withheld?.reasons, nextReviewAt]).toEqual([{ 'at-final': 1 }, undefined]);
    await pay(world, 'a', 30_000, at(day, paidAt));
    await world.tell(at(day, paidAt));
    await world.tick(at(day, askedAt));
    expect((await world.planned('a1')).at(-1)).toMatchObject({ text: 'T2', sums: { EUR: 80_000 } });
  });
});

it('the days to pay of what waited count from the day it goes out', () => {
  const planned = { plannedOn: today, payByOn: addDays(today, 10) };
  expect(payByAt(planned, today)).toBe(addDays(today, 10));
  expect(payByAt(planned, addDays(today, 4))).toBe(addDays(today, 14));
});

type Step = { is: 'pay' | 'credit' | 'contest' | 'late' | 'release' | 'send'; cents: number; twice: boolean };
const step = fc.record<Step>({
  is: fc.constantFrom('pay', 'credit', 'contest', 'late', 'release', 'send'),
  cents: fc.integer({ min: 100, max: 20_000 }),
  twice: fc.boolean(),
});

it('whatever happens in whatever order: what waits is what is right, one mail a day, nothing without a reason', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), fc.boolean(), async (steps, isNew) => {
      const world = await withFinal(isNew ? { goLiveOn: today } : {});
      for (const [index, { is, cents, twice }] of steps.entries()) {
        const day = addDays(today, Math.floor(index / 3));
        const time = at(day, `1${index % 3}:00`);
        if (index % 3 === 0) await world.tick(at(day));
        const { message } = (await world.head('a1')).dunning;
        if (is === 'pay') await pay(world, 'b', Math.min(cents, 5_000), time);
        if (is === 'credit') await world.post('a1', time, late(`k${index}`, -cents, 1));
        if (is === 'contest') await contest(world, 'a', cents, time);
        if (is === 'late') await world.post('a1', time, late(`l${index}`, cents, 5));
        if (is === 'release' && message !== undefined)
          for (const as of message.needs)
            await releaseMessages(
              ...([world.parts(), companyId] as const),
              { as, messages: [{ account: 'a1', messageId: message.id, digest: message.digest }] },
              call(`${index}:${as}`, time),
            );
        if (is === 'send') await world.send('a1', time);
        await world.tell(time);
        if (twice) await world.tell(time);
        const after = (await world.head('a1')).dunning.message;
        const shown = await previewRun(world.parts(), { companyId }, { scope, now: instantFromText(time) });
        if (!shown.ok) throw new Error(shown.detail);
        // nothing else is right than what waits
        if (after?.state === 'awaiting')
          expect(shown.value.accounts[0]!.steps.filter(({ channel }) => channel === 'mail')).toEqual([]);
      }
      const facts = await world.facts('a1');
      const sentOn = facts.flatMap((fact) => (fact.kind === 'messageSent' ? [fact.on] : []));
      expect(new Set(sentOn).size).toBe(sentOn.length);
      expect((await withdrawn(world)).every((reasons) => reasons.length > 0)).toBe(true);
      const { items } = await world.accounts.openItems(scope, key, { limit: 500 });
      expect(checkDunning(await world.head('a1'), items)).toEqual([]);
      expect(checkDunningJournal(await world.entries('a1'))).toEqual([]);
    }),
    { numRuns: 40, seed: 7 },
  );
});
