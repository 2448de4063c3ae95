/**
 * Collections: finding accounts and items, whose they are, and which of them to work on next.
 * From: subscription `ar-events/collections`, people who search and call. Next: `search`, `worklist`.
 */
import {
  assignmentAnswer,
  assignmentBody,
  assignmentFields,
  assignmentParams,
  sellersBody,
} from '../../shared/contracts/assignments.ts';
import { arEvent, tickMessage } from '../../shared/contracts/messages.ts';
import { searchAnswer, searchQuery } from '../../shared/contracts/search.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { onTopic } from '../../shared/edge/topic.ts';
import { assignAccount, assignCallOf } from './assign-account.ts';
import { registerCalls } from './call-routes.ts';
import { indexAccounts, type IndexParts } from './index-accounts.ts';
import { keepRows } from './keep-rows.ts';
import { renewRows } from './renew-rows.ts';
import type { CallParts } from './log-call.ts';
import { registerWorklistSettings, type TeamParts } from './setting-routes.ts';
import { registerTeam } from './team-routes.ts';
import { registerWorklist, type WorklistParts } from './worklist-routes.ts';
import { giveAccount, type TellParts } from './tell-collectors.ts';
import { runSearch, type SearchParts } from './run-search.ts';

export type CollectionsParts = {
  edge: Edge;
  collections: IndexParts & SearchParts & WorklistParts & CallParts & TeamParts & TellParts;
};

export const registerCollectionsStaffHttp = (parts: CollectionsParts): void => {
  registerSearch(parts);
  registerAssignments(parts);
  registerWorklist(parts);
  registerCalls(parts);
  registerTeam(parts);
  registerWorklistSettings(parts);
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
    run: (call) => giveAccount(call.params, call.body, assignCallOf(call), collections),
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

export const registerCollectionsWork = ({ edge, collections }: CollectionsParts): void => {
  onTopic(edge, {
    name: 'index-accounts',
    topic: 'ar-events',
    subscription: 'collections',
    action: 'sys.search.index',
    schema: arEvent,
    runBatch: async (events, call) => {
      await indexAccounts(events, call.scope, collections);
      await keepRows(events, call, collections);
    },
  });
  onQueue(edge, {
    name: 'renew-worklist',
    queue: 'worklist-ticks',
    action: 'sys.worklist.project',
    schema: tickMessage,
    run: (tick, call) => renewRows(tick, call, collections),
  });
};
