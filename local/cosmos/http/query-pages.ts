/**
 * Pages of a query. Streaming queries resume after the last item they gave: stable while others write.
 * Queries that must see everything first (sorting, grouping, DISTINCT, TOP, OFFSET) keep their answers for
 * the next page and, when those are gone, work them out again.
 * A token continues the query it was given for, nothing else, and says so itself: a restart forgets the rest.
 * From: a compiled query and its scope. Next: `query.ts` answers the page.
 */
import { createHash, randomUUID } from 'node:crypto';
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
  /** One short text per container, query, parameters, key and range: what a token belongs to. */
  identity: () => string;
  /** False when a filter has no index: then every item looked at is paid for. */
  indexServed: boolean;
};

/** Where a streaming page ended: so many answers of that item have been given. */
type Position = { ordinal: number; itemNumber: number; given: number };

type Kept = { answers: string[]; characters: number };

export type PageStore = { page(request: PageRequest): Page };

const mostKept = 64;
const mostKeptCharacters = 128 * 1024 * 1024;

export const createPageStore = (): PageStore => {
  const kept = new Map<string, Kept>(); // answers of blocking queries with pages to come, oldest first
  let characters = 0;

  const blockingPage = (request: PageRequest): Page => {
    const token = readToken(request, ['offset']);
    const name = token?.name ?? randomUUID();
    const isSame = token === undefined || token.of === request.identity();
    const known = isSame ? kept.get(name) : undefined;
    const { answers, charge } = known ? { answers: known.answers, charge: 0 } : evaluate(request);
    const offset = isSame ? (token?.offset ?? 0) : behind(answers, token.last);
    const texts = fitting(answers, offset, request.size);
    const end = offset + texts.length;
    drop(name);
    const goesOn = end < answers.length;
    if (goesOn) keep(name, answers);
    const returned = request.indexServed ? texts.reduce((sum, text) => sum + lookCharge(text.length), 0) : 0;
    const next = { of: request.identity(), offset: end, name, last: hashOf(answers[end - 1] ?? '') };
    return {
      answers: texts,
      continuation: goesOn ? writeToken(next) : undefined,
      charge: charge + returned,
    };
  };

  const keep = (name: string, answers: string[]) => {
    const one: Kept = { answers, characters: answers.reduce((sum, text) => sum + text.length, 0) };
    kept.set(name, one);
    characters += one.characters;
    while (kept.size > mostKept || (characters > mostKeptCharacters && kept.size > 0))
      drop(kept.keys().next().value!);
  };

  const drop = (name: string) => {
    characters -= kept.get(name)?.characters ?? 0;
    kept.delete(name);
  };

  return { page: (request) => (request.query.streaming ? streamingPage(request) : blockingPage(request)) };
};

const streamingPage = (request: PageRequest): Page => {
  const { container, query, parameters, scope, size, indexServed } = request;
  const token = readToken(request, ['ordinal', 'itemNumber', 'given']);
  if (token && token.of !== request.identity()) throw badToken();
  const resumed: Position | undefined = token;
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
      if (full) return { ...page, continuation: last && tokenAt(request, last) };
      page.answers.push(text);
      last = { ordinal: row.partition.ordinal, itemNumber: row.itemNumber, given: given + 1 };
    }
  }
  return page;
};

const tokenAt = ({ identity }: PageRequest, { ordinal, itemNumber, given }: Position): string =>
  writeToken({ of: identity(), ordinal, itemNumber, given });

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

const hashOf = (answer: string): string =>
  createHash('sha256').update(answer).digest('base64url').slice(0, 16);

/**
 * The SDK resumes a sorted query over all partitions with another filter and the token of before: its
 * answers carry their `_rid`, so the last one given is found again. @throws Refusal 400 when it is not.
 */
const behind = (answers: readonly string[], last: unknown): number => {
  const at = answers.findIndex((answer) => answer.includes('"orderByItems":') && hashOf(answer) === last);
  if (at < 0) throw badToken();
  return at + 1;
};

type Owner = { of: string; name?: string; last?: string };
type Token<Name extends string> = Record<Name, number> & Owner;

const writeToken = (token: Owner & (Position | { offset: number })): string =>
  Buffer.from(JSON.stringify(token)).toString('base64url');

/** @throws Refusal 400 for a token that is none of ours. */
const readToken = <Name extends string>(
  { continuation }: PageRequest,
  names: readonly Name[],
): Token<Name> | undefined => {
  if (continuation === undefined) return undefined;
  const token = parseToken(continuation);
  const isWhole = (name: string) => Number.isSafeInteger(token?.[name]) && Number(token?.[name]) >= 0;
  if (typeof token?.['of'] !== 'string' || !names.every(isWhole)) throw badToken();
  return token as Token<Name>;
};

const parseToken = (text: string): Record<string, unknown> | undefined => {
  try {
    return (JSON.parse(Buffer.from(text, 'base64url').toString()) ?? undefined) as Record<string, unknown>;
  } catch {
    return undefined; // not JSON: refused like any other foreign token
  }
};

const badToken = () => badRequest('Invalid Continuation Token');
