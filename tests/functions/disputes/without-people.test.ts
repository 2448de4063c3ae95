/**
 * What happens to cases without a person (R79, R82): deductions, the smallest accepted, days missed, alerts, effects in an ERP,
 * double delivery, a crash before and after each effect.
 */
import { describe, expect, it } from 'vitest';
import { decideCase } from '../../../functions/disputes/decide-case.ts';
import { deductionCaseOf } from '../../../functions/disputes/open-case.ts';
import { hearEvents } from '../../../functions/disputes/hear-events.ts';
import { showCase } from '../../../functions/disputes/show-case.ts';
import { stepCase } from '../../../functions/disputes/step-case.ts';
import type { DisputeParts } from '../../../functions/disputes/dispute-parts.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { day, factsOf, money } from '../../support/account-examples.ts';
import { callerOf, disputeWorld, key, type DisputeWorld } from '../../support/dispute-world.ts';
import { Crash, gateOf, withFaults } from '../../support/faults.ts';
import { everything } from '../../support/test-edge.ts';

const [one, two] = ['item:invoice:1', 'item:invoice:2'] as const;
const tenPaid = { changeId: 'c', by: 'payment' as const, amount: money(10), on: day('2026-11-24') };
const taken = 'item:deduction:1-D';
const decide = (world: DisputeWorld, by: string, place: { company: string; case: string }, body: object) =>
  decideCase(world.parts, world.callBy(by), callerOf(by, 'DSO'), place, { reason: 'checked', ...body });
const stepsOf = (world: DisputeWorld) =>
  world.alerts.raised.map(({ rule, breach, to }) => [breach ?? rule, ...to].join(' '));

it('money of an account where nothing is held is heard without a look at it; of one with a case, or an unknown one, with', async () => {
  const world = await disputeWorld();
  await world.post({ id: one }, { id: two });
  const news = await world.events(0);
  const { accounts } = world.parts;
  let loads = 0;
  const load: typeof accounts.load = (...call) => ((loads += 1), accounts.load(...call));
  const parts = { ...world.parts, accounts: { ...accounts, load } };
  const loadsOf = async (events: typeof news) => {
    loads = 0;
    await hearEvents(events, { now: world.now(), scope: everything }, parts);
    return loads;
  };
  expect(await loadsOf(news)).toBe(0);
  expect(await loadsOf(news.map(({ isUnheld: _, ...event }) => event))).toBe(1);
  await world.open('PRICE', { [one]: 1_000 });
  await world.append((now) => factsOf(reduceItem(now, { ...tenPaid, itemId: two })), [two]);
  expect(await loadsOf((await world.events(0)).slice(-1))).toBeGreaterThan(0);
});

describe('deductions', () => {
  const deduction = {
    ...{ id: taken, kind: 'deduction' as const, original: money(500), originalId: one },
    ...{ reasonCode: 'PENALTY', claimNumber: 'C-9', documentOn: day('2026-11-20') },
  };

  it('each is a case of its own, linked to its payment and invoice, however often it is heard of', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, deduction);
    await world.hear();
    const news = await world.events(0);
    await hearEvents([...news, ...news], { now: world.now(), scope: everything }, world.parts);
    const one_ = await world.caseOf(deductionCaseOf(key, taken, sha256));
    expect(one_).toMatchObject({
      ...{ as: 'deduction', from: 'shortPayment', takenOn: '2026-11-20', claimNumber: 'C-9' },
      ...{ recipe: { code: 'PENALTY' }, items: [{ itemId: taken, amount: 500 }] },
    });
    const listed = await world.parts.cases.list(everything, 'c1', {}, { order: 'due', limit: 9 });
    expect(listed.rows).toHaveLength(1);
    expect((await world.account()).head.disputes).toBeUndefined();
    expect(await world.violations()).toEqual([]);
  });

  it('refused, the customer is told with T12 and its item stands', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, deduction);
    await world.hear();
    const place = { company: 'c1', case: deductionCaseOf(key, taken, sha256) };
    expect(await decide(world, 'u:manager', place, {})).toMatchObject({ ok: true });
    await world.hear();
    const texts = (await world.entries()).flatMap(({ facts }) =>
      facts.flatMap((fact) => (fact.kind === 'noticePlanned' ? [fact.notice.text] : [])),
    );
    expect(texts).toEqual(['T12']);
    expect((await world.account(taken)).items.get(taken)!.open).toBe(500);
    expect(await world.caseOf(place.case)).toMatchObject({ state: 'closed' });
  });

  it('a code nobody knows is OTHER', async () => {
    const world = await disputeWorld();
    await world.post({ id: one }, { ...deduction, reasonCode: 'WEIRD', original: money(5_000) });
    await world.hear();
    const case_ = await world.caseOf(deductionCaseOf(key, taken, sha256));
    expect(case_.recipe.code).toBe('OTHER');
  });
});

