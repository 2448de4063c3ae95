/**
 * `SearchIndex` in memory.
 * From and next: workflows under test.
 */
import { isInScope, reachInto, type Scope } from '../../../shared/domain/scope.ts';
import { textsFoundBy, type SearchDocument } from '../../../shared/domain/search-tokens.ts';
import {
  isDocumentInScope,
  nameOfDocument,
  numberedOf,
  type NewDocument,
  type SearchIndex,
} from '../../../shared/ports/search-index.ts';

export const memorySearch = (): SearchIndex => {
  const kept = new Map<string, string>();
  const assertInScope = (scope: Scope, companyId: string): void => {
    if (!isInScope(scope, companyId)) throw new Error(`the index of ${companyId} is out of scope`);
  };
  const idOf = (one: SearchDocument): string => JSON.stringify([one.companyId, nameOfDocument(one)]);
  const keep = ({ entry: _, ...one }: NewDocument): unknown => kept.set(idOf(one), JSON.stringify(one));
  const inCompany = (companyId: string): SearchDocument[] =>
    [...kept.values()]
      .map((text) => JSON.parse(text) as SearchDocument)
      .filter((one) => one.companyId === companyId);
  const assertAll = (scope: Scope, documents: readonly SearchDocument[]): void => {
    for (const { companyId } of documents) assertInScope(scope, companyId);
  };
  return {
    create: async (scope, documents) => {
      assertAll(scope, documents);
      const there = documents.filter((one) => kept.has(idOf(one)));
      for (const one of documents) if (!kept.has(idOf(one))) keep(one);
      return there;
    },
    put: async (scope, documents) => {
      assertAll(scope, documents);
      documents.forEach(keep);
    },
    own: async (scope, documents, owners) => {
      assertAll(scope, documents);
      for (const one of documents) {
        const {
          assignedTo: _a,
          salesOwners: _s,
          ...rest
        } = JSON.parse(kept.get(idOf(one))!) as SearchDocument;
        keep({ ...rest, ...owners });
      }
    },
    accounts: async (scope, companyId, accountIds) => {
      assertInScope(scope, companyId);
      return inCompany(companyId).filter(
        (one) => one.itemId === undefined && accountIds.includes(one.accountId),
      );
    },
    ofAccount: async (scope, { companyId, accountId }) => {
      assertInScope(scope, companyId);
      return inCompany(companyId).filter((one) => one.accountId === accountId);
    },
    find: async (scope, companyId, lookup, { limit, after }) => {
      if (reachInto(scope, companyId) === 'none') return { documents: [] };
      const rest = inCompany(companyId)
        .filter((one) => isDocumentInScope(scope, one) && textsFoundBy(one, lookup).length > 0)
        .toSorted((a, b) => (nameOfDocument(a) < nameOfDocument(b) ? -1 : 1))
        .filter((one) => nameOfDocument(one) > (after ?? ''));
      const documents = rest.slice(0, limit);
      const last = documents.at(-1);
      return rest.length <= limit || last === undefined
        ? { documents }
        : { documents, after: nameOfDocument(last) };
    },
    findByNumber: async (scope, companyId, numbers) => numberedOf(scope, inCompany(companyId), numbers),
  };
};
