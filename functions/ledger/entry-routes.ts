/**
 * Routes to typing documents in: enter, look at what waits, approve, drop, take back.
 * From: `triggers.ts`. Next: `enter-items.ts`, `decide-entry.ts`.
 */
import {
  enteredOf,
  entryAnswer,
  entryBody,
  entryCompanyParams,
  entryRequestAnswer,
  entryRequestAnswerOf,
  entryRequestParams,
  entryRequestsAnswer,
  entryRequestsQuery,
  noEntryBody,
  undoAnswer,
  undoBody,
} from '../../shared/contracts/entries.ts';
import { accountItemParams } from '../../shared/contracts/accounts.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import { isInScope } from '../../shared/domain/scope.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { isLimited } from '../../shared/edge/fields.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { deskCall } from './cash-routes.ts';
import { approveEntry, dropEntry, takeBackEntry } from './decide-entry.ts';
import { enterItems, type EntryParts } from './enter-items.ts';

export type EntryTriggerParts = { edge: Edge; entry: EntryParts };

const action = 'inv.create.manual';

export const registerEntries = ({ edge, entry }: EntryTriggerParts): void => {
  const entryCall = (call: Parameters<typeof deskCall>[0]) => ({
    ...deskCall(call),
    isLimited: isLimited(action, call.caller.principals),
  });
  onWrite(edge, {
    ...{ name: 'enter-items', method: 'POST', route: 'api/items', action },
    ...{ body: entryBody, answer: entryAnswer, status: 201 },
    run: (call) => {
      const { company: companyId, items, totals } = call.body;
      return enterItems(entry, entryCall(call), { companyId, items: items.map(enteredOf), totals });
    },
  });
  onWrite(edge, {
    ...{ name: 'undo-entry', method: 'POST', action, params: accountItemParams },
    route: 'api/accounts/{company}/{account}/items/{item}/undo',
    ...{ body: undoBody, answer: undoAnswer },
    run: (call) => {
      const { company: companyId, account: accountId, item } = call.params;
      return takeBackEntry(entry, entryCall(call), { companyId, accountId }, item);
    },
  });
};

export const registerEntryRequests = ({ edge, entry }: EntryTriggerParts): void => {
  const one = 'api/companies/{company}/entry-requests';
  onRead(edge, {
    ...{ name: 'list-entry-requests', route: one, params: entryCompanyParams },
    action: 'inv.import.report.read',
    ...{ query: entryRequestsQuery, answer: entryRequestsAnswer },
    run: async ({ params, query: { state, limit, after }, scope }) => {
      if (!isInScope(scope, params.company)) return refuse('not-found', 'There is no such company.');
      const page = after === undefined ? { limit } : { limit, after };
      const { requests, ...rest } = await entry.entryRequests.list(scope, params.company, state, page);
      return done({ requests: requests.map(entryRequestAnswerOf), ...rest });
    },
  });
  onWrite(edge, {
    ...{ name: 'approve-entry', method: 'POST', route: `${one}/{request}/approval` },
    ...{ action: 'inv.create.approve', params: entryRequestParams },
    ...{ body: noEntryBody, answer: entryRequestAnswer },
    run: (call) => approveEntry(entry, deskCall(call), call.params),
  });
  onWrite(edge, {
    ...{ name: 'drop-entry', method: 'POST', route: `${one}/{request}/drop`, action },
    ...{ params: entryRequestParams, body: noEntryBody, answer: entryRequestAnswer },
    run: (call) => dropEntry(entry, deskCall(call), call.params),
  });
};
