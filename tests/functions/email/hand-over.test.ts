/**
 * An account that is placed: the customer is told once who acts from now on, and nobody is told by somebody who may not.
 */
import { expect, it } from 'vitest';
import { placeHold } from '../../../functions/dunning/change-standing.ts';
import type { Principal } from '../../../shared/contracts/access.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, createMailWorld, headOf, lateItem, open, run, tuesday } from './mail-world.ts';

const handedTo = { name: 'Fairfield Recoveries', address: ['2 Quay Road', 'Hull'], fileNumber: 'F-881' };
const started = async (who: Principal, code: 'placed' | 'on-hold' = 'placed') => {
  const world = await createMailWorld();
  await open(world, 'north', [lateItem('north', 1, 80, 90_000)]);
  const call = { scope, now: tuesday, requestId: 'r1', caller: { id: `tid:${who}`, principals: [who] } };
  const body = { code, handedTo, reason: 'sixty days final' };
  const placed = await placeHold(world.parts, { companyId, accountId: 'north' }, body, call);
  return { world, placed };
};

it('T17 says who acts since when and which file to quote, once', async () => {
  const { world, placed } = await started('CRM');
  expect(placed.ok).toBe(true);
  const [notice, ...more] = (await headOf(world, 'north')).dunning.notices ?? [];
  expect([notice?.text, more]).toEqual(['T17', []]);
  for (let time = 0; time < 2; time += 1) await run(world, 'north', notice!.id);
  expect(world.mailer.accepted).toHaveLength(1);
  const { text } = world.mailer.accepted[0]!.mail;
  for (const said of ['Fairfield Recoveries', '16 June 2026', '900.00', 'F-881'])
    expect(text).toContain(said);
});

it.each([
  ['COL', 'placed'],
  ['CRM', 'on-hold'],
] as const)('is refused to %s for an account that is %s, and nothing is held', async (who, code) => {
  const { world, placed } = await started(who, code);
  expect(placed).toMatchObject({ ok: false, code: 'action-not-allowed' });
  expect((await headOf(world, 'north')).holds).toEqual([]);
});
