/**
 * Two versions of a policy's step side by side (R27): what each sent, replies and disputes it brought, money within 7 and
 * within 14 days, with who changed it, when and why; told by the figures of the company, whatever came before.
 * From: two weeks of dunning on in-memory ports, a change of policy between them. Next: a credit manager.
 */
import { describe, expect, it } from 'vitest';
import { approvePolicies, proposePolicies, readPolicies } from '../../../functions/dunning/keep-policies.ts';
import { catchUp } from '../../../functions/reporting/catch-up.ts';
import { readStepVersions } from '../../../functions/reporting/read-step-versions.ts';
import { stepVersionsAnswer } from '../../../shared/contracts/report-steps.ts';
import { addDays, instantFromText } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { defaultChoiceRules } from '../../../shared/domain/policy-choice.ts';
import { defaultPolicies } from '../../../shared/domain/policy-defaults.ts';
import { defaultDunningRules } from '../../../shared/domain/policy-rules.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { itemWith, money } from '../../support/account-examples.ts';
import { late, today } from '../../support/dunning-examples.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, dunningWorld } from '../dunning/world.ts';

const at = (day: number, time = '08:30'): string => `${addDays(today, day)}T${time}:00Z`;

const started = async () => {
  const world = await dunningWorld({ goLiveOn: '2020-01-01' });
  const reports = {
    ...world.parts(),
    reports: memoryReports(),
    alerts: memoryAlerts(),
    zoneOf: async () => 'UTC',
  };
  const call = (id: string, day: number) => ({
    ...{ scope: everything, now: instantFromText(at(day, '07:00')), requestId: `${id} ${day}` },
    caller: { id, principals: ['CRM'] as const },
  });
  /** The second reminder stage of Standard another day, proposed by one and approved by another. */
  const change = async (day: number, stageDay: number, reason: string) => {
    const { version: after } = await policies();
    const proposal = {
      policies: defaultPolicies.map((one) =>
        one.id === 'standard'
          ? { ...one, steps: one.steps.map((step) => (step.stage === 2 ? { ...step, day: stageDay } : step)) }
          : one,
      ),
      ...{ rules: defaultDunningRules, choice: defaultChoiceRules },
    };
    const waiting = await world.settings.read(everything, {
      ...{ scope: `company:${companyId}`, name: 'policies-proposed' },
    });
    const body = { ...proposal, after: waiting?.version ?? 0, reason };
    const proposed = await proposePolicies(world.parts(), companyId, body, call('u:cora', day));
    if (!proposed.ok) throw new Error(proposed.detail);
    const { version } = proposed.value;
    const approved = await approvePolicies(
      world.parts(),
      companyId,
      { version, reason: 'yes' },
      call('u:eve', day),
    );
    expect(approved).toEqual({ ok: true, value: { version: after + 1 } });
  };
  const policies = async () => {
    const read = await readPolicies(world.parts(), companyId, call('u:cora', 0));
    if (!read.ok) throw new Error(read.detail);
    return read.value;
  };
  const reminded = async (accountId: string, day: number, time = '08:30') => {
    await world.post(accountId, at(day - 1, '03:00'), {
      ...late(`item:invoice:${accountId}`, 50_000, 4 - day),
    });
    await world.tell(at(day - 1, '03:10'));
    await world.tick(at(day, time));
    expect(await world.send(accountId, at(day, '10:00'))).toBe('send');
  };
  const tell = (accountId: string, day: number, fact: object) =>
    world.change(
      accountId,
      [{ ...fact, on: addDays(today, day) } as Fact],
      instantFromText(at(day, '12:00')),
    );
  const paid = (accountId: string, day: number, cents: number) =>
    tell(accountId, day, {
      ...{ kind: 'paymentReceived', receiptId: `r:${accountId}:${day}` },
      item: itemWith({
        ...{ id: `item:paymentOnAccount:${accountId}-${day}`, kind: 'paymentOnAccount' },
        ...{ original: money(-cents), open: money(-cents) },
      }),
      posting: { debit: 'cash', credit: 'unapplied', amount: money(cents), currency: 'EUR' },
    });
  const replied = (accountId: string, day: number) =>
    tell(accountId, day, {
      kind: 'holdPlaced',
      hold: { id: `h:${accountId}`, code: 'reply-waiting', placedOn: addDays(today, day) },
    });
  const disputed = (accountId: string, day: number) =>
    tell(accountId, day, { kind: 'disputeOpened', disputeId: `d:${accountId}`, recipe: { code: 'PRICE' } });
  const read = async (policy = 'standard', scope = everything) => {
    await catchUp(companyId, { scope: everything, now: instantFromText(at(40)) }, reports);
    return readStepVersions(companyId, { policy, stage: 2 }, scope, reports);
  };
  const versions = async () => {
    const answer = await read();
    if (!answer.ok) throw new Error(answer.detail);
    return stepVersionsAnswer.parse(answer.value).versions;
  };
  return { world, change, policies, reminded, paid, replied, disputed, read, versions };
};

