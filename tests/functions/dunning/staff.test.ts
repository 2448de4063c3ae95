/**
 * What people do about dunning: promises and plans within limits, judged on real cash; releases, holds, policies.
 * From: in-memory ports. Next: the routes call these workflows.
 */
import { describe, expect, it } from 'vitest';
import type { StaffCall } from '../../../functions/dunning/change-by-staff.ts';
import { placeHold, pullStage } from '../../../functions/dunning/change-standing.ts';
import { approvePlan, endPlan, proposePlan } from '../../../functions/dunning/keep-plans.ts';
import { approvePolicies, proposePolicies, switchStop } from '../../../functions/dunning/keep-policies.ts';
import { recordPromise } from '../../../functions/dunning/keep-promises.ts';
import { listMessages, listWithheld } from '../../../functions/dunning/list-waiting.ts';
import { releaseMessages, resolveDoubt } from '../../../functions/dunning/release-messages.ts';
import accessMatrix from '../../../shared/contracts/access-matrix.json' with { type: 'json' };
import type { Principal } from '../../../shared/contracts/access.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { defaultChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, dunningWorld, type DunningWorld } from './world.ts';

const key = { companyId, accountId: 'a1' };
const itemId = 'item:invoice:1';
const at = (day: Day, time = '08:30'): string => `${day}T${time}:00Z`;
const callBy = (who: Principal, requestId: string, day = today): StaffCall => ({
  ...{ scope, requestId, now: instantFromText(at(day, '07:00')) },
  caller: { id: `tid:${who}`, principals: [who] },
});
const withInvoice = async (cents = 50_000, daysLate = 3): Promise<DunningWorld> => {
  const world = await dunningWorld();
  await world.post('a1', at(today, '03:00'), late(itemId, cents, daysLate));
  return world;
};
const pay = async (world: DunningWorld, cents: number, on: Day): Promise<void> => {
  const { account } = await world.accounts.load(scope, key, [itemId]);
  const paid = { itemId, changeId: `p${on}`, by: 'payment', amount: money(cents), on } as const;
  await world.change('a1', factsOf(reduceItem(account, paid)), instantFromText(at(on, '11:00')));
};
const mornings = async (world: DunningWorld, from: number, to: number): Promise<void> => {
  for (let day = from; day <= to; day += 1) {
    await world.tick(at(addDays(today, day)));
    await world.tell(at(addDays(today, day), '12:00'));
  }
};
const kinds = async (world: DunningWorld): Promise<string[]> =>
  (await world.facts('a1')).map(({ kind }) => kind);
const promiseOf = (days: number) => ({
  ...{ dueOn: addDays(today, days), currency: 'EUR', items: [{ itemId, amount: 50_000 }] },
});

describe('a promise (R57, R58)', () => {
  it('holds the sum, is confirmed once, and is kept as soon as the money is here', async () => {
    const world = await withInvoice();
    for (let time = 0; time < 2; time += 1)
      expect(await recordPromise(world.parts(), key, promiseOf(7), callBy('COL', 'r1'))).toMatchObject({
        ok: true,
      });
    await mornings(world, 0, 2);
    expect(await world.planned('a1')).toEqual([]);
    expect((await world.head('a1')).dunning.withheld?.reasons).toEqual({ promised: 1 });
    expect((await kinds(world)).filter((kind) => kind === 'noticePlanned')).toHaveLength(1);
    await pay(world, 50_000, addDays(today, 3));
    await world.tell(at(addDays(today, 3), '11:05'));
    expect((await world.facts('a1')).find(({ kind }) => kind === 'promiseJudged')).toMatchObject({
      result: 'kept',
    });
  });

  it('broken: a call first, then T7 once, and the reminder goes on', async () => {
    const world = await withInvoice();
    await recordPromise(world.parts(), key, promiseOf(2), callBy('COL', 'r1'));
    await mornings(world, 0, 9);
    const { notices: waiting = [] } = (await world.head('a1')).dunning;
    expect(waiting.map(({ text }) => text)).toEqual(['T6', 'T7']);
    const on = addDays(today, 9);
    const sent = waiting.map(({ id }) => ({ kind: 'noticeSent', messageId: id, on }) as const);
    await world.change('a1', sent, instantFromText(at(on, '13:00')));
    await mornings(world, 10, 14);
    const facts = await world.facts('a1');
    expect(facts.filter(({ kind }) => kind === 'promiseJudged')).toMatchObject([{ result: 'broken' }]);
    expect(facts.flatMap((fact) => (fact.kind === 'taskCreated' ? [fact.task.act] : []))).toEqual([
      'brokenPromise',
    ]);
    const notices = facts.flatMap((fact) => (fact.kind === 'noticePlanned' ? [fact.notice.text] : []));
    expect(notices).toEqual(['T6', 'T7']);
    expect(await world.planned('a1')).toHaveLength(1);
  });

  it('further ahead than a collector may go is refused', async () => {
    const world = await withInvoice();
    const made = await recordPromise(world.parts(), key, promiseOf(20), callBy('COL', 'r1'));
    expect(made).toMatchObject({ ok: false, code: 'promise-too-far' });
    expect(await recordPromise(world.parts(), key, promiseOf(20), callBy('CRM', 'r2'))).toMatchObject({
      ok: true,
    });
  });
});

