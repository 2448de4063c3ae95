/**
 * `CaseIndex` on Cosmos DB, container `cases`, key /companyId: one document per case, sorted by keys it carries.
 * From: `functions/disputes`. Next: lists page by page, each in one partition; what is closed costs nothing there.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { disputeStates } from '../domain/dispute.ts';
import { isAccountInScope, isInScope, reachInto } from '../domain/scope.ts';
import { noDay, sortKeyOf, type CaseIndex, type CaseRow } from '../ports/case-index.ts';

const text = z.string();
const caseDocument = z.object({
  row: z.object({
    ...{ id: text, companyId: text, accountId: text, code: text, owner: text, department: text },
    ...{ as: z.enum(['dispute', 'deduction', 'query']), state: z.enum(disputeStates), isOpen: z.boolean() },
    ...{ amount: z.int(), currency: text, openedOn: text, dueOn: text.optional(), wakeOn: text.optional() },
    ...{ missingPapers: z.array(text), outcome: text.optional(), closedOn: text.optional() },
    ...{ acceptedAloneOn: text.optional(), assignedTo: text.optional() },
    ...{ salesOwners: z.array(text).optional(), version: z.int() },
  }),
});

const rowOf = (document: unknown): CaseRow => caseDocument.parse(document).row as unknown as CaseRow;

const documentOf = (row: CaseRow) => ({
  ...{ id: row.id, companyId: row.companyId, kind: 'case', isOpen: row.isOpen, owner: row.owner },
  ...{ department: row.department, code: row.code, accountId: row.accountId },
  wakeOn: row.wakeOn ?? noDay,
  ...{ due: sortKeyOf(row, 'due'), amount: sortKeyOf(row, 'amount'), opened: sortKeyOf(row, 'opened') },
  row,
});

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

const mostTries = 4;

export const cosmosCases = (container: () => Container, charged: Charged = () => undefined): CaseIndex => {
  const query = async (
    operation: string,
    companyId: string,
    sql: string,
    values: Record<string, string | number | boolean>,
  ) => {
    const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: sql, parameters }, { partitionKey: companyId })
      .fetchAll();
    charged(operation, answer.requestCharge);
    return answer.resources.map(rowOf);
  };
  return {
    put: async (scope, row) => {
      if (!isInScope(scope, row.companyId)) throw new Error(`case ${row.id} is out of scope`);
      for (let tries = 1; tries <= mostTries; tries += 1) if (await isPut(container(), charged, row)) return;
      throw new Error(`case ${row.id} changed under each of ${mostTries} tries`);
    },
    find: async (scope, companyId, id) => {
      if (reachInto(scope, companyId) === 'none') return undefined;
      const { resource, requestCharge } = await container().item(id, companyId).read<object>();
      charged('find case', requestCharge);
      const row = resource === undefined ? undefined : rowOf(resource);
      return row !== undefined && isAccountInScope(scope, row) ? row : undefined;
    },
    list: async (scope, companyId, filter, { order, limit, after = '' }) => {
      if (reachInto(scope, companyId) === 'none') return { rows: [] };
      const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
      const sql = [
        `SELECT TOP @limit * FROM c WHERE c.kind = 'case' AND c.${order} > @after`,
        ...wanted.map(([name]) => `AND c.${name} = @${name}`),
        `ORDER BY c.${order}`,
      ].join(' ');
      const values = { limit, after, ...Object.fromEntries(wanted) };
      const found = await query('list cases', companyId, sql, values);
      const rows = found.filter((row) => isAccountInScope(scope, row));
      const last = found.length < limit ? undefined : found.at(-1);
      return last === undefined ? { rows } : { rows, after: sortKeyOf(last, order) };
    },
    waking: async (scope, companyId, on, limit) => {
      if (!isInScope(scope, companyId)) return [];
      const sql = "SELECT TOP @limit * FROM c WHERE c.kind = 'case' AND c.wakeOn <= @on ORDER BY c.wakeOn";
      return query('waking cases', companyId, sql, { on, limit });
    },
  };
};

/** Whether it is kept, or a newer one is: false when somebody wrote it at the same time. */
const isPut = async (container: Container, charged: Charged, row: CaseRow): Promise<boolean> => {
  const item = container.item(row.id, row.companyId);
  const { resource, etag, requestCharge } = await item.read<object>();
  charged('read case', requestCharge);
  if (resource !== undefined && rowOf(resource).version > row.version) return true;
  try {
    const document = JSON.parse(JSON.stringify(documentOf(row))) as Record<string, unknown>;
    const condition = { accessCondition: { type: 'IfMatch', condition: etag } };
    const written =
      resource === undefined
        ? await container.items.create(document)
        : await item.replace(document, condition);
    charged('put case', written.requestCharge);
    return true;
  } catch (fault) {
    if (![409, 412].includes((fault as { code?: number }).code ?? 0)) throw fault;
    return false;
  }
};
