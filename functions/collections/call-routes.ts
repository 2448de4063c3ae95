/**
 * Routes of calls: the card before one, its outcome, the taking back of it.
 * From: collectors. Next: the workflows beside this file.
 */
import {
  callAnswer,
  callBody,
  callParams,
  cardAnswer,
  cardFields,
  undoAnswer,
  undoBody,
  undoParams,
} from '../../shared/contracts/calls.ts';
import { rowParams } from '../../shared/contracts/worklist.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { logOutcome, type CallParts } from './log-call.ts';
import { showCard } from './show-card.ts';
import { takeBackCall } from './take-back-call.ts';
import { callerIdOf } from './worklist-routes.ts';

export const registerCalls = ({ edge, collections }: { edge: Edge; collections: CallParts }): void => {
  onRead(edge, {
    name: 'show-call-card',
    route: 'api/companies/{company}/worklist/{account}/card',
    action: 'task.list',
    params: rowParams,
    answer: cardAnswer,
    fields: cardFields,
    run: ({ params, ...call }) => showCard(collections, params, call),
  });
  onWrite(edge, {
    name: 'log-call',
    method: 'POST',
    route: 'api/accounts/{company}/{account}/calls',
    action: 'act.call.log',
    params: callParams,
    body: callBody,
    answer: callAnswer,
    status: 201,
    run: ({ params, body, ...call }) =>
      logOutcome(collections, { companyId: params.company, accountId: params.account }, body, {
        ...{ ...call, by: callerIdOf(call.caller) },
        authority: call.caller.principals.includes('CRM') ? 'creditManager' : 'collector',
      }),
  });
  onWrite(edge, {
    name: 'undo-call',
    method: 'POST',
    route: 'api/accounts/{company}/{account}/calls/{call}/undo',
    action: 'act.call.log',
    params: undoParams,
    body: undoBody,
    answer: undoAnswer,
    run: ({ params, ...call }) =>
      takeBackCall(collections, { companyId: params.company, accountId: params.account }, params.call, {
        ...{ ...call, by: callerIdOf(call.caller) },
      }),
  });
};
