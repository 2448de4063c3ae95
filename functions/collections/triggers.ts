/**
 * Collections: finding accounts and items.
 * From: subscription `ar-events/collections`, people who search. Next: `search`; hits with their reasons.
 */
import { arEvent } from '../../shared/contracts/messages.ts';
import { searchAnswer, searchQuery } from '../../shared/contracts/search.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onTopic } from '../../shared/edge/topic.ts';
import { indexAccounts, type IndexParts } from './index-accounts.ts';
import { runSearch, type SearchParts } from './run-search.ts';

export type CollectionsParts = { edge: Edge; collections: IndexParts & SearchParts };

export const registerCollectionsStaffHttp = ({ edge, collections }: CollectionsParts): void =>
  onRead(edge, {
    name: 'run-search',
    route: 'api/search',
    action: 'search.run',
    query: searchQuery,
    answer: searchAnswer,
    run: ({ query, scope }) => runSearch(collections, query, scope),
  });

export const registerCollectionsWork = ({ edge, collections }: CollectionsParts): void =>
  onTopic(edge, {
    name: 'index-accounts',
    topic: 'ar-events',
    subscription: 'collections',
    action: 'sys.search.index',
    schema: arEvent,
    runBatch: (events, { scope }) => indexAccounts(events, scope, collections),
  });
