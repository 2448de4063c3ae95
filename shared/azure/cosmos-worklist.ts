/**
 * `WorklistStore` on Cosmos DB, container `worklist`, key /companyId, /collectorId: one document per account.
 * From: `functions/collections`. Next: a list of one collector is read in its own partition, that of a team over
 * those of the company, by one index each; a page pays for the rows it shows, however many there are.
 */
import type { Container, SqlParameter } from '@azure/cosmos';
import { isInScope, reachInto, type Scope } from '../domain/scope.ts';
import { neverTurns, type WorklistRow } from '../domain/worklist-row.ts';
import { isRowInScope, noOrder, orderOf, type Whose, type WorklistStore } from '../ports/worklist-store.ts';
import { idOf, rowOf } from './worklist-shapes.ts';
import { tryPut, tryRemove, tryReplace, type Charged } from './worklist-writes.ts';

const mostTries = 4;

type Asked = {
  operation: string;
  where: string;
  order?: string;
  limit: number;
  values: Record<string, unknown>;
};

export const cosmosWorklist = (
  container: () => Container,
  charged: Charged = () => undefined,
): WorklistStore => {
  const list = async (
    scope: Scope,
    companyId: string,
    whose: Whose,
    asked: Asked,
  ): Promise<WorklistRow[]> => {
    if (reachInto(scope, companyId) === 'none' || whose.length === 0) return [];
    const { text, parameters } = conditionOf(scope, companyId, whose);
    const query = `SELECT TOP @limit * FROM c WHERE ${asked.where}${text}${asked.order ? ` ORDER BY c.${asked.order}` : ''}`;
    const values = Object.entries({ limit: asked.limit, ...asked.values });
    const all = [...values.map(([name, value]) => ({ name: `@${name}`, value })), ...parameters];
    const partitionKey = whose !== 'all' && whose.length === 1 ? [companyId, whose[0]!] : [companyId];
    const answer = await container()
      .items.query<unknown>({ query, parameters: all }, { partitionKey })
      .fetchAll();
    charged(asked.operation, answer.requestCharge);
    return answer.resources.map(rowOf);
  };
  const itemOf = (companyId: string, collectorId: string, accountId: string) =>
    container().item(idOf(accountId), [companyId, collectorId]);
  return {
    put: async (scope, row) => {
      assertIn(scope, row.companyId);
      for (let tries = 1; tries <= mostTries; tries += 1) {
        const done = await tryPut(container(), charged, row);
        if (done !== undefined) return done;
      }
      throw new Error(`row ${row.accountId} changed under each of ${mostTries} tries`);
    },
    replace: async (scope, { mark }, row) => {
      assertIn(scope, row.companyId);
      return tryReplace(itemOf(row.companyId, row.collectorId, row.accountId), charged, row, mark);
    },
    read: async (scope, { companyId, collectorId, accountId }) => {
      const answer = await itemOf(companyId, collectorId, accountId).read<object>();
      charged('read worklist row', answer.requestCharge);
      if (answer.resource === undefined) return undefined;
      const row = rowOf(answer.resource);
      return isRowInScope(scope, row) ? { row, mark: answer.etag } : undefined;
    },
    ofAccount: (scope, { companyId, accountId }) =>
      list(scope, companyId, 'all', {
        ...{ operation: 'worklist rows of account', limit: 100 },
        ...{ where: 'c.accountId = @accountId', values: { accountId } },
      }),
    remove: async (scope, { companyId, collectorId, accountId }, version) => {
      assertIn(scope, companyId);
      const item = itemOf(companyId, collectorId, accountId);
      for (let tries = 1; tries <= mostTries; tries += 1) if (await tryRemove(item, charged, version)) return;
      throw new Error(`row ${accountId} changed under each of ${mostTries} tries to remove it`);
    },
    due: async (scope, companyId, whose, { today, limit }) => {
      const rows = await list(scope, companyId, whose, {
        ...{ operation: 'worklist due', limit: limit + 1, order: 'visibleFrom' },
        ...{ where: 'c.visibleFrom <= @today', values: { today } },
      });
      return { rows: rows.slice(0, limit), isMore: rows.length > limit };
    },
    ranked: async (scope, companyId, whose, { limit, after = '' }) => {
      const found = await list(scope, companyId, whose, {
        ...{ operation: 'worklist ranked', limit: limit + 1, order: 'rank' },
        ...{ where: 'c.rank > @after AND c.rank < @end', values: { after, end: noOrder } },
      });
      const rows = found.slice(0, limit);
      const last = found.length > limit ? rows.at(-1) : undefined;
      return last?.best === undefined ? { rows } : { rows, after: orderOf(last.best, last.accountId) };
    },
    turning: async (scope, companyId, { by, limit }) => {
      assertIn(scope, companyId);
      return list(scope, companyId, 'all', {
        ...{ operation: 'worklist turning', limit, order: 'turnsOn' },
        ...{ where: 'c.turnsOn <= @by AND c.turnsOn < @never', values: { by, never: neverTurns } },
      });
    },
    otherwise: async (scope, companyId, { frame, lists, areMeant, limit }) => {
      assertIn(scope, companyId);
      const ofLists = `${areMeant ? '' : 'NOT '}ARRAY_CONTAINS(@lists, c.collectorId)`;
      return list(scope, companyId, 'all', {
        ...{ operation: 'worklist otherwise', limit, values: { frame, lists } },
        where: `c.frame != @frame AND ${ofLists}`,
      });
    },
    withOrders: async (scope, companyId, { limit, after = '' }) => {
      assertIn(scope, companyId);
      return list(scope, companyId, 'all', {
        ...{ operation: 'worklist with orders', limit, order: 'accountId' },
        ...{ where: 'c.orders > 0 AND c.accountId > @after', values: { after } },
      });
    },
  };
};

const assertIn = (scope: Scope, companyId: string): void => {
  if (!isInScope(scope, companyId)) throw new Error(`the worklist of ${companyId} is out of scope`);
};

/** Scope and lists as a condition, so that foreign rows are not read. */
const conditionOf = (
  scope: Scope,
  companyId: string,
  whose: Whose,
): { text: string; parameters: SqlParameter[] } => {
  const parameters: SqlParameter[] = [];
  const name = (value: string | readonly string[]): string => {
    parameters.push({ name: `@s${parameters.length}`, value });
    return `@s${parameters.length - 1}`;
  };
  const lists =
    whose === 'all' || whose.length === 1 ? '' : ` AND ARRAY_CONTAINS(${name(whose)}, c.collectorId)`;
  if (reachInto(scope, companyId) === 'all') return { text: lists, parameters };
  const texts = scope.parts
    .filter(({ companies }) => companies === 'all' || companies.includes(companyId))
    .flatMap(({ accounts }): string[] => {
      if (accounts.by === 'collector') return [`ARRAY_CONTAINS(${name(accounts.ids)}, c.collectorId)`];
      if (accounts.by === 'salesOwner')
        return accounts.ids.map((id) => `ARRAY_CONTAINS(c.salesOwners, ${name(id)})`);
      return accounts.by === 'grant' ? [`c.accountId = ${name(accounts.accountId)}`] : [];
    });
  return { text: `${lists} AND (${['false', ...texts].join(' OR ')})`, parameters };
};
