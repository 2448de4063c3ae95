/**
 * `EntryRequestStore` on Cosmos DB, container `receipts`, key /companyId, `entry-requests`.
 * From: the ledger's entry routes. Next: one document each, listed by indexed state, as proposals are.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import type { EntryRequest } from '../domain/entry-request.ts';
import { isInScope, type Scope } from '../domain/scope.ts';
import type { EntryRequestStore } from '../ports/entry-request-store.ts';

const partition = 'entry-requests';

const requestDocument = z.object({
  request: z.looseObject({
    ...{ id: z.string(), companyId: z.string(), on: z.string(), by: z.string() },
    row: z.looseObject({ accountId: z.string(), kind: z.string(), number: z.string(), original: z.int() }),
    state: z.enum(['waiting', 'posted', 'dropped']),
  }),
});

const parse = (document: unknown): EntryRequest =>
  requestDocument.parse(document).request as unknown as EntryRequest;

const documentOf = (request: EntryRequest) => ({
  ...{ id: request.id, companyId: request.companyId, receiptId: partition },
  ...{ kind: 'entryRequest', state: `entry-${request.state}`, receivedOn: request.on, request },
});

const pageQuery = `SELECT TOP @limit * FROM c WHERE c.kind = 'entryRequest' AND c.state = @state AND c.id > @after
  ORDER BY c.id`;

export const cosmosEntryRequests = (container: () => Container): EntryRequestStore => {
  const assertIn = (scope: Scope, { companyId, id }: EntryRequest): void => {
    if (!isInScope(scope, companyId)) throw new Error(`entry ${id} is out of scope`);
  };
  const read = (companyId: string, id: string) => container().item(id, [companyId, partition]).read<object>();
  return {
    create: async (scope, request) => {
      assertIn(scope, request);
      try {
        await container().items.create(documentOf(request));
        return request;
      } catch (fault) {
        if (codeOf(fault) !== 409) throw fault;
        return parse((await read(request.companyId, request.id)).resource);
      }
    },
    load: async (scope, companyId, id) => {
      if (!isInScope(scope, companyId)) return undefined;
      const { resource, etag } = await read(companyId, id);
      return resource === undefined ? undefined : { request: parse(resource), mark: etag };
    },
    save: async (scope, { request, mark }) => {
      assertIn(scope, request);
      const condition = { accessCondition: { type: 'IfMatch', condition: mark } };
      try {
        await container()
          .item(request.id, [request.companyId, partition])
          .replace(documentOf(request), condition);
        return 'saved';
      } catch (fault) {
        if (codeOf(fault) !== 412) throw fault;
        return 'version-conflict';
      }
    },
    list: async (scope, companyId, state, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { requests: [] };
      const values = { limit, state: `entry-${state}`, after };
      const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
      const answer = await container()
        .items.query<unknown>({ query: pageQuery, parameters }, { partitionKey: [companyId, partition] })
        .fetchAll();
      const requests = answer.resources.map(parse);
      const last = requests.length < limit ? undefined : requests.at(-1);
      return last === undefined ? { requests } : { requests, after: last.id };
    },
  };
};

const codeOf = (fault: unknown): unknown => (fault as { code?: unknown }).code;
