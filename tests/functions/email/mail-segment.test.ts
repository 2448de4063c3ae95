/**
 * One mail to everybody of a segment (R22): seen first, then sent once to each, with an entry each; nobody of another segment,
 * of another portfolio or without anything open hears of it.
 */
import { describe, expect, it } from 'vitest';
import { previewMailing, sendMailing } from '../../../functions/email/mail-segment.ts';
import { scopeOf, type Scope } from '../../../shared/domain/scope.ts';
import { everything } from '../../support/test-edge.ts';
import {
  appendTo,
  companyId,
  contact,
  createMailWorld,
  headOf,
  lateItem,
  open,
  run,
  today,
  tuesday,
} from './mail-world.ts';

const segment = 'bakeries';
const mailing = { mailing: 'spring-2026', segment, text: 'T13', by: 'mail' } as const;
const members = ['a', 'b', 'c', 'd'];

const started = async () => {
  const world = await createMailWorld();
  for (const account of [...members, 'north', 'settled']) {
    const items = account === 'settled' ? [] : [lateItem(account, 1, 5)];
    await open(world, account, items, contact(`ap@${account}.example`, { name: account.toUpperCase() }));
    const code = account === 'north' ? 'steel' : segment;
    await appendTo(world, account, [
      { kind: 'segmentNamed', segment: code, on: today },
      { kind: 'accountAssigned', to: account === 'd' ? 'u:bob' : 'u:ann', on: today },
    ]);
  }
  const call = (scope: Scope = everything) => ({ scope, now: tuesday, callerId: 'u:ann' });
  const send = (scope?: Scope) => sendMailing(world.parts, companyId, mailing, call(scope));
  return { world, call, send };
};

describe('a mail to a segment', () => {
  it('is seen first: how many get it and three of them, each with its own words and nobody else’s', async () => {
    const { world, call } = await started();
    const seen = await previewMailing(world.parts, companyId, { segment, text: 'T13', by: 'mail' }, call());
    if (!seen.ok) throw new Error(seen.detail);
    expect(seen.value.accounts.toSorted()).toEqual(members);
    expect(seen.value.samples).toHaveLength(3);
    for (const { account, to, plain } of seen.value.samples) {
      expect(to).toMatchObject([{ address: `ap@${account}.example` }]);
      for (const other of members.filter((one) => one !== account)) expect(plain).not.toContain(`${other}-1`);
    }
    expect(world.mailer.accepted).toEqual([]);
  });

  it('goes to each once, however often it is asked for, and is an entry of each', async () => {
    const { world, send } = await started();
    const first = await send();
    expect(first).toMatchObject({ ok: true, value: { known: 0, later: [] } });
    for (const account of members) await run(world, account, 'message:T13:mailing-spring-2026');
    expect(await send()).toMatchObject({ value: { planned: [], known: 4, later: [] } });
    expect(world.mailer.accepted.map(({ mail }) => mail.to[0]?.address).toSorted()).toEqual(
      members.map((account) => `ap@${account}.example`),
    );
    expect((await headOf(world, 'north')).dunning.notices ?? []).toEqual([]);
    expect((await headOf(world, 'settled')).dunning.notices ?? []).toEqual([]);
  });

  it('of a collector reaches their own accounts alone, and of another company none', async () => {
    const { call, world, send } = await started();
    const own = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['u:bob'] } }]);
    expect(await send(own)).toMatchObject({ value: { planned: ['d'] } });
    const other = scopeOf([{ companies: ['another'], accounts: { by: 'all' } }]);
    expect(await send(other)).toMatchObject({ code: 'not-found' });
    expect(
      await previewMailing(world.parts, companyId, { segment, text: 'T13', by: 'mail' }, call(other)),
    ).toMatchObject({
      code: 'not-found',
    });
  });

  it('names whom it could not be planned for while too much else is on its way', async () => {
    const { world, send } = await started();
    const many = Array.from({ length: 12 }, (_, n) => ({
      kind: 'noticePlanned' as const,
      notice: { id: `message:T14:${n}`, text: 'T14' as const, causeId: String(n), plannedOn: today },
      on: today,
    }));
    await appendTo(world, 'b', many);
    expect(await send()).toMatchObject({ value: { planned: ['a', 'c', 'd'], later: ['b'] } });
  });
});
