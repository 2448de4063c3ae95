/**
 * Queries of reports on Cosmos DB: what is read of several shards or accounts at once.
 * From: `cosmos-reports.ts`, which has judged by the scope. Next: documents of the container `reports`.
 */
import type { Container, SqlParameter } from '@azure/cosmos';
import { contributionIdOf } from '../domain/document-ids.ts';
import type { MonthCells, Tail } from '../domain/report-months.ts';
import type { Contribution, ShardPlace, ShardTotal } from '../domain/report-shard.ts';
import type { Charged } from './report-documents.ts';
import { sha256 } from './entry-hash.ts';
import { parseContribution, parseMonthRow, parseTailRow, parseTotalRow } from './report-shapes.ts';

/** Documents of all shards of a company. */
const ofCompany = async (
  container: Container,
  charged: Charged,
  companyId: string,
  { operation, query, parameters }: { operation: string; query: string; parameters: SqlParameter[] },
): Promise<unknown[]> => {
  const answer = await container.items
    .query<unknown>({ query, parameters }, { partitionKey: [companyId] })
    .fetchAll();
  charged(operation, answer.requestCharge);
  return answer.resources;
};

const ofKind = (kind: 'total' | 'tail') => ({
  operation: `report ${kind}s`,
  query: `SELECT * FROM c WHERE c.kind = '${kind}'`,
  parameters: [],
});

export const totalsOf = async (
  container: Container,
  charged: Charged,
  companyId: string,
): Promise<Map<string, ShardTotal>> =>
  new Map((await ofCompany(container, charged, companyId, ofKind('total'))).map(parseTotalRow));

export const tailsOf = async (
  container: Container,
  charged: Charged,
  companyId: string,
): Promise<Map<string, Tail>> =>
  new Map((await ofCompany(container, charged, companyId, ofKind('tail'))).map(parseTailRow));

export const monthsOf = async (
  container: Container,
  charged: Charged,
  companyId: string,
  ids: readonly string[],
): Promise<{ shard: string; cells: MonthCells }[]> => {
  const parameters = ids.map((value, index) => ({ name: `@id${index}`, value }));
  const query = `SELECT * FROM c WHERE c.id IN (${parameters.map(({ name }) => name).join(', ')})`;
  const asked = { operation: 'report months', query, parameters };
  return (await ofCompany(container, charged, companyId, asked)).map(parseMonthRow);
};

export const pageOf = async (
  container: Container,
  charged: Charged,
  { companyId, shard }: ShardPlace,
  limit: number,
  after: string,
): Promise<{ id: string }[]> => {
  const query = `SELECT TOP @limit * FROM c WHERE c.kind = 'contribution' AND c.id > @after ORDER BY c.kind, c.id`;
  const parameters = [
    { name: '@limit', value: limit },
    { name: '@after', value: after },
  ];
  const answer = await container.items
    .query<{ id: string }>({ query, parameters }, { partitionKey: [companyId, shard] })
    .fetchAll();
  charged('report contributions', answer.requestCharge);
  return answer.resources;
};

/** One is the cheapest read there is, several are one query. */
export const contributionsOf = async (
  container: Container,
  charged: Charged,
  { companyId, shard }: ShardPlace,
  accountIds: readonly string[],
): Promise<Contribution[]> => {
  const ids = accountIds.map((accountId) => contributionIdOf(accountId, sha256));
  const [only] = ids;
  if (only === undefined) return [];
  if (ids.length === 1) {
    const answer = await container.item(only, [companyId, shard]).read<object>();
    charged('report contribution', answer.requestCharge);
    return answer.resource === undefined ? [] : [parseContribution(answer.resource)];
  }
  const parameters = ids.map((value, index) => ({ name: `@id${index}`, value }));
  const query = `SELECT * FROM c WHERE c.id IN (${parameters.map(({ name }) => name).join(', ')})`;
  const answer = await container.items
    .query<unknown>({ query, parameters }, { partitionKey: [companyId, shard] })
    .fetchAll();
  charged('report contributions', answer.requestCharge);
  return answer.resources.map(parseContribution);
};
