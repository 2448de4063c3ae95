/**
 * A group saved with the process dying before and after every write: what is shown meanwhile is believed by both
 * sides, and the same save again ends as an uninterrupted one.
 */
import { expect, it } from 'vitest';
import { scopeOver } from '../../shared/domain/scope.ts';
import { groupsOn } from '../../shared/ports/groups-on-documents.ts';
import { gateOf, withFaults } from '../support/faults.ts';
import { memoryAccounts } from '../support/memory/account-store.ts';
import { memoryGroupDocuments } from '../support/memory/group-store.ts';

const all = scopeOver('all');
const members = ['a1', 'a2', 'a3'].map((accountId) => ({ companyId: 'c1', accountId }));
const group = {
  ...{ groupId: 'g1', name: 'North', members },
  ...{ by: 'a:b', at: '2026-11-22T10:00:00Z', reason: 'one customer' },
};
const points = [1, 2, 3, 4].flatMap((number) =>
  (['crash-before', 'crash-after'] as const).map((fault) => [fault, number] as const),
);

it.each(points)('%s write %i', async (fault, number) => {
  const documents = memoryGroupDocuments();
  const counts = (operation: string) => operation.includes('write');
  const gate = gateOf({ counts, fault: (passing) => (passing.number === number ? fault : undefined) });
  const store = groupsOn(withFaults(documents, gate, 'groups'), memoryAccounts());
  await expect(store.save(all, 0, group)).rejects.toThrow('crashed');
  gate.restart();
  const meanwhile = (await store.read(all, 'g1'))?.members ?? [];
  for (const member of members) {
    const isShown = meanwhile.some(({ accountId }) => accountId === member.accountId);
    expect((await store.groupOf(all, member)) !== undefined).toBe(isShown);
  }
  expect(await store.save(all, 0, group)).toMatchObject({ outcome: 'saved', group: { version: 1 } });
  expect(await store.read(all, 'g1')).toEqual({ ...group, version: 1 });
  for (const member of members) expect(await store.groupOf(all, member)).toMatchObject({ groupId: 'g1' });
});
