/**
 * What is read over all accounts of a company on Cosmos DB, container `ledger`: heads, and written-off items by their
 * indexed relief mark.
 * From: `cosmos-accounts.ts`. Next: exports and checks; the list of what tax may be claimed back.
 */
import type { Container } from '@azure/cosmos';
import type { Day } from '../domain/calendar.ts';
import type { HeadPage, WrittenOffPage } from '../ports/account-store.ts';
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

/** Nothing is sorted, so that the service's own mark goes on where the page ended. */
export const headPage = async (
  container: Container,
  charged: (operation: string, requestUnits: number) => void,
  companyId: string,
  { limit, after }: { limit: number; after?: string },
): Promise<HeadPage> => {
  const answer = await container.items
    .query<unknown>("SELECT * FROM c WHERE c.kind = 'head'", {
      partitionKey: [companyId],
      maxItemCount: limit,
      ...(after === undefined ? {} : { continuationToken: after }),
    })
    .fetchNext();
  charged('heads', answer.requestCharge);
  const heads = answer.resources.map(parseHead);
  return answer.continuationToken ? { heads, after: answer.continuationToken } : { heads };
};
