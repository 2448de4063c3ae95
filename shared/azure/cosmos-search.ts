/**
 * `SearchIndex` on Cosmos DB, container `search`, key /companyId, /bucket: one document per account, and per item or pack of
 * items.
 * From: `functions/collections`, money whose payer is sought. Next: pages in the order of the store, whose own mark
 * goes on; a look-up pays for the documents it shows, however many there are.
 */
import type { Container, SqlParameter, SqlQuerySpec } from '@azure/cosmos';
import { isInScope, reachInto, type Scope } from '../domain/scope.ts';
import { numberTokens, textsFoundBy, type Lookup, type SearchDocument } from '../domain/search-tokens.ts';
import {
  isDocumentInScope,
  mostNumbered,
  numberedOf,
  type SearchIndex,
  type SearchPage,
} from '../ports/search-index.ts';
import { searchWriter } from './search-batches.ts';
import type { Charged } from './search-packs.ts';
import { inPages, placeOf } from './search-pages.ts';
import { bucketOf, documentsOf } from './search-shapes.ts';

export const cosmosSearch = (container: () => Container, charged: Charged = () => undefined): SearchIndex => {
  const writer = searchWriter(container, charged);
  const read = async (operation: string, key: string[], query: SqlQuerySpec): Promise<SearchDocument[]> => {
    const answer = await container().items.query<unknown>(query, { partitionKey: key }).fetchAll();
    charged(operation, answer.requestCharge);
    return answer.resources.flatMap(documentsOf);
  };
  return {
    create: async (scope, documents) => {
      assertAllInScope(scope, documents);
      return writer.create(documents);
    },
    put: async (scope, documents) => {
      assertAllInScope(scope, documents);
      await writer.put(documents);
    },
    own: async (scope, documents, owners) => {
      assertAllInScope(scope, documents);
      await writer.own(documents, owners);
    },
    accounts: async (scope, companyId, accountIds) => {
      assertInScope(scope, companyId);
      const parameters = [{ name: '@accounts', value: [...accountIds] }];
      const query = "SELECT * FROM c WHERE c.kind = 'account' AND ARRAY_CONTAINS(@accounts, c.accountId)";
      return accountIds.length === 0 ? [] : read('search accounts', [companyId], { query, parameters });
    },
    ofAccount: async (scope, { companyId, accountId }) => {
      assertInScope(scope, companyId);
      const parameters = [{ name: '@accountId', value: accountId }];
      const query = 'SELECT * FROM c WHERE c.accountId = @accountId';
      return read('search of account', [companyId, bucketOf(accountId)], { query, parameters });
    },
    find: async (scope, companyId, lookup, page) => {
      if (reachInto(scope, companyId) === 'none') return { documents: [] };
      return find(container(), charged, scope, companyId, lookup, page);
    },
    findByNumber: async (scope, companyId, numbers) => {
      const tokens = [...new Set(numbers.flatMap(numberTokens))];
      if (reachInto(scope, companyId) === 'none' || tokens.length === 0) return [];
      const parameters = [{ name: '@tokens', value: tokens }];
      const query = `SELECT TOP ${mostNumbered} * FROM c WHERE (c.kind = 'item' OR c.kind = 'pack')
        AND EXISTS (SELECT VALUE t FROM t IN c.tokens WHERE ARRAY_CONTAINS(@tokens, t))`;
      return numberedOf(scope, await read('find by number', [companyId], { query, parameters }), numbers);
    },
  };
};

const assertInScope = (scope: Scope, companyId: string): void => {
  if (!isInScope(scope, companyId)) throw new Error(`the index of ${companyId} is out of scope`);
};

const assertAllInScope = (scope: Scope, documents: readonly SearchDocument[]): void => {
  for (const { companyId } of documents) assertInScope(scope, companyId);
};

/** The scope as a condition, so that foreign documents are not read; undefined: all of the company. */
const conditionOf = (
  scope: Scope,
  companyId: string,
): { text: string; parameters: SqlParameter[] } | undefined => {
  if (reachInto(scope, companyId) === 'all') return undefined;
  const [texts, parameters]: [string[], SqlParameter[]] = [['false'], []];
  const name = (value: string | readonly string[]): string => {
    parameters.push({ name: `@s${parameters.length}`, value: value });
    return `@s${parameters.length - 1}`;
  };
  for (const { companies, accounts } of scope.parts) {
    if (companies !== 'all' && !companies.includes(companyId)) continue;
    if (accounts.by === 'collector') texts.push(`ARRAY_CONTAINS(${name(accounts.ids)}, c.assignedTo)`);
    if (accounts.by === 'salesOwner')
      for (const id of accounts.ids) texts.push(`ARRAY_CONTAINS(c.salesOwners, ${name(id)})`);
    if (accounts.by === 'grant') texts.push(`c.accountId = ${name(accounts.accountId)}`);
  }
  return { text: texts.join(' OR '), parameters };
};

const find = async (
  container: Container,
  charged: Charged,
  scope: Scope,
  companyId: string,
  lookup: Lookup,
  { limit, after }: { limit: number; after?: string },
): Promise<SearchPage> => {
  const { token, isExact } = lookup;
  const seen = conditionOf(scope, companyId);
  const longer = 'EXISTS (SELECT VALUE t FROM t IN c.tokens WHERE t > @token AND t < @end)';
  const found = isExact ? 'ARRAY_CONTAINS(c.tokens, @token)' : longer;
  const query = `SELECT * FROM c WHERE ${found}${seen === undefined ? '' : ` AND (${seen.text})`}`;
  const end = isExact ? [] : [{ name: '@end', value: `${token}\uffff` }];
  const parameters = [{ name: '@token', value: token }, ...end, ...(seen?.parameters ?? [])];
  const pageFrom = async (mark: string | undefined) => {
    const { continuationToken, size = limit, skip = 0 } = placeOf(mark);
    const goOn = continuationToken === undefined ? {} : { continuationToken };
    const options = { partitionKey: [companyId], maxItemCount: size, ...goOn };
    const answer = await container.items.query<unknown>({ query, parameters }, options).fetchNext();
    charged('search', answer.requestCharge);
    const documents = answer.resources
      .flatMap((resource) => foundIn(documentsOf(resource), lookup))
      .filter((one) => isDocumentInScope(scope, one));
    return inPages(documents, { continuationToken, size, skip, limit, next: answer.continuationToken });
  };
  return pageFrom(after).catch((fault: unknown) => {
    // somebody else's mark, or none at all
    if (after === undefined || (fault as { code?: unknown }).code !== 400) throw fault;
    return pageFrom(undefined);
  });
};

/** Of a pack those that are asked for alone. */
const foundIn = (documents: readonly SearchDocument[], lookup: Lookup): readonly SearchDocument[] =>
  documents.length === 1 ? documents : documents.filter((one) => textsFoundBy(one, lookup).length > 0);
