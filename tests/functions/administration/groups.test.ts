/**
 * Groups by the routes of administration: what they owe per company and currency, who may put what together.
 */
import { expect, it } from 'vitest';
import { readGroup, readGroupOf, saveGroup } from '../../../functions/administration/keep-groups.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { fill } from '../../ports/account-store.suite.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memoryGroups } from '../../support/memory/group-store.ts';
import { everything, tenOClock } from '../../support/test-edge.ts';

const north = { companyId: 'acme', accountId: 'north' };
const south = { companyId: 'acme', accountId: 'south' };
const west = { companyId: 'brio', accountId: 'west' };
const acme = scopeOver(['acme']);

const world = async () => {
  const accounts = memoryAccounts();
  for (const [key, count] of [
    [north, 2],
    [south, 3],
    [west, 1],
  ] as const)
    await fill(accounts, key, count);
  const parts = { accounts, groups: memoryGroups(accounts) };
  const save = (members: (typeof north)[], after = 0, scope = everything, groupId = 'g1') =>
    saveGroup(
      parts,
      groupId,
      { name: 'Example', members, after, reason: 'one customer' },
      { by: 't:ann', now: tenOClock, scope },
    );
  const openOf = async (key: typeof north) =>
    (await accounts.load(everything, key)).account.head.balances['EUR']?.open ?? 0;
  return { parts, save, openOf };
};

it('shows what its accounts owe, added within one company and currency and never beyond', async () => {
  const { parts, save, openOf } = await world();
  await save([north, south, west]);
  const group = await readGroup(parts, 'g1', everything);
  const [n, s, w] = await Promise.all([north, south, west].map(openOf));
  expect(n! * s! * w!).not.toBe(0);
  expect(group).toMatchObject({
    value: {
      exposure: [
        { companyId: 'acme', currency: 'EUR', accounts: 2, open: n! + s! },
        { companyId: 'brio', currency: 'EUR', accounts: 1, open: w },
      ],
    },
  });
});

it('shows a caller the members and money of their own companies alone', async () => {
  const { parts, save } = await world();
  await save([north, west]);
  const seen = await readGroupOf(parts, north, acme);
  expect(seen).toMatchObject({ value: { members: [north], exposure: [{ companyId: 'acme' }] } });
  expect(await readGroupOf(parts, west, acme)).toMatchObject({ ok: false, code: 'not-found' });
});

it('puts no account together that is not there or not the caller’s', async () => {
  const { save } = await world();
  expect(await save([north, west], 0, acme)).toMatchObject({ code: 'not-found' });
  expect(await save([{ companyId: 'acme', accountId: 'never' }])).toMatchObject({ code: 'not-found' });
});

it('the same again changes nothing, another after an old version is refused', async () => {
  const { save } = await world();
  expect(await save([north])).toMatchObject({ value: { version: 1 } });
  expect(await save([north])).toMatchObject({ value: { version: 1 } });
  expect(await save([south])).toMatchObject({ code: 'setting-changed' });
  expect(await save([north, south], 1)).toMatchObject({ value: { version: 2 } });
});

it('refuses an account of another group', async () => {
  const { save } = await world();
  await save([north]);
  expect(await save([north], 0, everything, 'g2')).toMatchObject({ code: 'account-in-other-group' });
});