describe('a plan (R155)', () => {
  const plan = (count: number) => ({
    ...{ currency: 'EUR', itemIds: [itemId] },
    instalments: Array.from({ length: count }, (_, n) => ({
      on: addDays(today, 10 * (n + 1)),
      amount: 50_000 / count,
    })),
  });

  it('within the limits is agreed at once, takes the place of reminders, and breaks on day 5', async () => {
    const world = await withInvoice();
    const made = await proposePlan(world.parts(), key, plan(2), callBy('COL', 'r1'));
    expect(made).toMatchObject({ ok: true, value: { is: 'agreed' } });
    await mornings(world, 0, 14);
    expect(await world.planned('a1')).toEqual([]);
    await mornings(world, 15, 16);
    expect((await world.facts('a1')).find(({ kind }) => kind === 'planEnded')).toMatchObject({
      as: 'broken',
    });
    expect(await world.planned('a1')).toHaveLength(1);
  });

  it('is ended by a manager before its time: nothing more is said of it, and reminders go on', async () => {
    const world = await withInvoice();
    const made = await proposePlan(world.parts(), key, plan(2), callBy('COL', 'r1'));
    if (!made.ok) throw new Error(made.detail);
    const { planId } = made.value;
    expect((await world.head('a1')).dunning.notices).toMatchObject([{ text: 'T15', state: 'planned' }]);
    const end = (id: string, request: string) =>
      endPlan(world.parts(), key, id, 'they asked for another one', callBy('CRM', request));
    expect(await end('another', 'r2')).toMatchObject({ ok: false, code: 'plan-not-there' });
    const ended = await end(planId, 'r3');
    expect(ended).toMatchObject({ ok: true });
    expect(await end(planId, 'r3')).toEqual(ended);
    expect(await end(planId, 'r4')).toMatchObject({ ok: false, code: 'plan-not-there' });
    const { plan: running, notices } = (await world.head('a1')).dunning;
    expect([running, notices]).toEqual([undefined, []]);
    const told = (await world.facts('a1')).filter(({ kind }) => kind === 'planEnded');
    expect(told).toMatchObject([{ planId, as: 'cancelled' }]);
    await mornings(world, 0, 4);
    expect(await world.planned('a1')).toHaveLength(1);
  });

  it('above them waits for another person, never for whoever proposed it', async () => {
    const world = await withInvoice();
    const made = await proposePlan(world.parts(), key, plan(5), callBy('COL', 'r1'));
    if (!made.ok) throw new Error(made.detail);
    expect(made.value.is).toBe('proposed');
    const { planId } = made.value;
    const own = await approvePlan(world.parts(), key, planId, callBy('COL', 'r2'));
    expect(own).toMatchObject({ ok: false, code: 'same-person' });
    expect(await approvePlan(world.parts(), key, planId, callBy('CRM', 'r3'))).toMatchObject({ ok: true });
    expect((await world.head('a1')).dunning.plan?.id).toBe(planId);
  });

  it("beyond a manager is the CFO's to approve", async () => {
    const world = await withInvoice();
    const made = await proposePlan(world.parts(), key, plan(8), callBy('CRM', 'r1'));
    if (!made.ok) throw new Error(made.detail);
    const task = (await world.facts('a1')).find((fact) => fact.kind === 'taskCreated');
    expect(task).toMatchObject({ task: { act: 'approvePlan', does: ['cfo'] } });
    const other = { ...callBy('CRM', 'r2'), caller: { id: 'tid:other', principals: ['CRM' as const] } };
    expect(await approvePlan(world.parts(), key, made.value.planId, other)).toMatchObject({ ok: false });
    const { cells } = accessMatrix.actions['inv.plan.approve'];
    expect(cells).toMatchObject({ EXE: 'Aa', CRM: 'Ba' });
    const approved = await approvePlan(world.parts(), key, made.value.planId, callBy('EXE', 'r3'));
    expect(approved).toMatchObject({ ok: true });
  });
});

