/**
 * `CustomerStore` on Cosmos DB, container `receipts`, key /companyId, `customers`.
 * From: the ledger's posting and staff routes. Next: one `customer` document each, listed by indexed state.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { matchStates, type CustomerRecord } from '../domain/customer-match.ts';
import { isInScope } from '../domain/scope.ts';
import type { CustomerStore } from '../ports/customer-store.ts';

const partition = 'customers';

const customerDocument = z.object({
  record: z.looseObject({
    ...{ kind: z.enum(['match', 'key', 'keyed', 'conflict', 'lead']), companyId: z.string(), id: z.string() },
    state: z.enum([...matchStates, 'key', 'keyed', 'conflict', 'settled', 'lead']),
  }),
});

const parse = (document: unknown): CustomerRecord =>
  customerDocument.parse(document).record as unknown as CustomerRecord;

const documentOf = (record: CustomerRecord) => ({
  ...{ id: record.id, companyId: record.companyId, receiptId: partition },
  ...{ kind: 'customer', state: `customer-${record.state}`, record },
});

const pageQuery = `SELECT TOP @limit * FROM c WHERE c.kind = 'customer' AND c.state = @state AND c.id > @after
  AND c.id < @until ORDER BY c.id`;

/** Behind every id: they are of ASCII. */
const behindAll = '~';

export const cosmosCustomers = (container: () => Container): CustomerStore => ({
  load: async (scope, companyId, id) => {
    if (!isInScope(scope, companyId)) return undefined;
    const { resource, etag } = await container().item(id, [companyId, partition]).read<object>();
    return resource === undefined ? undefined : { record: parse(resource), mark: etag };
  },
  save: async (scope, { record, mark }) => {
    if (!isInScope(scope, record.companyId)) throw new Error(`customer ${record.id} is out of scope`);
    try {
      if (mark === undefined) await container().items.create(documentOf(record));
      else
        await container()
          .item(record.id, [record.companyId, partition])
          .replace(documentOf(record), { accessCondition: { type: 'IfMatch', condition: mark } });
      return 'saved';
    } catch (fault) {
      const { code } = fault as { code?: unknown };
      if (code !== 412 && code !== 409) throw fault;
      return 'version-conflict';
    }
  },
  remove: async (scope, companyId, id) => {
    if (!isInScope(scope, companyId)) throw new Error(`customer ${id} is out of scope`);
    try {
      await container().item(id, [companyId, partition]).delete();
    } catch (fault) {
      if ((fault as { code?: unknown }).code !== 404) throw fault;
    }
  },
  list: async (scope, companyId, state, { limit, after = '', until = behindAll }) => {
    if (!isInScope(scope, companyId)) return { records: [] };
    const values = { limit, state: `customer-${state}`, after, until };
    const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: pageQuery, parameters }, { partitionKey: [companyId, partition] })
      .fetchAll();
    const records = answer.resources.map(parse);
    const last = records.length < limit ? undefined : records.at(-1);
    return last === undefined ? { records } : { records, after: last.id };
  },
});
