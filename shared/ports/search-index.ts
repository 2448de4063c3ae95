/**
 * What is found by a token: accounts and items of a company, each caller only those in their scope.
 * From: `functions/collections`. Next: `shared/azure/cosmos-search.ts`, in memory `tests/support/memory`.
 */
import type { AccountKey } from '../domain/account.ts';
import type { Lookup, SearchDocument } from '../domain/search-tokens.ts';
import { isAccountInScope, itemsInScope, type Scope } from '../domain/scope.ts';
import type { NumberIndex } from './number-index.ts';

export type SearchPage = {
  documents: SearchDocument[];
  /** Hand it back for the next page; absent at the end. */
  after?: string;
};

export interface SearchIndex extends NumberIndex {
  /** Keeps each once, in place of the same token of the same thing. @throws outside the scope. */
  put(scope: Scope, documents: readonly SearchDocument[]): Promise<void>;
  /** No longer there afterwards; one that never was is fine. @throws outside the scope. */
  remove(scope: Scope, documents: readonly SearchDocument[]): Promise<void>;
  /** All there is of an account, for whoever keeps the index. @throws outside the scope. */
  ofAccount(scope: Scope, key: AccountKey): Promise<SearchDocument[]>;
  /** In the order of tokens; what lies outside the scope is left out before the page is filled. */
  find(
    scope: Scope,
    companyId: string,
    lookup: Lookup,
    page: { limit: number; after?: string },
  ): Promise<SearchPage>;
}

/** Names the document among all of its company. */
export const nameOfDocument = ({ token, accountId, itemId, field }: SearchDocument): string =>
  JSON.stringify([token, accountId, itemId ?? '', field]);

/** Where a page ends: token, account, document; compared in this order. */
export type SearchMark = { token: string; accountId: string; id: string };

export const textOfMark = ({ token, accountId, id }: SearchMark): string =>
  JSON.stringify([token, accountId, id]);

/** The beginning for whatever is no mark. */
export const markFromText = (text: string | undefined): SearchMark => {
  const start = { token: '', accountId: '', id: '' };
  if (text === undefined) return start;
  try {
    const parts: unknown = JSON.parse(text);
    const [token, accountId, id] = Array.isArray(parts) ? (parts as unknown[]) : [];
    const isMark = [token, accountId, id].every((part) => typeof part === 'string');
    return isMark ? { token: String(token), accountId: String(accountId), id: String(id) } : start;
  } catch {
    return start;
  }
};

/** An account shows its own documents to whoever sees any of its items, an item itself alone. */
export const isDocumentInScope = (scope: Scope, document: SearchDocument): boolean => {
  if (document.itemId === undefined) return isAccountInScope(scope, document);
  const items = itemsInScope(scope, document);
  return items === 'all' || (items !== 'none' && items.includes(document.itemId));
};

/** At most this many of `findByNumber`. */
export const mostNumbered = 200;
