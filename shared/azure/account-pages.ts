/**
 * Pages of one account's partition: items by due day, papers by id.
 * From: `cosmos-accounts.ts`. Next: the service, by keyset and an indexed path, never a scan.
 */
import type { AccountKey } from '../domain/account.ts';
import { isInScope, type Scope } from '../domain/scope.ts';
import type { ItemPage, ItemState, PaperKind, PaperPage } from '../ports/account-store.ts';
import { pageMark } from '../ports/append-documents.ts';
import { parseItem, parsePaperPlace } from './account-shapes.ts';

export type Query = (
  operation: string,
  key: AccountKey,
  text: string,
  values: Record<string, string | number>,
) => Promise<unknown[]>;

const itemsQuery = (states: string): string => `SELECT TOP @limit * FROM c WHERE c.kind = 'item' ${states}
  AND (c.dueOn > @dueOn OR (c.dueOn = @dueOn AND c.id > @id)) ORDER BY c.kind, c.dueOn, c.id`;
const itemQueries: Record<ItemState, { operation: string; text: string }> = {
  open: { operation: 'openItems', text: itemsQuery("AND c.openState IN ('debit', 'credit')") },
  closed: { operation: 'closedItems', text: itemsQuery("AND c.openState = 'closed'") },
  all: { operation: 'allItems', text: itemsQuery('') },
};

const papersQuery = `SELECT TOP @limit * FROM c
  WHERE c.paperId > @from AND c.paperId < @before ORDER BY c.paperId DESC`;

/** Behind every id that begins with a kind and its colon. */
export const paperPage = async (
  query: Query,
  key: AccountKey,
  { kind, limit, after = `${kind};` }: { kind: PaperKind; limit: number; after?: string },
): Promise<PaperPage> => {
  const found = await query('papers', key, papersQuery, { limit, from: `${kind}:`, before: after });
  const papers = found.map(parsePaperPlace);
  const last = papers.length < limit ? undefined : papers.at(-1);
  return last === undefined ? { papers } : { papers, after: last.id };
};

export const itemPage = async (
  query: Query,
  scope: Scope,
  key: AccountKey,
  { state, limit, after }: { state: ItemState; limit: number; after?: string },
): Promise<ItemPage> => {
  if (!isInScope(scope, key.companyId)) return { items: [] };
  const { operation, text } = itemQueries[state];
  const [dueOn = '', id = ''] = after?.split(' ') ?? [];
  const found = (await query(operation, key, text, { limit, dueOn, id })).map(parseItem);
  const items = found.map(({ item }) => item);
  const last = items.length < limit ? undefined : items.at(-1);
  return last === undefined ? { items } : { items, after: pageMark(last) };
};
