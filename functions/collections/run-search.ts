/**
 * Finds accounts and items by customer, number, order, delivery or amount, with why each was found (R5).
 * From: `GET api/search`. Next: a staff page; open amounts are read where a hit is opened, never from here.
 * What a query may mean is looked up in turn, the narrowest first, until the page is full.
 */
import type { SearchAnswer, SearchQuery } from '../../shared/contracts/search.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import { lookupsOf, textsFoundBy } from '../../shared/domain/search-tokens.ts';
import type { SearchIndex } from '../../shared/ports/search-index.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type SearchParts = { search: SearchIndex; settings: SettingsStore };

const hitsPerPage = 10;
/** Pages of the index one page of hits may cost; some are empty. */
const mostLooks = 8;

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
  const hits: SearchAnswer['hits'] = [];
  let [turn, mark] = placeOf(after);
  let limit = hitsPerPage;
  for (let look = 1; turn < lookups.length && limit > 0 && look <= mostLooks; look += 1) {
    const lookup = lookups[turn]!;
    const goOn = mark === undefined ? {} : { after: mark };
    const page = await search.find(scope, company, lookup, { limit, ...goOn });
    for (const document of page.documents) {
      const { accountId: account, itemId: item = null } = document;
      hits.push(...textsFoundBy(document, lookup).map((text) => ({ account, item, ...text })));
    }
    limit -= page.documents.length;
    mark = page.after;
    if (mark === undefined) turn += 1;
  }
  const next = turn < lookups.length ? JSON.stringify([turn, mark ?? null]) : null;
  return done({ hits, next });
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
