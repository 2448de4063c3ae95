/**
 * Queries and query plans.
 * From: POSTs with `x-ms-documentdb-isquery` or `x-ms-cosmos-is-query-plan-request`. Next: a page of
 * answers; for cross-partition sorting and aggregates the 400 that makes the SDK use its plan pipeline,
 * as the service does.
 */
import { createHash } from 'node:crypto';
import type { HttpCall } from '../../kit/http-service.ts';
import { queryBaseCharge } from '../charges.ts';
import { badRequest, Refusal, substatus } from '../refusal.ts';
import { compileQuery } from '../sql/compile-query.ts';
import { SqlError, type CompiledQuery, type Json, type Parameters } from '../sql/types.ts';
import type { Container } from '../store/container.ts';
import { pageSize, parseBody, refuseTriggers } from './bodies.ts';
import { checkOrderings, unindexedPaths } from './index-rules.ts';
import type { OpenDatabase, Reply } from './open-database.ts';
import type { PageStore } from './query-pages.ts';
import { scopeOf, type Scope } from './query-scope.ts';

const longestQuery = 512 * 1024;

type Asked = { query: CompiledQuery; parameters: Parameters };

export const answerQuery = (
  database: OpenDatabase,
  pages: PageStore,
  container: Container,
  call: HttpCall,
): Reply =>
  asSql(() => {
    refuseTriggers(call);
    const { query, parameters } = parseQuery(call);
    checkOrderings(query, container.definition);
    const scope = scopeOf(container, database.ranges, call, query.pinned(parameters));
    if (query.needsPlan && scope.crossPartition && database.planPipeline) throw needsPlan();
    const unindexed = unindexedPaths(query, container.definition);
    for (const path of unindexed) database.meter.note(`unindexed ${container.name} ${path}`);
    const continuation = call.headers['x-ms-continuation'];
    const { answers, charge, ...page } = pages.page({
      ...{ container, query, parameters, scope, continuation },
      identity: () => identityOf(container, call),
      size: pageSize(call),
      indexServed: unindexed.length === 0,
    });
    const base = queryBaseCharge * (continuation === undefined ? scope.ranges : 1);
    return {
      status: 200,
      body: `{"_rid":"${container.ids.rid}","Documents":[${answers.join(',')}],"_count":${answers.length}}`,
      headers: {
        'x-ms-item-count': String(answers.length),
        ...(page.continuation === undefined ? {} : { 'x-ms-continuation': page.continuation }),
        ...(unindexed.length === 0
          ? {}
          : { 'x-local-unindexed': encodeURI(unindexed.join(' ').toWellFormed()) }),
      },
      charge: base + charge,
      operation: 'query',
    };
  });

export const answerPlan = ({ ranges }: OpenDatabase, container: Container, call: HttpCall): Reply =>
  asSql(() => {
    const { query, parameters } = parseQuery(call);
    const scope = scopeOf(container, ranges, call, query.pinned(parameters));
    const plan = {
      partitionedQueryExecutionInfoVersion: 2,
      queryInfo: query.plan(parameters),
      queryRanges: [planRange(scope)],
    };
    return { status: 200, body: JSON.stringify(plan), charge: 0, operation: 'plan' };
  });

/** What makes two requests pages of one query. */
const identityOf = ({ name }: Container, { headers, body }: HttpCall): string => {
  const scoping = scopingHeaders.map((header) => headers[header] ?? '');
  const hash = createHash('sha256')
    .update(JSON.stringify([name, ...scoping]))
    .update(body);
  return hash.digest('base64url').slice(0, 16);
};

const scopingHeaders = [
  'x-ms-documentdb-partitionkey',
  'x-ms-documentdb-partitionkeyrangeid',
  'x-ms-start-epk',
  'x-ms-end-epk',
];

const planRange = ({ pinnedEpk }: Scope) =>
  pinnedEpk === undefined
    ? { min: '', max: 'FF', isMinInclusive: true, isMaxInclusive: false }
    : { min: pinnedEpk, max: pinnedEpk, isMinInclusive: true, isMaxInclusive: true };

const needsPlan = (): Refusal =>
  new Refusal(
    400,
    'Cross partition query with sorting, grouping or aggregates can not be served by the gateway directly',
    substatus.notServableAcrossPartitions,
    { additionalErrorInfo: 'see the query plan' },
  );

/** The engine's refusals are the service's syntax errors. */
const asSql = (run: () => Reply): Reply => {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw badRequest('The query or a parameter of it is too complex');
    if (!(error instanceof SqlError)) throw error;
    const { message, words } = error;
    const errors = [{ severity: 'Error', code: 'SC1001', message, words }];
    throw badRequest(`Message: ${JSON.stringify({ errors })}`);
  }
};

const parseQuery = (call: HttpCall): Asked => {
  const { query, parameters = [] } = (parseBody(call) ?? {}) as { query?: unknown; parameters?: unknown };
  if (typeof query !== 'string') throw badRequest('The query must be a string');
  if (query.length > longestQuery)
    throw badRequest(`The SQL query text exceeded the maximum limit of ${longestQuery} characters`);
  if (!Array.isArray(parameters)) throw badRequest('The parameters must be a list');
  return { query: compileQuery(query), parameters: new Map(parameters.map(toParameter)) };
};

const toParameter = (value: unknown): [string, Json] => {
  const { name, value: given } = (value ?? {}) as { name?: unknown; value?: Json };
  if (typeof name !== 'string' || !name.startsWith('@'))
    throw badRequest(`Query parameter ${JSON.stringify(name)} must start with @`);
  return [name, given ?? null];
};
