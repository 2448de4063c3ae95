/**
 * Groups on the local Cosmos DB: the suite of the port, and lost answers.
 */
import { describe, expect, it } from 'vitest';
import type { FaultKind } from '../../../local/kit/faults.ts';
import { cosmosAccounts } from '../../../shared/azure/cosmos-accounts.ts';
import { cosmosGroups } from '../../../shared/azure/cosmos-groups.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { groupStoreSuite } from '../../ports/group-store.suite.ts';
import { cosmosUnderTest } from './cosmos-under-test.ts';

const { container, faults } = cosmosUnderTest(3_000);

const all = scopeOver('all');
const batches = `POST /dbs/${topology.database}/colls/groups/docs`;

const accounts = cosmosAccounts(container('ledger'));
const store = cosmosGroups(container('groups'), accounts);

describe('groups on Cosmos DB', () =>
  groupStoreSuite(
    () => store,
    () => accounts,
  ));

describe('whatever the wire does, a group is there once and whole', () => {
  it.each<FaultKind>(['reset-after', 'lost-answer', '429', 'duplicate'])('%s', async (kind) => {
    const members = ['a1', 'a2'].map((accountId) => ({ companyId: kind, accountId }));
    const group = {
      ...{ groupId: `g-${kind}`, name: 'North', members },
      ...{ by: 'a:b', at: '2026-11-22T10:00:00Z', reason: 'one customer' },
    };
    faults.set({ rules: [{ kind, operation: batches, times: 1, delayMs: 20 }] });
    const saved = await store.save(all, 0, group).catch(() => undefined);
    if (saved === undefined) expect(await store.save(all, 0, group)).toMatchObject({ outcome: 'saved' });
    else expect(saved.outcome).toBe('saved');
    expect(faults.counts()).toEqual({ [kind]: 1 });
    for (const member of members) expect(await store.groupOf(all, member)).toEqual({ ...group, version: 1 });
  });
});
