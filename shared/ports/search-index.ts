/**
 * What is found by a token: accounts and items of a company, each caller only those in their scope.
 * From: `functions/collections`. Next: `shared/azure/cosmos-search.ts`, in memory `tests/support/memory`.
 */
import type { AccountKey } from '../domain/account.ts';
import { numberKeys } from '../domain/document-numbers.ts';
import type { Lookup, SearchDocument } from '../domain/search-tokens.ts';
import { isAccountInScope, itemsInScope, type Scope } from '../domain/scope.ts';
import type { NumberedItem, NumberIndex } from './number-index.ts';

export type SearchPage = {
  documents: SearchDocument[];
  /** Hand it back for the next page; absent at the end. */
  after?: string;
};

/** Who may see the documents of an account. */
export type SearchOwners = Pick<SearchDocument, 'assignedTo' | 'salesOwners'>;

/** Entry of the journal that posted it: what one posted to an account may lie together. */
export type NewDocument = SearchDocument & { entry?: number };

export interface SearchIndex extends NumberIndex {
  /**
   * Keeps those that are not there; what is there stays as it is and is handed back.
   * @throws outside the scope.
   */
  create(scope: Scope, documents: readonly NewDocument[]): Promise<NewDocument[]>;
  /** Keeps each once, in place of what was there of the same thing. @throws outside the scope. */
  put(scope: Scope, documents: readonly SearchDocument[]): Promise<void>;
  /**
   * Gives documents that are there other owners, and with them what lies together with them; changes nothing else.
   * @throws outside the scope.
   */
  own(scope: Scope, documents: readonly SearchDocument[], owners: SearchOwners): Promise<void>;
  /** The documents of accounts themselves, of those that are there. @throws outside the scope. */
  accounts(scope: Scope, companyId: string, accountIds: readonly string[]): Promise<SearchDocument[]>;
  /** All there is of an account, for whoever keeps the index. @throws outside the scope. */
  ofAccount(scope: Scope, key: AccountKey): Promise<SearchDocument[]>;
  /**
   * In the order of the store; what lies outside the scope is left out before the page is filled. A page may hold
   * fewer than asked for, even none, and not be the last. A mark that is none is the beginning.
   */
  find(
    scope: Scope,
    companyId: string,
    lookup: Lookup,
    page: { limit: number; after?: string },
  ): Promise<SearchPage>;
}

/** Names the document among all of its company. */
export const nameOfDocument = ({ accountId, itemId }: SearchDocument): string =>
  JSON.stringify([accountId, itemId ?? '']);

/** An account shows its own documents to whoever sees any of its items, an item itself alone. */
export const isDocumentInScope = (scope: Scope, document: SearchDocument): boolean => {
  if (document.itemId === undefined) return isAccountInScope(scope, document);
  const items = itemsInScope(scope, document);
  return items === 'all' || (items !== 'none' && items.includes(document.itemId));
};

/** At most this many of `findByNumber`. */
export const mostNumbered = 200;

/** The items whose number is one of these, of documents that were found by a token of theirs. */
export const numberedOf = (
  scope: Scope,
  found: readonly SearchDocument[],
  numbers: readonly string[],
): NumberedItem[] => {
  const wanted = new Set(numbers.flatMap(numberKeys));
  return found
    .filter((document) => isDocumentInScope(scope, document))
    .flatMap(({ accountId, itemId, texts }) => {
      const number = texts.find(({ field }) => field === 'number')?.text;
      if (itemId === undefined || number === undefined) return [];
      return numberKeys(number).some((key) => wanted.has(key)) ? [{ accountId, itemId, number }] : [];
    })
    .slice(0, mostNumbered);
};