describe('who a stop concerns', () => {
  const collector = (id: string, requestId: string): StaffCall => ({
    ...callBy('COL', requestId),
    scope: scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: [id] } }]),
    caller: { id, principals: ['COL'] },
  });
  const assigned = async (): Promise<DunningWorld> => {
    const world = await dunningWorld();
    for (const [id, to] of [
      ['a1', 'tid:anna'],
      ['a2', 'tid:ben'],
    ] as const) {
      await world.post(id, at(today, '03:00'), late(`item:invoice:${id}`, 50_000, 3));
      await world.change(
        id,
        [{ kind: 'accountAssigned', to, on: today }],
        instantFromText(at(today, '03:05')),
      );
    }
    await world.tell(at(today, '03:10'));
    return world;
  };
  const planned = async (world: DunningWorld): Promise<number[]> =>
    (await Promise.all(['a1', 'a2'].map((id) => world.planned(id)))).map(({ length }) => length);

  it('a collector stops the accounts they look after, nobody else does it for them, the manager starts all', async () => {
    const world = await assigned();
    const stop = { isStopped: true, reason: 'wrong prices' };
    expect(await switchStop(world.parts(), companyId, stop, collector('tid:anna', 'r1'))).toMatchObject({
      ok: true,
    });
    await world.tick(at(today));
    expect(await planned(world)).toEqual([0, 1]);
    expect((await world.head('a1')).dunning.withheld?.reasons).toMatchObject({ 'stop-all': 0 });
    const start = { isStopped: false, reason: 'mended' };
    const own = await switchStop(world.parts(), companyId, start, collector('tid:anna', 'r2'));
    expect(own).toMatchObject({ ok: false, code: 'not-found' });
    expect(await switchStop(world.parts(), companyId, start, callBy('CRM', 'r3'))).toMatchObject({
      ok: true,
    });
    await world.tick(at(addDays(today, 1)));
    expect(await planned(world)).toEqual([1, 1]);
  });

  it('of a collector leaves a stop of the whole company as it is', async () => {
    const world = await assigned();
    const stop = { isStopped: true, reason: 'all' };
    await switchStop(world.parts(), companyId, stop, callBy('CRM', 'r1'));
    await switchStop(world.parts(), companyId, stop, collector('tid:anna', 'r2'));
    await world.tick(at(today));
    expect(await planned(world)).toEqual([0, 0]);
  });
});

