/**
 * `SearchIndex` in memory.
 * From and next: workflows under test.
 */
import { numberKeys } from '../../../shared/domain/document-numbers.ts';
import { isInScope, reachInto, type Scope } from '../../../shared/domain/scope.ts';
import type { SearchDocument } from '../../../shared/domain/search-tokens.ts';
import {
  isDocumentInScope,
  markFromText,
  mostNumbered,
  nameOfDocument,
  textOfMark,
  type SearchIndex,
  type SearchMark,
} from '../../../shared/ports/search-index.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';

export const memorySearch = (): SearchIndex => {
  const kept = new Map<string, string>();
  const assertInScope = (scope: Scope, companyId: string): void => {
    if (!isInScope(scope, companyId)) throw new Error(`the index of ${companyId} is out of scope`);
  };
  const idOf = (one: SearchDocument): string => JSON.stringify([one.companyId, nameOfDocument(one)]);
  const inCompany = (companyId: string): SearchDocument[] =>
    [...kept.values()]
      .map((text) => JSON.parse(text) as SearchDocument)
      .filter((one) => one.companyId === companyId);
  return {
    put: async (scope, documents) => {
      for (const one of documents) assertInScope(scope, one.companyId);
      for (const one of documents) kept.set(idOf(one), JSON.stringify(one));
    },
    remove: async (scope, documents) => {
      for (const one of documents) assertInScope(scope, one.companyId);
      for (const one of documents) kept.delete(idOf(one));
    },
    ofAccount: async (scope, { companyId, accountId }) => {
      assertInScope(scope, companyId);
      return inCompany(companyId).filter((one) => one.accountId === accountId);
    },
    find: async (scope, companyId, { token, isExact }, { limit, after }) => {
      if (reachInto(scope, companyId) === 'none') return { documents: [] };
      const mark = markFromText(after);
      const rest = inCompany(companyId)
        .filter((one) => (isExact ? one.token === token : one.token.startsWith(token)))
        .filter((one) => isDocumentInScope(scope, one))
        .map((document) => ({ document, at: { ...document, id: sha256(nameOfDocument(document)) } }))
        .filter(({ at }) => isAfter(at, mark))
        .toSorted((a, b) => (isAfter(a.at, b.at) ? 1 : -1));
      const page = rest.slice(0, limit);
      const last = page.length < limit ? undefined : page.at(-1)?.at;
      const documents = page.map(({ document }) => document);
      return last === undefined ? { documents } : { documents, after: textOfMark(last) };
    },
    findByNumber: async (scope, companyId, numbers) => {
      const wanted = new Set(numbers.flatMap(numberKeys));
      const hits = inCompany(companyId)
        .filter((one) => one.field === 'number' && isDocumentInScope(scope, one))
        .filter(({ text }) => numberKeys(text).some((key) => wanted.has(key)))
        .map(({ accountId, itemId = '', text: number }) => ({ accountId, itemId, number }));
      return [...new Map(hits.map((hit) => [JSON.stringify(hit), hit])).values()].slice(0, mostNumbered);
    },
  };
};

const isAfter = (a: SearchMark, b: SearchMark): boolean => {
  if (a.token !== b.token) return a.token > b.token;
  if (a.accountId !== b.accountId) return a.accountId > b.accountId;
  return a.id > b.id;
};