describe('the smallest', () => {
  it('are accepted up to the sum of their code, three times in 90 days, and credited', async () => {
    const world = await disputeWorld();
    await world.post({ id: one, original: money(100_000) });
    const states = [];
    const alike = [];
    for (let n = 0; n < 4; n += 1) {
      const place = await world.open('PRICE', { [one]: 2_500 });
      await world.hear();
      states.push((await world.caseOf(place.case)).state);
      const shown = await showCase(world.parts, world.callBy('u:c'), callerOf('u:c', 'COL'), place);
      alike.push(shown.ok ? [shown.value.alike.place, shown.value.alike.upheld] : []);
    }
    expect(alike).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 3],
    ]);
    expect(states).toEqual(['closed', 'closed', 'closed', 'opened']);
    expect((await world.account(one)).items.get(one)!.open).toBe(92_500);
    expect(await world.violations()).toEqual([]);
  });
});

describe('days', () => {
  it('missed: the superior has it, three business days later the credit manager, and the CFO hears once', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    const place = await world.open('PRICE', { [one]: 6_000 });
    await world.hear();
    for (const at of ['25', '26', '27', '28', '29', '30'].map((n) => `2026-11-${n}T07:00:00Z`)) {
      world.moveTo(at);
      await world.tick();
      await world.tick();
      await world.hear();
    }
    world.moveTo('2026-12-01T07:00:00Z');
    await world.tick();
    await world.hear();
    const case_ = await world.caseOf(place.case);
    expect(case_.hands.map(({ owner }) => owner)).toEqual(['u:pricing', 'u:head-pricing', 'u:manager']);
    expect(case_.missed).toEqual([{ step: 'validate', on: '2026-11-26' }]);
    const told = stepsOf(world);
    expect(new Set(told).size).toBe(told.length);
    expect(told).toContain('owners u:cfo');
    expect(told).toContain('share u:cfo');
    expect(told.some((one_) => one_.startsWith('disputePastDate u:head-pricing'))).toBe(true);
    expect(await world.violations()).toEqual([]);
  });

  it('older than 30 days, of a large sum: one alert per rule, whoever looks again', async () => {
    const world = await disputeWorld();
    await world.post({ id: one, original: money(90_000_000) });
    await world.open('PRICE', { [one]: 2_500_000 });
    await world.hear();
    expect(stepsOf(world)).toContain('amount u:cfo');
    expect(stepsOf(world)).toContain('disputeDecisionWanted u:pricing');
    const ofAmount = world.alerts.raised.find(({ breach }) => breach === 'amount');
    expect(ofAmount).toMatchObject({ rule: 'disputeOutOfControl', amount: 2_500_000 });
    const agesTold = async (at: string) => {
      world.moveTo(at);
      await world.tick();
      await world.tick();
      return stepsOf(world).filter((text) => text.startsWith('age'));
    };
    expect(await agesTold('2026-12-25T07:00:00Z')).toEqual(['age u:cfo']);
    // twice as old as when it broke the rule is another breach; a day before, and a day after, is not
    expect(await agesTold('2027-01-24T07:00:00Z')).toEqual(['age u:cfo']);
    expect(await agesTold('2027-01-25T07:00:00Z')).toEqual(['age u:cfo', 'age u:cfo']);
    expect(await agesTold('2027-01-26T07:00:00Z')).toHaveLength(2);
    expect(stepsOf(world).filter((text) => text === 'amount u:cfo')).toHaveLength(1);
  });

  it('an event delivered twice, also at once, tells the CFO once', async () => {
    const world = await disputeWorld();
    await world.post({ id: one, original: money(90_000_000) });
    await world.open('PRICE', { [one]: 2_500_000 });
    const news = await world.events(0);
    const call = { now: world.now(), scope: everything };
    await Promise.all([hearEvents(news, call, world.parts), hearEvents(news, call, world.parts)]);
    await hearEvents([...news, ...news], call, world.parts);
    expect(stepsOf(world).filter((text) => text === 'amount u:cfo')).toEqual(['amount u:cfo']);
  });
});

