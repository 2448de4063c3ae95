/**
 * `PeopleStore` in memory; records are kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import type { PersonState } from '../../../shared/domain/person.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { BarredAddress, PeopleStore } from '../../../shared/ports/people-store.ts';

export const memoryPeople = (): PeopleStore => {
  const states = new Map<string, string>();
  const lists = new Map<string, Map<string, string>>();
  const listOf = (companyId: string): Map<string, string> => {
    const list = lists.get(companyId) ?? new Map<string, string>();
    lists.set(companyId, list);
    return list;
  };
  const stateOf = (emailHash: string): PersonState => {
    const text = states.get(emailHash);
    return text === undefined ? { emailHash } : (JSON.parse(text) as PersonState);
  };
  return {
    read: async (_scope, emailHash) => ({ state: stateOf(emailHash), mark: states.get(emailHash) }),
    readAll: async (_scope, hashes) =>
      new Map(hashes.filter((hash) => states.has(hash)).map((hash) => [hash, stateOf(hash)])),
    save: async (_scope, { state, mark }) => {
      if (states.get(state.emailHash) !== mark) return 'version-conflict';
      states.set(state.emailHash, JSON.stringify(state));
      return 'saved';
    },
    bar: async (scope, address) => {
      if (!isInScope(scope, address.companyId))
        throw new Error(`list of ${address.companyId} is out of scope`);
      listOf(address.companyId).set(address.emailHash, JSON.stringify(address));
    },
    unbar: async (scope, companyId, emailHash) => {
      if (!isInScope(scope, companyId)) throw new Error(`list of ${companyId} is out of scope`);
      listOf(companyId).delete(emailHash);
    },
    barred: async (scope, companyId, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { addresses: [] };
      const hashes = [...listOf(companyId).keys()].filter((hash) => hash > after).toSorted();
      const addresses = hashes
        .slice(0, limit)
        .map((hash) => JSON.parse(listOf(companyId).get(hash)!) as BarredAddress);
      const last = addresses.length < limit ? undefined : addresses.at(-1);
      return last === undefined ? { addresses } : { addresses, after: last.emailHash };
    },
  };
};
