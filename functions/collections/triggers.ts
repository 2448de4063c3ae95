/**
 * Collections: finding accounts and items, and whose they are.
 * From: subscription `ar-events/collections`, people who search. Next: `search`; hits with their reasons.
 */
import {
  assignmentAnswer,
  assignmentBody,
  assignmentFields,
  assignmentParams,
  sellersBody,
} from '../../shared/contracts/assignments.ts';
import { arEvent } from '../../shared/contracts/messages.ts';
import { searchAnswer, searchQuery } from '../../shared/contracts/search.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onTopic } from '../../shared/edge/topic.ts';
import { assignAccount, assignCallOf } from './assign-account.ts';
import { indexAccounts, type IndexParts } from './index-accounts.ts';
import { runSearch, type SearchParts } from './run-search.ts';

export type CollectionsParts = { edge: Edge; collections: IndexParts & SearchParts };

export const registerCollectionsStaffHttp = (parts: CollectionsParts): void => {
  registerSearch(parts);
  registerAssignments(parts);
};

const registerSearch = ({ edge, collections }: CollectionsParts): void =>
  onRead(edge, {
    name: 'run-search',
    route: 'api/search',
    action: 'search.run',
    query: searchQuery,
    answer: searchAnswer,
    run: ({ query, scope }) => runSearch(collections, query, scope),
  });

const registerAssignments = ({ edge, collections }: CollectionsParts): void => {
  const assigning = {
    method: 'POST',
    params: assignmentParams,
    answer: assignmentAnswer,
    fields: assignmentFields,
  } as const;
  onWrite(edge, {
    ...assigning,
    name: 'assign-collector',
    route: 'api/accounts/{companyId}/{accountId}/assignment',
    action: 'acct.assign.collector',
    body: assignmentBody,
    bodyFields: { to: 'account.assignments' },
    run: (call) => assignAccount(call.params, call.body, assignCallOf(call), collections),
  });
  onWrite(edge, {
    ...assigning,
    name: 'assign-sellers',
    route: 'api/accounts/{companyId}/{accountId}/sellers',
    action: 'acct.assign.sales',
    body: sellersBody,
    bodyFields: { owners: 'account.assignments' },
    run: (call) => assignAccount(call.params, call.body, assignCallOf(call), collections),
  });
};

export const registerCollectionsWork = ({ edge, collections }: CollectionsParts): void =>
  onTopic(edge, {
    name: 'index-accounts',
    topic: 'ar-events',
    subscription: 'collections',
    action: 'sys.search.index',
    schema: arEvent,
    runBatch: (events, { scope }) => indexAccounts(events, scope, collections),
  });