describe('in an ERP-led company', () => {
  it('what was decided is proposed once, approved by who decided, and ends when the feed shows it', async () => {
    const world = await disputeWorld('erpLed');
    await world.post({ id: one }, { id: two });
    const place = await world.open('PRICE', { [one]: 6_000 });
    await decide(world, 'u:pricing', place, { credited: money(4_000), writtenOff: money(1_000) });
    await world.hear();
    expect((await world.account(one)).items.get(one)).toMatchObject({ open: 10_000 });
    const listed = await world.parts.proposals.list(everything, 'c1', 'approved', { limit: 9 });
    expect(
      listed.proposals.map(({ kind, amount, by, approvedBy, seen }) => [kind, amount, by, approvedBy, seen]),
    ).toEqual(
      expect.arrayContaining([
        ['creditNote', 4_000, 'u:collector', 'u:pricing', { [one]: 0 }],
        ['writeOff', 1_000, 'u:collector', 'u:pricing', { [one]: 0 }],
      ]),
    );
    expect((await world.account(one)).items.get(one)!.heldParts).toMatchObject([{ amount: 5_000 }]);
    for (const proposal of listed.proposals) {
      const loaded = (await world.parts.proposals.load(everything, 'c1', proposal.id))!;
      await world.parts.proposals.save(everything, { ...loaded, proposal: { ...proposal, state: 'done' } });
    }
    world.moveTo('2026-11-25T06:00:00Z');
    await world.tick();
    expect(await world.caseOf(place.case)).toMatchObject({ state: 'closed' });
    expect((await world.account(one)).items.get(one)!.heldParts).toBeUndefined();
    expect(await world.violations()).toEqual([]);
  });

  it('what the ERP would not post is told to its owner and the credit manager, once; the case stays open', async () => {
    const world = await disputeWorld('erpLed');
    await world.post({ id: one });
    const place = await world.open('PRICE', { [one]: 6_000 });
    await decide(world, 'u:pricing', place, { credited: money(4_000) });
    await world.hear();
    const [asked] = (await world.parts.proposals.list(everything, 'c1', 'approved', { limit: 9 })).proposals;
    const loaded = (await world.parts.proposals.load(everything, 'c1', asked!.id))!;
    const refusedBecause = 'posting period is closed';
    const proposal = { ...loaded.proposal, state: 'dropped' as const, refusedBecause };
    await world.parts.proposals.save(everything, { ...loaded, proposal });
    for (const at of ['25', '26'].map((n) => `2026-11-${n}T07:00:00Z`)) {
      world.moveTo(at);
      await world.tick();
    }
    const told = world.alerts.raised.filter(({ id }) => id.startsWith('effect-refused:'));
    expect(told.map(({ to, caseId }) => [caseId, ...to])).toEqual([[place.case, 'u:pricing', 'u:manager']]);
    expect(await world.caseOf(place.case)).toMatchObject({ state: 'effectProposed' });
  });

  it('what the ERP would not post is proposed anew in its place, once', async () => {
    const world = await disputeWorld('erpLed');
    await world.post({ id: one });
    const place = await world.open('PRICE', { [one]: 6_000 });
    await decide(world, 'u:pricing', place, { credited: money(4_000), writtenOff: money(1_000) });
    await world.hear();
    const approved = async () =>
      (await world.parts.proposals.list(everything, 'c1', 'approved', { limit: 9 })).proposals;
    const [refused, kept] = await approved();
    const step = (request: string) =>
      stepCase(world.parts, world.callBy('u:pricing', request), callerOf('u:pricing'), place, {
        ...{ step: 'proposeAgain', text: 'the period is open again' },
      });
    expect(await step('r-early')).toMatchObject({ ok: false, code: 'wrong-state' });
    const loaded = (await world.parts.proposals.load(everything, 'c1', refused!.id))!;
    const proposal = { ...loaded.proposal, state: 'dropped' as const, refusedBecause: 'period is closed' };
    await world.parts.proposals.save(everything, { ...loaded, proposal });
    for (const request of ['r-again', 'r-again']) expect(await step(request)).toMatchObject({ ok: true });
    expect(await step('r-more')).toMatchObject({ ok: false, code: 'wrong-state' });
    const now = await approved();
    expect(now.map(({ id }) => id)).toContain(kept!.id);
    const { id: again, ...content } = now.find(({ id }) => id !== kept!.id)!;
    expect(content).toMatchObject({ kind: refused!.kind, amount: refused!.amount, approvedBy: 'u:pricing' });
    expect([now.length, again === refused!.id]).toEqual([2, false]);
    expect([...(await world.caseOf(place.case)).proposals].toSorted()).toEqual([again, kept!.id].toSorted());
  });

  it('what is repaid is proposed as a credit, which needs no payee, and a task to pay it back is there once', async () => {
    const world = await disputeWorld('erpLed');
    await world.post({ id: one });
    const place = await world.open('PRICE', { [one]: 6_000 });
    await decide(world, 'u:pricing', place, { credited: money(1_000), repaid: money(4_000) });
    await world.hear();
    await world.hear();
    const listed = async (state: 'approved' | 'proposed') =>
      (await world.parts.proposals.list(everything, 'c1', state, { limit: 9 })).proposals;
    expect(await listed('proposed')).toEqual([]);
    const approved = await listed('approved');
    expect(approved.map(({ kind, amount }) => `${kind} ${amount}`).toSorted()).toEqual([
      'creditNote 1000',
      'creditNote 4000',
    ]);
    const tasks = (await world.account()).head.dunning.tasks?.filter(({ act }) => act === 'payBack');
    expect(tasks).toMatchObject([{ id: `task:${place.case}:payBack` }]);
    for (const proposal of approved) {
      const loaded = (await world.parts.proposals.load(everything, 'c1', proposal.id))!;
      await world.parts.proposals.save(everything, { ...loaded, proposal: { ...proposal, state: 'done' } });
    }
    world.moveTo('2026-11-25T06:00:00Z');
    await world.tick();
    expect(await world.caseOf(place.case)).toMatchObject({ state: 'closed' });
    expect(await world.violations()).toEqual([]);
  });

  it('ends the same day, though the event of the feed comes before its proposal is called done', async () => {
    const world = await disputeWorld('erpLed');
    await world.post({ id: one });
    const place = await world.open('PRICE', { [one]: 6_000 });
    await decide(world, 'u:pricing', place, { credited: money(4_000) });
    await world.hear();
    const { proposals } = await world.parts.proposals.list(everything, 'c1', 'approved', { limit: 9 });
    const named = { changeId: `${proposals[0]!.id}:feed1`, by: 'credit' as const, amount: money(4_000) };
    const reduce = { itemId: one, ...named, on: day('2026-11-24') };
    await world.append((account) => factsOf(reduceItem(account, reduce)), [one]);
    await world.hear();
    expect(await world.caseOf(place.case)).toMatchObject({ state: 'closed', closed: { on: '2026-11-24' } });
    expect(await world.violations()).toEqual([]);
  });
});

