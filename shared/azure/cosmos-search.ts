/**
 * `SearchIndex` on Cosmos DB, container `search`, key /companyId, /tokenPrefix: one document per token.
 * From: `functions/collections`, money whose payer is sought. Next: keyset pages over (token, account, id); a
 * look-up reads one partition and as many documents as it shows, however many there are.
 */
import type { Container, SqlParameter } from '@azure/cosmos';
import { numberKeys } from '../domain/document-numbers.ts';
import { isInScope, reachInto, type Scope } from '../domain/scope.ts';
import { numberTokens, tokenPrefixOf, type Lookup, type SearchDocument } from '../domain/search-tokens.ts';
import {
  isDocumentInScope,
  markFromText,
  mostNumbered,
  nameOfDocument,
  textOfMark,
  type SearchIndex,
  type SearchPage,
} from '../ports/search-index.ts';
import { sha256 } from './entry-hash.ts';
import { documentOf, parseSearch, type SearchShape } from './search-shapes.ts';

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

export const cosmosSearch = (
  container: () => Container,
  charged: Charged = () => undefined,
): SearchIndex => ({
  put: (scope, documents) =>
    each(scope, documents, async (document) => {
      const answer = await container().items.upsert(shapeOf(document));
      charged('put search', answer.requestCharge);
    }),
  remove: (scope, documents) =>
    each(scope, documents, async (document) => {
      const { id, companyId, tokenPrefix } = shapeOf(document);
      try {
        const answer = await container().item(id, [companyId, tokenPrefix]).delete();
        charged('remove search', answer.requestCharge);
      } catch (fault) {
        if ((fault as { code?: unknown }).code !== 404) throw fault;
      }
    }),
  ofAccount: async (scope, { companyId, accountId }) => {
    assertInScope(scope, companyId);
    const parameters = [{ name: '@accountId', value: accountId }];
    const query = 'SELECT * FROM c WHERE c.accountId = @accountId';
    const answer = await container()
      .items.query<unknown>({ query, parameters }, { partitionKey: [companyId] })
      .fetchAll();
    charged('search of account', answer.requestCharge);
    return answer.resources.map((one) => documentOf(parseSearch(one)));
  },
  find: async (scope, companyId, lookup, page) => {
    if (reachInto(scope, companyId) === 'none') return { documents: [] };
    return find(container(), charged, scope, companyId, lookup, page);
  },
  findByNumber: async (scope, companyId, numbers) => {
    if (reachInto(scope, companyId) === 'none') return [];
    const wanted = new Set(numbers.flatMap(numberKeys));
    const found = await numbered(container(), charged, companyId, [
      ...new Set(numbers.flatMap(numberTokens)),
    ]);
    const hits = found.filter(
      ({ field, itemId, text }) =>
        field === 'number' && itemId !== undefined && numberKeys(text).some((key) => wanted.has(key)),
    );
    return [
      ...new Map(
        hits
          .filter((hit) => isDocumentInScope(scope, hit))
          .map(({ accountId, itemId = '', text }) => [
            JSON.stringify([accountId, itemId]),
            { accountId, itemId, number: text },
          ]),
      ).values(),
    ].slice(0, mostNumbered);
  },
});

const shapeOf = (document: SearchDocument): SearchShape => ({
  ...document,
  id: sha256(nameOfDocument(document)),
  tokenPrefix: tokenPrefixOf(document.token),
});

const assertInScope = (scope: Scope, companyId: string): void => {
  if (!isInScope(scope, companyId)) throw new Error(`the index of ${companyId} is out of scope`);
};

/** Calls at once. */
const atOnce = 16;

const each = async (
  scope: Scope,
  documents: readonly SearchDocument[],
  work: (document: SearchDocument) => Promise<void>,
): Promise<void> => {
  for (const { companyId } of documents) assertInScope(scope, companyId);
  for (let first = 0; first < documents.length; first += atOnce)
    await Promise.all(documents.slice(first, first + atOnce).map(work));
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
  { token, isExact }: Lookup,
  { limit, after }: { limit: number; after?: string },
): Promise<SearchPage> => {
  const mark = markFromText(after);
  const seen = conditionOf(scope, companyId);
  const range = isExact ? 'c.token = @token' : 'c.token >= @token AND c.token < @end';
  const query = `SELECT TOP @limit * FROM c WHERE ${range}
    AND (c.token > @afterToken OR (c.token = @afterToken AND (c.accountId > @afterAccount
      OR (c.accountId = @afterAccount AND c.id > @afterId))))
    ${seen === undefined ? '' : `AND (${seen.text})`} ORDER BY c.token, c.accountId, c.id`;
  const parameters: SqlParameter[] = [
    { name: '@limit', value: limit },
    { name: '@token', value: token },
    ...(isExact ? [] : [{ name: '@end', value: `${token}\uffff` }]),
    { name: '@afterToken', value: mark.token },
    { name: '@afterAccount', value: mark.accountId },
    { name: '@afterId', value: mark.id },
    ...(seen?.parameters ?? []),
  ];
  const answer = await container.items
    .query<unknown>({ query, parameters }, { partitionKey: [companyId, tokenPrefixOf(token)] })
    .fetchAll();
  charged('search', answer.requestCharge);
  const shapes = answer.resources.map(parseSearch);
  const documents = shapes.map(documentOf).filter((one) => isDocumentInScope(scope, one));
  const last = shapes.length < limit ? undefined : shapes.at(-1);
  return last === undefined ? { documents } : { documents, after: textOfMark(last) };
};

/** Documents of just these tokens, partition by partition. */
const numbered = async (
  container: Container,
  charged: Charged,
  companyId: string,
  tokens: readonly string[],
): Promise<SearchDocument[]> => {
  const partitions = [...Map.groupBy(tokens, tokenPrefixOf)];
  const found: SearchDocument[] = [];
  for (let first = 0; first < partitions.length; first += atOnce) {
    const some = partitions.slice(first, first + atOnce).map(async ([tokenPrefix, own]) => {
      const parameters = own.map((value, n) => ({ name: `@t${n}`, value }));
      const names = parameters.map(({ name }) => name).join(', ');
      const query = `SELECT TOP ${mostNumbered} * FROM c WHERE c.token IN (${names})`;
      const answer = await container.items
        .query<unknown>({ query, parameters }, { partitionKey: [companyId, tokenPrefix] })
        .fetchAll();
      charged('find by number', answer.requestCharge);
      return answer.resources.map((one) => documentOf(parseSearch(one)));
    });
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
};