describe('two versions of a step', () => {
  it('stand side by side with what each sent and brought, and who changed it, when and why', async () => {
    const { change, reminded, paid, replied, disputed, versions } = await started();
    await reminded('a1', 1);
    await reminded('a2', 1, '08:35');
    await replied('a2', 3);
    await paid('a1', 5, 10_000);
    await change(6, 4, 'a day later, fewer replies');
    await reminded('b1', 7);
    await disputed('b1', 8);
    await paid('b1', 9, 500);
    await paid('b1', 20, 70);
    // after the change, still of the reminder before it
    await paid('a1', 12, 2_000);
    const [second, first, ...others] = await versions();
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      ...{ version: 1, author: 'dunwell', approvedBy: null, reason: 'as delivered' },
      ...{ sends: 2, replies: 1, disputes: 0, steps: [{ stage: 2, day: 3 }] },
      cashIn7: [{ currency: 'EUR', amount: 10_000 }],
      cashIn14: [{ currency: 'EUR', amount: 12_000 }],
    });
    expect(second).toMatchObject({
      ...{ version: 2, author: 'u:cora', approvedBy: 'u:eve', reason: 'a day later, fewer replies' },
      ...{ madeOn: addDays(today, 6), steps: [{ stage: 2, day: 4 }] },
      ...{ sends: 1, replies: 0, disputes: 1 },
      cashIn7: [{ currency: 'EUR', amount: 500 }],
      cashIn14: [{ currency: 'EUR', amount: 570 }],
    });
  });

  it('a policy has a new number whenever it does otherwise, and keeps it where it does the same', async () => {
    const { change, policies, versions } = await started();
    await change(1, 4, 'later');
    await change(2, 5, 'later still');
    await change(3, 3, 'as it was');
    expect((await versions()).map(({ version, reason }) => [version, reason])).toEqual([
      [4, 'as it was'],
      [3, 'later still'],
      [2, 'later'],
      [1, 'as delivered'],
    ]);
    const { inForce } = await policies();
    for (const { id, version } of inForce.policies) expect(version, id).toBe(id === 'standard' ? 4 : 1);
  });

  it('of a policy that a change left alone is whose it was: who approved the others did not approve it', async () => {
    const { change, read } = await started();
    await change(1, 4, 'later');
    const [other] = defaultPolicies.filter(({ id }) => id !== 'standard');
    expect(await read(other!.id)).toMatchObject({
      value: { versions: [{ version: 1, author: 'dunwell', approvedBy: null }] },
    });
  });

  it('a reply or a dispute long after a reminder is not its', async () => {
    const { reminded, replied, disputed, versions } = await started();
    await reminded('a1', 1);
    await replied('a1', 16);
    await disputed('a1', 17);
    expect(await versions()).toMatchObject([{ sends: 1, replies: 0, disputes: 0, cashIn14: [] }]);
  });

  it('is nothing for a policy there is none of, and for who sees but a part of the company', async () => {
    const { read } = await started();
    expect(await read('none-such')).toMatchObject({ ok: false, code: 'not-found' });
    const part = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
    expect(await read('standard', part)).toMatchObject({ ok: false, code: 'not-found' });
  });
});