describe('messages that wait', () => {
  it('are listed with what they ask, released as seen, and go out; another than seen is refused', async () => {
    const world = await dunningWorld({ goLiveOn: today });
    await world.post('a1', at(today, '03:00'), late(itemId, 50_000, 3));
    await world.tell(at(today, '03:00'));
    await world.tick(at(today));
    const page = await listMessages(world.parts(), companyId, { state: 'awaiting' }, scope);
    if (!page.ok) throw new Error(page.detail);
    const [message] = page.value.messages;
    expect(message).toMatchObject({ account: 'a1', needs: ['draft'], sums: { EUR: 50_000 }, itemCount: 1 });
    const { messageId, digest } = message!;
    const release = (of: string, as: 'draft' | 'cfo' = 'draft') =>
      releaseMessages(
        world.parts(),
        companyId,
        { as, messages: [{ account: 'a1', messageId, digest: of }] },
        callBy('COL', 'r'),
      );
    expect(await release('other')).toMatchObject({ value: { results: [{ is: 'message-differs' }] } });
    expect(await release(digest!, 'cfo')).toMatchObject({ ok: false, code: 'not-to-release' });
    expect(await release(digest!)).toMatchObject({ value: { results: [{ is: 'released' }] } });
    expect(await world.send('a1', at(today, '09:00'))).toBe('send');
    expect(await world.sent('a1')).toEqual([messageId]);
  });

  it('in doubt are settled by a person, once: sent counts its stages, not sent is planned again next day', async () => {
    for (const was of ['sent', 'not-sent'] as const) {
      const world = await withInvoice();
      await world.tell(at(today, '03:00'));
      await world.tick(at(today));
      const [message] = await world.planned('a1');
      const messageId = message!.id;
      const now = instantFromText(at(today, '09:00'));
      const claimed = {
        kind: 'messageClaimed',
        messageId,
        operationId: 'op',
        at: now.toString(),
        on: today,
      } as const;
      await world.change('a1', [claimed, { kind: 'messageInDoubt', messageId, on: today }], now);
      expect(await listMessages(world.parts(), companyId, { state: 'in-doubt' }, scope)).toMatchObject({
        value: { messages: [{ messageId, sums: { EUR: 50_000 } }] },
      });
      const first = await resolveDoubt(world.parts(), key, messageId, was, callBy('CRM', 'r1'));
      expect(first).toMatchObject({ ok: true });
      expect(await resolveDoubt(world.parts(), key, messageId, was, callBy('CRM', 'r2'))).toMatchObject({
        code: 'not-in-doubt',
      });
      await world.tick(at(addDays(today, 1)));
      expect(await world.planned('a1')).toHaveLength(was === 'sent' ? 1 : 2);
    }
  });
});

describe('holds, stages and policies', () => {
  it('a hold with an end keeps the reminder back, is found by its reason, and lets go by itself', async () => {
    const world = await withInvoice();
    const hold = { code: 'on-hold', untilOn: addDays(today, 3), reason: 'asked by phone' } as const;
    expect(await placeHold(world.parts(), key, hold, callBy('COL', 'r1'))).toMatchObject({ ok: true });
    await world.tell(at(today, '03:00'));
    await mornings(world, 0, 2);
    expect(await listWithheld(world.parts(), companyId, { reason: 'on-hold' }, scope)).toMatchObject({
      value: { accounts: [{ account: 'a1', reasons: { 'on-hold': 1 } }] },
    });
    await mornings(world, 3, 6);
    expect(await world.planned('a1')).toHaveLength(1);
  });

  it('a stage is pulled forward, never back', async () => {
    const world = await withInvoice(50_000, 60);
    await world.tell(at(today, '03:00'));
    await world.tick(at(today));
    await world.send('a1', at(today, '09:00'));
    const pull = (stage: number, id: string) =>
      pullStage(world.parts(), key, { itemIds: [itemId], stage, reason: 'insurer' }, callBy('CRM', id));
    expect(await pull(5, 'r1')).toMatchObject({ ok: true });
    expect(await pull(3, 'r2')).toMatchObject({ ok: false, code: 'stage-not-possible' });
  });

  it('policies are in force only once another person approved just that version', async () => {
    const world = await withInvoice();
    const policies = defaultPolicies.map((one) =>
      one.id === 'standard' ? { ...one, version: 2, gapDays: 9 } : one,
    );
    const set = { policies, rules: defaultDunningRules, choice: defaultChoiceRules };
    const body = { ...set, after: 0, reason: 'calmer' };
    expect(await proposePolicies(world.parts(), companyId, body, callBy('CRM', 'r1'))).toMatchObject({
      ok: true,
    });
    const approve = (who: Principal, version: number) =>
      approvePolicies(world.parts(), companyId, { version, reason: 'fine' }, callBy(who, 'r2'));
    expect(await approve('CRM', 1)).toMatchObject({ code: 'same-author' });
    expect(await approve('EXE', 2)).toMatchObject({ code: 'policy-not-there' });
    expect(await approve('EXE', 1)).toEqual({ ok: true, value: { version: 1 } });
    const frame = await world.parts().frameOf(companyId, instantFromText(at(today)));
    expect(frame?.set.policies.find(({ id }) => id === 'standard')?.gapDays).toBe(9);
  });
});
