/**
 * A copy of a firm reminder for whoever sells to the account, and for nobody who may not read it.
 */
import { expect, it } from 'vitest';
import { addDays } from '../../../shared/domain/calendar.ts';
import { everything as scope } from '../../support/test-edge.ts';
import {
  appendTo,
  companyId,
  contact,
  createMailWorld,
  lateItem,
  open,
  plan,
  run,
  today,
} from './mail-world.ts';

type Seller = {
  id: string;
  email: string;
  principal?: string;
  companyIds?: string[];
  teams?: string[];
  isDisabled?: boolean;
};

/** A reminder of stage 5 (T4), copied to finance and the sales owner, of an account that `owners` sell to. */
const copiesOf = async (
  owners: readonly string[],
  sellers: readonly Seller[],
  stage = 4,
): Promise<string[]> => {
  const world = await createMailWorld();
  const by = { by: 'tenant:crm', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  const recipients = sellers.map(({ id, email, principal = 'SAL' }) => ({
    ...{ personId: id, email, principal, roles: ['salesOwner'] },
  }));
  const lists = { value: { recipients, times: [] }, ...by };
  await world.settings.save(scope, { scope: `company:${companyId}`, name: 'reportMails' }, 0, lists);
  for (const { id, companyIds = [companyId], teams = [], isDisabled = false } of sellers) {
    const value = { companyIds, teams, covers: [], grants: [], isDisabled };
    await world.settings.save(scope, { scope: `user:${id}`, name: 'reach' }, 0, { value, ...by });
  }
  const who = contact('ap@north.example', { treatment: { policyId: 'standard' } });
  await open(world, 'north', [lateItem('north', 1, 24)], who);
  const items = [{ itemId: 'item:invoice:north-1', stage }];
  const carried = {
    kind: 'itemsCarried',
    by: 'message:x',
    policyId: 'standard',
    tone: 'clear',
    items,
  } as const;
  await appendTo(world, 'north', [
    { ...carried, on: addDays(today, -8) },
    { kind: 'salesOwnersNamed', owners, on: today },
  ]);
  await run(world, 'north', await plan(world, 'north'));
  return world.mailer.accepted[0]!.mail.cc.map(({ address }) => address);
};

const tenant = 'aaaaaaaa-0000-4000-8000-000000000001';
const [sam, lee] = [1, 2].map((n) => `${tenant}:bbbbbbbb-0000-4000-8000-00000000000${n}`) as [string, string];
const seller = (id: string, more: Partial<Seller> = {}): Seller => ({
  ...{ id, email: `${id === sam ? 'sam' : 'lee'}@acme.example` },
  ...more,
});

it('goes to whoever sells to the account', async () => {
  expect(await copiesOf([sam], [seller(lee), seller(sam)])).toEqual(['sam@acme.example']);
});

it('goes to one of the team that does, where nobody is named', async () => {
  expect(await copiesOf(['team-north'], [seller(lee, { teams: ['team-north'] })])).toEqual([
    'lee@acme.example',
  ]);
});

it.each([
  ['sells to others', [seller(lee)]],
  ['left the unit', [seller(sam, { companyIds: ['other'] })]],
  ['may do nothing any more', [seller(sam, { isDisabled: true })]],
  ['is no seller by the matrix', [seller(sam, { principal: 'DSO' })]],
])('goes to nobody who %s', async (_who, sellers) => {
  expect(await copiesOf([sam], sellers)).toEqual([]);
});
