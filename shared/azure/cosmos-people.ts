/**
 * `PeopleStore` on Cosmos DB, container `people`, key /emailHash.
 * From: the mail piece, the portal. Next: document `mail` of each address; per company the partition `barred:<company>`
 * with one document per address that takes no mail.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import type { PersonState } from '../domain/person.ts';
import { isInScope } from '../domain/scope.ts';
import type { BarredAddress, PeopleStore } from '../ports/people-store.ts';
import { readMarked, removeDocument, writeMarked } from './optimistic.ts';

const personState = z.object({
  emailHash: z.string(),
  suppressed: z
    .object({ reason: z.enum(['complaint', 'provider', 'staff']), since: z.string() })
    .exactOptional(),
  bounced: z.object({ since: z.string() }).exactOptional(),
  optedOutOf: z.record(z.string(), z.object({ since: z.string() })).exactOptional(),
  softFailures: z.array(z.string()).exactOptional(),
  newsAt: z.string().exactOptional(),
});
const personDocument = z.object({ state: personState });

const barredDocument = z.object({
  barred: z.object({
    ...{ companyId: z.string(), accountId: z.string(), emailHash: z.string(), since: z.string() },
    reason: z.enum(['bounced', 'suppressed', 'opted-out']),
  }),
});

const stateId = 'mail';
const listOf = (companyId: string): string => `barred:${companyId}`;
const parse = (document: unknown): PersonState => personDocument.parse(document).state;

const assertInScope = (scope: Parameters<PeopleStore['bar']>[0], companyId: string): void => {
  if (!isInScope(scope, companyId)) throw new Error(`list of ${companyId} is out of scope`);
};

export const cosmosPeople = (container: () => Container): PeopleStore => {
  const read: PeopleStore['read'] = async (_scope, emailHash) => {
    const found = await readMarked(container(), stateId, emailHash);
    return found === undefined
      ? { state: { emailHash }, mark: undefined }
      : { state: parse(found.document), mark: found.mark };
  };
  return {
    read,
    readAll: async (scope, hashes) => {
      const known = await Promise.all([...new Set(hashes)].map((hash) => read(scope, hash)));
      return new Map(
        known.filter(({ mark }) => mark !== undefined).map(({ state }) => [state.emailHash, state] as const),
      );
    },
    save: async (_scope, { state, mark }) => {
      const document = { id: stateId, emailHash: state.emailHash, state };
      const isWritten = await writeMarked(container(), document, state.emailHash, mark);
      return isWritten ? 'saved' : 'version-conflict';
    },
    bar: async (scope, address) => {
      assertInScope(scope, address.companyId);
      const partition = listOf(address.companyId);
      await container().items.upsert({ id: address.emailHash, emailHash: partition, barred: address });
    },
    unbar: async (scope, companyId, emailHash) => {
      assertInScope(scope, companyId);
      await removeDocument(container(), emailHash, listOf(companyId));
    },
    barred: async (scope, companyId, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { addresses: [] };
      const query = 'SELECT TOP @limit * FROM c WHERE c.id > @after ORDER BY c.id';
      const parameters = [
        { name: '@limit', value: limit },
        { name: '@after', value: after },
      ];
      const answer = await container()
        .items.query<unknown>({ query, parameters }, { partitionKey: listOf(companyId) })
        .fetchAll();
      const addresses: BarredAddress[] = answer.resources.map((one) => barredDocument.parse(one).barred);
      const last = addresses.length < limit ? undefined : addresses.at(-1);
      return last === undefined ? { addresses } : { addresses, after: last.emailHash };
    },
  };
};