describe.each(['dunwellLed', 'erpLed'] as const)('crashed at each effect, %s', (mode) => {
  const run = async (at: number, fault: 'crash-before' | 'crash-after' | 'twice') => {
    const world = await disputeWorld(mode);
    await world.post({ id: one }, { id: two });
    const place = await world.open('PRICE', { [one]: 6_000, [two]: 1_000 });
    await decide(world, 'u:pricing', place, { credited: money(3_000), writtenOff: money(1_000) });
    const gate = gateOf({ fault: ({ number }) => (number === at ? fault : undefined) });
    const using: DisputeParts = {
      ...world.parts,
      accounts: withFaults(world.parts.accounts, gate, 'accounts'),
      cases: withFaults(world.parts.cases, gate, 'cases'),
      proposals: withFaults(world.parts.proposals, gate, 'proposals'),
      alerts: withFaults(world.parts.alerts, gate, 'alerts'),
    };
    for (let tries = 0; tries < 4; tries += 1)
      try {
        await world.hear(using);
        break;
      } catch (fault_) {
        if (!(fault_ instanceof Crash)) throw fault_;
        gate.restart();
      }
    await world.hear();
    return { world, place, calls: gate.calls.length };
  };

  it('comes to the same books, the same proposals, the same case, each message once', async () => {
    const plain = await run(0, 'crash-before');
    const wanted = await ending(plain.world, plain.place.case);
    expect(plain.calls).toBeGreaterThan(3);
    for (let at = 1; at <= plain.calls; at += 1)
      for (const fault of ['crash-before', 'crash-after', 'twice'] as const) {
        const { world, place } = await run(at, fault);
        expect([at, fault, await ending(world, place.case)]).toEqual([at, fault, wanted]);
        expect(await world.violations()).toEqual([]);
      }
  });
});

const ending = async (world: DisputeWorld, id: string) => {
  const account = await world.account(one, two);
  const { state, proposals } = await world.caseOf(id);
  const waiting = await world.parts.proposals.list(everything, 'c1', 'approved', { limit: 99 });
  return {
    ...{ state, proposals: proposals.length, waiting: waiting.proposals.length },
    open: [one, two].map((item) => account.items.get(item)!.open),
    balance: account.head.balances['EUR'],
    notices: account.head.dunning.notices?.map(({ text }) => text),
    alerts: world.alerts.raised.length,
  };
};
