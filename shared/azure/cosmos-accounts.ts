/**
 * `AccountStore` on Cosmos DB, container `ledger`, key /companyId, /accountId.
 * From: workflows. Next: `head`, `entry:`, `item:` and `payment:` documents, written in one batch under the
 * head's etag. What is counted and asked stays inside one account's partition.
 */
import type { Container } from '@azure/cosmos';
import { newAccount, type AccountItem, type AccountKey } from '../domain/account.ts';
import { dayFromText, type Day } from '../domain/calendar.ts';
import { entryIdOf } from '../domain/document-ids.ts';
import { appendTo, type Entry } from '../domain/entry.ts';
import { isInScope } from '../domain/scope.ts';
import { idsWanted } from '../ports/account-store.ts';
import type { AccountStore, ItemsWanted } from '../ports/account-store.ts';
import type { LoadedAccount } from '../ports/account-store.ts';
import { accountsInScope } from '../ports/accounts-in-scope.ts';
import { accountOf, documentsOf } from '../ports/append-documents.ts';
import { itemPage, paperPage, type Query } from './account-pages.ts';
import { duePage, headPage, holdersOf, writtenOffPage } from './cosmos-over-accounts.ts';
import { parseEntry, parseHead, parseItem, parseMoves } from './account-shapes.ts';
import { parsePaper } from './account-shapes.ts';
import { writeOnce } from './cosmos-append.ts';
import { hashOfContent } from './entry-hash.ts';

const entriesQuery = `SELECT TOP @limit * FROM c
  WHERE c.kind = 'entry' AND c.version > @version AND c.version <= @last ORDER BY c.version`;

/** Reads of one load before the account counts as too busy to be read as of one version. */
const mostReads = 5;

/** Called with the request units of each call to the service and the name of what it did. */
export type Charged = (operation: string, requestUnits: number) => void;

export const cosmosAccounts = (
  container: () => Container,
  charged: Charged = () => undefined,
): AccountStore => accountsInScope(wholeAccounts(container, charged));

/** Knows companies alone; accounts and items are kept apart around it. */
const wholeAccounts = (container: () => Container, charged: Charged): AccountStore => {
  const query = queryIn(container, charged);
  return {
    load: async (scope, key, items = []) =>
      isInScope(scope, key.companyId)
        ? loadAsOfOneVersion(container(), query, charged, key, items)
        : { account: newAccount(key), mark: undefined },
    append: async (scope, loaded, change, texts, papers) => {
      const { companyId, accountId } = loaded.account.head;
      if (!isInScope(scope, companyId)) throw new Error(`account ${accountId} is out of scope`);
      const append = appendTo(loaded.account, change, hashOfContent);
      return writeOnce(container(), charged, append, documentsOf(append, texts, papers), loaded.mark);
    },
    paper: async (scope, { companyId, accountId }, id) => {
      if (!isInScope(scope, companyId)) return undefined;
      const answer = await container().item(id, [companyId, accountId]).read<object>();
      charged('paper', answer.requestCharge);
      return answer.resource === undefined ? undefined : parsePaper(answer.resource);
    },
    papers: async (scope, key, page) =>
      isInScope(scope, key.companyId) ? paperPage(query, key, page) : { papers: [] },
    entries: async (scope, key, { afterVersion, limit }) => {
      if (!isInScope(scope, key.companyId)) return [];
      if (limit === 1) return readEntry(container(), charged, key, afterVersion + 1);
      const bounds = { limit, version: afterVersion, last: afterVersion + limit };
      return (await query('entries', key, entriesQuery, bounds)).map(parseEntry);
    },
    moves: async (scope, key, { afterVersion, limit }) => {
      if (!isInScope(scope, key.companyId)) return [];
      const bounds = { limit, version: afterVersion, last: afterVersion + limit };
      return (await query('moves', key, entriesQuery, bounds)).map(parseMoves);
    },
    openItems: (scope, key, page) => itemPage(query, scope, key, { ...page, state: 'open' }),
    items: (scope, key, page) => itemPage(query, scope, key, page),
    writtenOff: async (scope, companyId, page) =>
      isInScope(scope, companyId) ? writtenOffPage(container(), charged, companyId, page) : { items: [] },
    holders: async (scope, companyId, itemIds) =>
      isInScope(scope, companyId) ? holdersOf(container(), charged, companyId, itemIds) : [],
    heads: async (scope, companyId, page) =>
      isInScope(scope, companyId) ? headPage(container(), charged, companyId, page) : { heads: [] },
    due: async (scope, companyId, page) =>
      isInScope(scope, companyId) ? duePage(container(), charged, companyId, page) : { accounts: [] },
  };
};

