/**
 * `GroupStore` in memory; documents are kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test. The documents alone are for tests that crash between two of them.
 */
import type { Group } from '../../../shared/domain/group.ts';
import type { AccountRef } from '../../../shared/domain/receipt.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import type { GroupStore } from '../../../shared/ports/group-store.ts';
import { groupsOn, type GroupDocuments } from '../../../shared/ports/groups-on-documents.ts';

export const memoryGroups = (accounts: Pick<AccountStore, 'load'>): GroupStore =>
  groupsOn(memoryGroupDocuments(), accounts);

export const memoryGroupDocuments = (): GroupDocuments => {
  const kept = new Map<string, { text: string; mark: string }>();
  let writes = 0;
  const write = (key: string, value: unknown, mark: string | undefined): boolean => {
    if (kept.get(key)?.mark !== mark) return false;
    writes += 1;
    kept.set(key, { text: JSON.stringify(value), mark: String(writes) });
    return true;
  };
  const read = <Value>(key: string) => {
    const found = kept.get(key);
    return found && { value: JSON.parse(found.text) as Value, mark: found.mark };
  };
  const keyOf = ({ companyId, accountId }: AccountRef): string => JSON.stringify([companyId, accountId]);
  return {
    group: async (groupId) => read<Group>(groupId),
    writeGroup: async (group, mark) => write(group.groupId, group, mark),
    pointer: async (account) => read<string>(keyOf(account)),
    writePointer: async (account, groupId, mark) => write(keyOf(account), groupId, mark),
  };
};
