/**
 * Pages of what is found, where one document of the store may hold several: what does not fit on a page begins the next.
 * From: `cosmos-search.ts`. Next: its callers, whose mark is the store's own, or says how many of its page they have seen.
 */
import type { SearchDocument } from '../domain/search-tokens.ts';
import type { SearchPage } from '../ports/search-index.ts';

/** A page of the store: where it begins, how large it is, and how many documents of it were handed out. */
type Place = { continuationToken?: string | undefined; size?: number; skip?: number };

/** The place a mark names. */
export const placeOf = (mark: string | undefined): Place => {
  const [, size, skip, begin] = /^\+(\d{1,4})\+(\d{1,6})\+(.*)$/s.exec(mark ?? '') ?? [];
  if (size === undefined) return { continuationToken: mark };
  return { ...(begin === '' ? {} : { continuationToken: begin }), size: Number(size), skip: Number(skip) };
};

/** As many of a page of the store as fit, from where its reader is. */
export const inPages = (
  documents: readonly SearchDocument[],
  {
    continuationToken = '',
    size,
    skip,
    limit,
    next,
  }: Required<Place> & { limit: number; next: string | undefined },
): SearchPage => {
  const shown = documents.slice(skip, skip + limit);
  const seen = skip + limit;
  if (seen < documents.length) return { documents: shown, after: `+${size}+${seen}+${continuationToken}` };
  return next ? { documents: shown, after: next } : { documents: shown };
};
