/**
 * Finds accounts and items by customer, number, order, delivery or amount, with why each was found (R5).
 * From: `GET api/search`. Next: a staff page; open amounts are read where a hit is opened, never from here.
 * What a query may mean is looked up in turn, an amount before a number or name, until the page is full.
 */
import type { SearchAnswer, SearchQuery } from '../../shared/contracts/search.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import { lookupsOf, type SearchDocument } from '../../shared/domain/search-tokens.ts';
import type { SearchIndex } from '../../shared/ports/search-index.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type SearchParts = { search: SearchIndex; settings: SettingsStore };

const hitsPerPage = 10;

export const runSearch = async (
  { search, settings }: SearchParts,
  { company, q, after }: SearchQuery,
  scope: Scope,
): Promise<Outcome<SearchAnswer, 'not-found'>> => {
  const isThere =
    reachInto(scope, company) !== 'none' &&
    (await settings.read(scope, { scope: `company:${company}`, name: 'company' })) !== undefined;
  if (!isThere) return refuse('not-found', 'There is no such company.');
  const lookups = lookupsOf(q);
  const found: SearchDocument[] = [];
  let [turn, mark] = placeOf(after);
  while (turn < lookups.length && found.length < hitsPerPage) {
    const goOn = mark === undefined ? {} : { after: mark };
    const limit = hitsPerPage - found.length;
    const page = await search.find(scope, company, lookups[turn]!, { limit, ...goOn });
    found.push(...page.documents);
    mark = page.after;
    if (mark === undefined) turn += 1;
  }
  const next = turn < lookups.length ? JSON.stringify([turn, mark ?? null]) : null;
  return done({ hits: hitsOf(found), next });
};

/** Which look-up goes on, and where; whatever is no such place is the beginning. */
const placeOf = (after: string | undefined): [number, string | undefined] => {
  const match = /^\[(\d),(null|".*")\]$/s.exec(after ?? '');
  if (match === null) return [0, undefined];
  try {
    const mark: unknown = JSON.parse(match[2] ?? 'null');
    return [Number(match[1]), typeof mark === 'string' ? mark : undefined];
  } catch {
    return [0, undefined];
  }
};

/** What was found by two writings of the same field is there once. */
const hitsOf = (found: readonly SearchDocument[]): SearchAnswer['hits'] => {
  const hits = found.map(({ accountId, itemId = null, field, text }) => ({
    ...{ account: accountId, item: itemId, field, text },
  }));
  return [...new Map(hits.map((hit) => [JSON.stringify(hit), hit])).values()];
};