const queryIn =
  (container: () => Container, charged: Charged): Query =>
  async (operation, { companyId, accountId }, text, values) => {
    const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
    const answer = await container()
      .items.query<unknown>({ query: text, parameters }, { partitionKey: [companyId, accountId] })
      .fetchAll();
    charged(operation, answer.requestCharge);
    return answer.resources;
  };

const loadAsOfOneVersion = async (
  container: Container,
  query: Query,
  charged: Charged,
  key: AccountKey,
  wanted: ItemsWanted,
): Promise<LoadedAccount> => {
  for (let read = 1; read <= mostReads; read += 1) {
    const head = await readHead(container, charged, key);
    if (head === undefined) return { account: newAccount(key), mark: undefined };
    const found = await readItems(container, query, charged, key, idsWanted(wanted, head.head));
    const isOneVersion = found.every(({ version }) => version <= head.head.version);
    if (!isOneVersion) continue;
    const items = found.map(({ item }) => item);
    const account = await accountOf(head.head, items, (ids) => oldestWithout(query, key, ids));
    return { account, mark: head.mark };
  }
  throw new Error(`account ${key.accountId} changed during each of ${mostReads} reads`);
};

const readHead = async (
  container: Container,
  charged: Charged,
  { companyId, accountId }: AccountKey,
): Promise<{ head: ReturnType<typeof parseHead>; mark: string } | undefined> => {
  const answer = await container.item('head', [companyId, accountId]).read<object>();
  charged('head', answer.requestCharge);
  return answer.resource === undefined ? undefined : { head: parseHead(answer.resource), mark: answer.etag };
};

/** One entry is read by its id, as one item is. */
const readEntry = async (
  container: Container,
  charged: Charged,
  { companyId, accountId }: AccountKey,
  version: number,
): Promise<Entry[]> => {
  const answer = await container.item(entryIdOf(version), [companyId, accountId]).read<object>();
  charged('entry', answer.requestCharge);
  return answer.resource === undefined ? [] : [parseEntry(answer.resource)];
};

/** One item by its id is the cheapest read there is; several are one query. */
const readItems = async (
  container: Container,
  query: Query,
  charged: Charged,
  key: AccountKey,
  itemIds: readonly string[],
): Promise<{ version: number; item: AccountItem }[]> => {
  if (itemIds.length === 0) return [];
  const [only] = itemIds;
  if (itemIds.length === 1 && only !== undefined) {
    const answer = await container.item(only, [key.companyId, key.accountId]).read<object>();
    charged('item', answer.requestCharge);
    return answer.resource === undefined ? [] : [parseItem(answer.resource)];
  }
  const values = namedIds(itemIds);
  const text = `SELECT * FROM c WHERE c.kind = 'item' AND c.id IN (${namesOf(values)})`;
  return (await query('items', key, text, values)).map(parseItem);
};

const namedIds = (ids: readonly string[]): Record<string, string> =>
  Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));

const namesOf = (values: object): string =>
  Object.keys(values)
    .map((name) => `@${name}`)
    .join(', ');

/** The earliest due day of open items that claim money, beside those at hand. */
const oldestWithout = async (
  query: Query,
  key: AccountKey,
  ids: readonly string[],
): Promise<Day | undefined> => {
  const values = namedIds(ids);
  const text = `SELECT TOP 1 c.dueOn FROM c WHERE c.kind = 'item' AND c.openState = 'debit'
    AND c.id NOT IN (${namesOf(values)}) ORDER BY c.kind, c.dueOn, c.id`;
  const [first] = (await query('oldest', key, text, values)) as { dueOn: string }[];
  return first === undefined ? undefined : dayFromText(first.dueOn);
};
