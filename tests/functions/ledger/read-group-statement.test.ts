/**
 * Statement of a group (R162): per company and currency, accounts in the scope alone, never added across.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { readGroupStatement } from '../../../functions/ledger/read-group-statement.ts';
import { groupStatementQuery } from '../../../shared/contracts/statements.ts';
import type { Scope } from '../../../shared/domain/scope.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { day, money } from '../../support/account-examples.ts';
import { memoryGroups } from '../../support/memory/group-store.ts';
import { all, ann, idOf, north, now, readWorld, south, type ReadWorld } from './read-world.ts';

const abroad = { companyId: 'brio', accountId: 'north' };

let world: ReadWorld;
let groups: ReturnType<typeof memoryGroups>;
beforeEach(async () => {
  world = await readWorld();
  const { settings, accounts } = world.parts;
  const value = { companyId: 'brio', legalName: 'Brio SA', mode: 'erpLed', zone: 'Europe/Paris' };
  const change = { by: 'tenant:setup', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  await settings.save(all, { scope: 'company:brio', name: 'company' }, 0, {
    ...{ value: { ...value, country: 'FR', currency: 'EUR' }, ...change },
  });
  const sized = (size: number, currency = 'EUR') => ({ original: money(size), open: money(size), currency });
  await world.post(north, 'A', sized(10_000));
  await world.post(south, 'B', sized(2_500));
  await world.post(south, 'C', sized(700, 'USD'));
  await world.post(abroad, 'D', sized(40_000));
  await world.clear(south, 'B', { by: 'payment', amount: 500, on: '2026-03-15' });
  await world.say(north, [{ kind: 'accountAssigned', to: 'ann', on: day('2026-03-02') }]);
  groups = memoryGroups(accounts);
  const members = [north, south, abroad];
  await groups.save(all, 0, { groupId: 'g', name: 'North Group', members, ...change });
});

const statement = async (query: object = {}, scope: Scope = all): Promise<string> => {
  const parts = { ...world.parts, groups };
  const answer = await readGroupStatement(parts, 'g', groupStatementQuery.parse(query), { scope, now });
  return answer.ok ? new TextDecoder().decode(answer.value.bytes as Uint8Array) : answer.code;
};
type Body = { parts: { company: string; currency: string; opening?: number; closing: number }[] };
const totals = async (query?: object, scope?: Scope) =>
  (JSON.parse(await statement(query, scope)) as Body).parts.map(
    ({ company, currency, closing }) => `${company} ${currency} ${closing}`,
  );

describe('a statement of a group', () => {
  it('adds accounts of one company and currency, and nothing else', async () => {
    expect(await totals()).toEqual(['acme EUR 12000', 'acme USD 700', 'brio EUR 40000']);
  });

  it('goes from opening to closing', async () => {
    const query = { style: 'balance-forward', from: '2026-03-10', to: '2026-03-31' };
    const { parts } = JSON.parse(await statement(query)) as Body;
    expect(parts[0]).toMatchObject({ opening: 12_500, closing: 12_000 });
  });

  it('names company and account on every row of a file', async () => {
    const rows = (await statement({ format: 'csv' })).trimEnd().split('\r\n');
    expect(rows[0]).toMatch(/company,account,currency,number/);
    expect(rows.slice(1).map((row) => row.split(',').slice(0, 4).join(' '))).toEqual([
      'acme north EUR A',
      'acme south EUR B',
      'acme south USD C',
      'brio north EUR D',
    ]);
  });

  it('shows each caller the accounts they see', async () => {
    expect(await totals({}, ann)).toEqual(['acme EUR 10000']);
  });

  it.each<[string, Scope]>([
    ['reaches none of its accounts', scopeOf([{ companies: ['other'], accounts: { by: 'all' } }])],
    [
      'was lent single items',
      scopeOf([
        {
          companies: ['acme'],
          accounts: { by: 'grant', accountId: 'north', itemIds: [idOf('A')] },
        },
      ]),
    ],
  ])('is not there for whoever %s', async (_who, scope) => {
    expect(await statement({}, scope)).toBe('not-found');
  });

  it('is not there where there is no group', async () => {
    groups = memoryGroups(world.parts.accounts);
    expect(await statement()).toBe('not-found');
  });
});
