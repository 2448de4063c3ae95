/**
 * Reading and writing documents of container `imports`, with what each costs.
 * From: `cosmos-imports.ts`. Next: documents {id, companyId, importId, kind, row?, content}.
 */
import type { Container, JSONObject, OperationInput } from '@azure/cosmos';
import { z } from 'zod';
import type { ImportKey } from '../ports/import-store.ts';
import type { Charged } from './cosmos-accounts.ts';

type Body = { kind: string; row?: number; content: unknown };
type ListedAt = { row: number; id: string };

export type ImportDocuments = {
  read(key: ImportKey, id: string): Promise<{ document: unknown; mark: string } | undefined>;
  /** False when the id is taken. */
  create(key: ImportKey, id: string, body: Body): Promise<boolean>;
  /** The new mark; undefined when it is no longer as it was. */
  replace(key: ImportKey, id: string, body: Body, mark: string): Promise<string | undefined>;
  upsertAll(key: ImportKey, operations: OperationInput[]): Promise<void>;
  /** Of a kind, with a higher `row`, in its order. */
  after(key: ImportKey, kind: string, row: number, limit: number): Promise<unknown[]>;
  all(key: ImportKey, kind: string): Promise<unknown[]>;
  /** Of a kind, with a `row` from one to another, both included, in its order. */
  between(key: ImportKey, kind: string, rows: { from: number; to: number }): Promise<unknown[]>;
  listedAfter(key: ImportKey, from: ListedAt | undefined, limit: number): Promise<ListedAt[]>;
};

const pageQuery = `SELECT TOP @limit * FROM c WHERE c.kind = @kind AND c.row > @row ORDER BY c.kind, c.row`;
const allQuery = `SELECT * FROM c WHERE c.kind = @kind`;
const betweenQuery = `SELECT * FROM c WHERE c.kind = @kind AND c.row >= @from AND c.row <= @to ORDER BY c.kind, c.row`;
const listedQuery = `SELECT TOP @limit c.id, c.row FROM c WHERE c.kind = 'listed' AND c.row >= @row ORDER BY c.kind, c.row`;
const listedAt = z.object({ row: z.number(), id: z.string() });

/** Imports of one company created in the same millisecond; more would be lost to paging. */
const mostAtOnce = 100;

export const importDocuments = (container: () => Container, charged: Charged): ImportDocuments => {
  const query = async (key: ImportKey, text: string, values: Record<string, string | number>) => {
    const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: text, parameters }, { partitionKey: partitionOf(key) })
      .fetchAll();
    charged('imports query', answer.requestCharge);
    return answer.resources;
  };
  return {
    read: async (key, id) => {
      const answer = await container().item(id, partitionOf(key)).read<object>();
      charged('import', answer.requestCharge);
      return answer.resource === undefined ? undefined : { document: answer.resource, mark: answer.etag };
    },
    create: async (key, id, body) => {
      try {
        const answer = await container().items.create(documentOf(key, id, body));
        charged('create import', answer.requestCharge);
        return true;
      } catch (fault) {
        if (codeOf(fault) === 409) return false;
        throw fault;
      }
    },
    replace: async (key, id, body, mark) => {
      const accessCondition = { type: 'IfMatch', condition: mark };
      try {
        const item = container().item(id, partitionOf(key));
        const answer = await item.replace(documentOf(key, id, body), { accessCondition });
        charged('save import', answer.requestCharge);
        return answer.etag;
      } catch (fault) {
        if (codeOf(fault) === 412) return undefined;
        throw fault;
      }
    },
    upsertAll: async (key, operations) => {
      const whole = operations.map((operation) => ({
        ...operation,
        resourceBody: { ...(operation as { resourceBody: object }).resourceBody, ...keyOf(key) },
      })) as OperationInput[];
      const answer = await container().items.batch(whole, partitionOf(key));
      charged('keep rows', Number(answer.headers['x-ms-request-charge']));
      if (answer.code !== 200)
        throw new Error(`rows of import ${key.importId} were not kept: ${answer.code}`);
    },
    after: (key, kind, row, limit) => query(key, pageQuery, { kind, row, limit }),
    all: (key, kind) => query(key, allQuery, { kind }),
    between: (key, kind, rows) => query(key, betweenQuery, { kind, ...rows }),
    listedAfter: async (key, from, limit) => {
      const values = { row: from?.row ?? Number.MIN_SAFE_INTEGER, limit: limit + mostAtOnce };
      const found = z.array(listedAt).parse(await query(key, listedQuery, values));
      const inOrder = found.toSorted((a, b) => a.row - b.row || (a.id < b.id ? -1 : 1));
      const rest = inOrder.filter(
        ({ row, id }) => from === undefined || row > from.row || (row === from.row && id > from.id),
      );
      return rest.slice(0, limit);
    },
  };
};

const partitionOf = ({ companyId, importId }: ImportKey): [string, string] => [companyId, importId];
const keyOf = ({ companyId, importId }: ImportKey): ImportKey => ({ companyId, importId });

const documentOf = (key: ImportKey, id: string, body: Body): JSONObject =>
  ({ id, ...keyOf(key), ...body }) as unknown as JSONObject;

const codeOf = (fault: unknown): unknown => (fault as { code?: unknown } | null)?.code;
