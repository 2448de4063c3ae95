/**
 * What is read over all accounts of a company on Cosmos DB, container `ledger`: heads, and written-off items by their
 * indexed relief mark.
 * From: `cosmos-accounts.ts`. Next: exports and checks; the list of what tax may be claimed back.
 */
import type { Container } from '@azure/cosmos';
import type { Day } from '../domain/calendar.ts';
import type { HeldItem } from '../domain/number-elsewhere.ts';
import type { DueAccount, DuePage, HeadPage, WrittenOffPage } from '../ports/account-store.ts';
import { neverOn } from '../ports/account-store.ts';
import { reliefBound } from '../ports/append-documents.ts';
import { parseHead, parseItem } from './account-shapes.ts';

const text = `SELECT TOP @limit * FROM c WHERE c.reliefMark > @after AND c.reliefMark < @bound
  ORDER BY c.reliefMark`;

type Stored = { accountId: string; reliefMark: string };

export const writtenOffPage = async (
  container: Container,
  charged: (operation: string, requestUnits: number) => void,
  companyId: string,
  { until = neverOn, limit, after = '' }: { until?: Day; limit: number; after?: string },
): Promise<WrittenOffPage> => {
  const values = { limit, after, bound: reliefBound(until) };
  const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
  const answer = await container.items
    .query<Stored>({ query: text, parameters }, { partitionKey: [companyId] })
    .fetchAll();
  charged('writtenOff', answer.requestCharge);
  const items = answer.resources.map((one) => ({ accountId: one.accountId, item: parseItem(one).item }));
  const last = answer.resources.length < limit ? undefined : answer.resources.at(-1);
  return last === undefined ? { items } : { items, after: last.reliefMark };
};

const headsText = "SELECT * FROM c WHERE c.kind = 'head'";
const markedText = `${headsText} AND ARRAY_CONTAINS(c.marks, @mark)`;
const dueText = `SELECT c.accountId, c.nextReviewAt, c.head.version FROM c
  WHERE c.kind = 'head' AND c.nextReviewAt <= @until`;

/** Not sorted: what is worked off meanwhile leaves the list, and many are due at the same instant. */
export const duePage = async (
  container: Container,
  charged: (operation: string, requestUnits: number) => void,
  companyId: string,
  { until, limit, after }: { until: string; limit: number; after?: string },
): Promise<DuePage> => {
  const answer = await container.items
    .query<DueAccount>(
      { query: dueText, parameters: [{ name: '@until', value: until }] },
      {
        partitionKey: [companyId],
        maxItemCount: limit,
        ...(after === undefined ? {} : { continuationToken: after }),
      },
    )
    .fetchNext();
  charged('due', answer.requestCharge);
  const accounts = answer.resources.map((one) => ({
    ...{ accountId: one.accountId, version: one.version, nextReviewAt: one.nextReviewAt },
  }));
  return answer.continuationToken ? { accounts, after: answer.continuationToken } : { accounts };
};

/** Nothing is sorted, so that the service's own mark goes on where the page ended. */
export const headPage = async (
  container: Container,
  charged: (operation: string, requestUnits: number) => void,
  companyId: string,
  { limit, after, mark }: { limit: number; after?: string; mark?: string },
): Promise<HeadPage> => {
  const wanted =
    mark === undefined
      ? { query: headsText }
      : { query: markedText, parameters: [{ name: '@mark', value: mark }] };
  const answer = await container.items
    .query<unknown>(wanted, {
      partitionKey: [companyId],
      maxItemCount: limit,
      ...(after === undefined ? {} : { continuationToken: after }),
    })
    .fetchNext();
  charged('heads', answer.requestCharge);
  const heads = answer.resources.map(parseHead);
  return answer.continuationToken ? { heads, after: answer.continuationToken } : { heads };
};

const holdersText = "SELECT * FROM c WHERE c.kind = 'item' AND ARRAY_CONTAINS(@ids, c.id)";

/** Ids are indexed everywhere: what nobody has costs no more than asking. */
export const holdersOf = async (
  container: Container,
  charged: (operation: string, requestUnits: number) => void,
  companyId: string,
  itemIds: readonly string[],
): Promise<HeldItem[]> => {
  if (itemIds.length === 0) return [];
  const query = { query: holdersText, parameters: [{ name: '@ids', value: [...itemIds] }] };
  const answer = await container.items
    .query<{ accountId: string }>(query, { partitionKey: [companyId] })
    .fetchAll();
  charged('holders', answer.requestCharge);
  return answer.resources.map((one) => ({ accountId: one.accountId, item: parseItem(one).item }));
};
