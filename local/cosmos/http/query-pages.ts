/**
 * Pages of a query. Streaming queries resume after the last item they gave: stable while others write.
 * Queries that must see everything first (sorting, grouping, DISTINCT, TOP, OFFSET) keep their answers for
 * the next page and, when those are gone, work them out again.
 * From: a compiled query and its scope. Next: `query.ts` answers the page.
 */
import { lookCharge } from '../charges.ts';
import { badRequest } from '../refusal.ts';
import type { CompiledQuery, Parameters } from '../sql/types.ts';
import type { Container } from '../store/container.ts';
import type { Row } from '../store/row.ts';
import { longestPageBytes } from './bodies.ts';
import { rowsOf, type Scope } from './query-scope.ts';

export type Page = {
  /** JSON texts. */
  answers: string[];
  continuation: string | undefined;
  /** Request units for what was looked at or returned. */
  charge: number;
};

export type PageRequest = {
  container: Container;
  query: CompiledQuery;
  parameters: Parameters;
  scope: Scope;
  size: number;
  continuation: string | undefined;
  /** False when a filter has no index: then every item looked at is paid for. */
  indexServed: boolean;
};

/** Where a streaming page ended: so many answers of that item have been given. */
type Position = { ordinal: number; itemNumber: number; given: number };

export type PageStore = { page(request: PageRequest): Page };

const mostKept = 64;

export const createPageStore = (): PageStore => {
  const kept = new Map<string, string[]>(); // answers of blocking queries with pages to come, oldest first
  let names = 0;

  const blockingPage = (request: PageRequest): Page => {
    const token = readToken(request.continuation, ['name', 'offset']);
    const offset = Number(token?.offset ?? 0);
    const name = String(token?.name ?? `q${(names += 1)}`);
    const known = kept.get(name);
    const { answers, charge } = known ? { answers: known, charge: 0 } : evaluate(request);
    const texts = fitting(answers, offset, request.size);
    const end = offset + texts.length;
    kept.delete(name);
    if (end < answers.length) keep(name, answers);
    const returned = request.indexServed ? texts.reduce((sum, text) => sum + lookCharge(text.length), 0) : 0;
    const continuation = end < answers.length ? writeToken({ name, offset: end }) : undefined;
    return { answers: texts, continuation, charge: charge + returned };
  };

  const keep = (name: string, answers: string[]) => {
    kept.set(name, answers);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
  };

  return { page: (request) => (request.query.streaming ? streamingPage(request) : blockingPage(request)) };
};

const streamingPage = (request: PageRequest): Page => {
  const { container, query, parameters, scope, size, indexServed } = request;
  const resumed = readToken(request.continuation, ['ordinal', 'itemNumber', 'given']) as Position | undefined;
  const page: Page = { answers: [], continuation: undefined, charge: 0 };
  let bytes = 0;
  let last = resumed;
  for (const row of rowsOf(container, scope, resumed)) {
    const answers = query.each(row, parameters);
    if (!indexServed || answers.length > 0) page.charge += lookCharge(row.bytes);
    for (let given = alreadyGiven(row, resumed); given < answers.length; given += 1) {
      const text = JSON.stringify(answers[given]);
      bytes += text.length;
      const full = page.answers.length >= size || (bytes > longestPageBytes && page.answers.length > 0);
      if (full) return { ...page, continuation: last && writeToken(last) };
      page.answers.push(text);
      last = { ordinal: row.partition.ordinal, itemNumber: row.itemNumber, given: given + 1 };
    }
  }
  return page;
};

const alreadyGiven = ({ partition, itemNumber }: Row, resumed: Position | undefined): number =>
  resumed?.ordinal === partition.ordinal && resumed.itemNumber === itemNumber ? resumed.given : 0;

const evaluate = (request: PageRequest): { answers: string[]; charge: number } => {
  const { container, query, parameters, scope, indexServed } = request;
  let charge = 0;
  const looking = function* () {
    for (const row of rowsOf(container, scope)) {
      if (!indexServed) charge += lookCharge(row.bytes);
      yield row;
    }
  };
  const answers = query.all(looking(), parameters).map((answer) => JSON.stringify(answer));
  return { answers, charge };
};

const fitting = (answers: readonly string[], offset: number, size: number): string[] => {
  let bytes = 0;
  const texts: string[] = [];
  for (const text of answers.slice(offset, offset + size)) {
    bytes += text.length;
    if (bytes > longestPageBytes && texts.length > 0) break;
    texts.push(text);
  }
  return texts;
};

type Token = Record<string, string | number>;

const writeToken = (token: Token): string => Buffer.from(JSON.stringify(token)).toString('base64url');

/** @throws Refusal 400 for a token of another query or none of ours. */
const readToken = (text: string | undefined, names: readonly string[]): Token | undefined => {
  if (text === undefined) return undefined;
  try {
    const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as Token;
    if (Object.keys(token).join() === names.join()) return token;
  } catch {
    // not JSON: refused below like any other foreign token
  }
  throw badRequest('Invalid Continuation Token');
};
