/**
 * Routes of what a list is made by: rules with their preview, targets, the view of the team, orders that wait.
 * From: credit managers, executives, collectors for their own. Next: the workflows beside this file.
 */
import {
  rulesAnswer,
  rulesApprovalBody,
  rulesBody,
  rulesPreviewAnswer,
  rulesPreviewBody,
} from '../../shared/contracts/worklist-settings.ts';
import { ceilingsAnswer, ceilingsBody, ceilingsFields } from '../../shared/contracts/team-settings.ts';
import {
  orderReleaseAnswer,
  orderReleaseBody,
  ordersAnswer,
  ordersQuery,
  releaseParams,
  teamAnswer,
  teamFields,
} from '../../shared/contracts/team.ts';
import { teamParams } from '../../shared/contracts/teamwork.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { listOrders, releaseHeld, type OrderParts } from './blocked-orders.ts';
import { readCeilings, saveCeilings, type CeilingParts } from './keep-ceilings.ts';
import { approveRules, proposeRules, readRules } from './keep-rules.ts';
import { previewRules } from './preview-rules.ts';
import { readTeam } from './read-team.ts';
import { callerIdOf, type WorklistParts } from './worklist-routes.ts';

export type TeamParts = CeilingParts & OrderParts & WorklistParts;
type Parts = { edge: Edge; collections: TeamParts };

const by = <Call extends { caller: Caller }>(call: Call) => ({ ...call, by: callerIdOf(call.caller) });
const ofCompany = 'api/companies/{company}';

export const registerWorklistSettings = (parts: Parts): void => {
  registerRules(parts);
  registerTargets(parts);
  registerOrders(parts);
};

const registerRules = ({ edge, collections }: Parts): void => {
  const route = `${ofCompany}/worklist/rules`;
  const shown = { params: teamParams, answer: rulesAnswer } as const;
  onRead(edge, {
    ...{ name: 'read-worklist-rules', route, action: 'dun.strategy.read', ...shown },
    run: ({ params, ...call }) => readRules(collections, params.company, call),
  });
  onWrite(edge, {
    ...{ name: 'propose-worklist-rules', method: 'PUT', route: `${route}/proposal`, ...shown },
    ...{ action: 'dun.strategy.edit', body: rulesBody },
    run: ({ params, body, ...call }) => proposeRules(collections, params.company, body, by(call)),
  });
  onWrite(edge, {
    ...{ name: 'approve-worklist-rules', method: 'POST', route: `${route}/approval`, ...shown },
    ...{ action: 'dun.strategy.approve', body: rulesApprovalBody },
    run: ({ params, body, ...call }) => approveRules(collections, params.company, body, by(call)),
  });
  onWrite(edge, {
    ...{ name: 'preview-worklist-rules', method: 'POST', route: `${route}/preview` },
    ...{ action: 'dun.strategy.edit', params: teamParams, body: rulesPreviewBody },
    answer: rulesPreviewAnswer,
    run: ({ params, body, ...call }) =>
      previewRules(collections, params.company, body.value, { ...call, callerId: callerIdOf(call.caller) }),
  });
};

const registerTargets = ({ edge, collections }: Parts): void => {
  const targets = { params: teamParams, answer: ceilingsAnswer, fields: ceilingsFields } as const;
  const route = `${ofCompany}/ceilings`;
  onRead(edge, {
    ...{ name: 'read-team', route: `${ofCompany}/team`, action: 'team.load.read', params: teamParams },
    ...{ answer: teamAnswer, fields: teamFields, reduced: [] },
    run: ({ params, ...call }) => readTeam(collections, params.company, by(call)),
  });
  onRead(edge, {
    ...{ name: 'read-ceilings', route, action: 'team.load.read', ...targets, reduced: [] },
    run: ({ params, ...call }) => readCeilings(collections, params.company, by(call)),
  });
  onWrite(edge, {
    ...{ name: 'save-ceilings', method: 'PUT', route, action: 'team.goal.manage', ...targets },
    body: ceilingsBody,
    run: ({ params, body, ...call }) => saveCeilings(collections, params.company, body, by(call)),
  });
};

const registerOrders = ({ edge, collections }: Parts): void => {
  onRead(edge, {
    ...{ name: 'list-blocked-orders', route: `${ofCompany}/blocked-orders`, action: 'order.hold.read' },
    ...{ params: teamParams, query: ordersQuery, answer: ordersAnswer },
    run: ({ params, query, ...call }) => listOrders(collections, params.company, query, call),
  });
  onWrite(edge, {
    ...{ name: 'release-order', method: 'POST', action: 'order.hold.release', params: releaseParams },
    ...{ route: 'api/accounts/{company}/{account}/order-releases', status: 201 },
    ...{ body: orderReleaseBody, answer: orderReleaseAnswer },
    run: ({ params: { company: companyId, account: accountId }, body, ...call }) => {
      const hasLimit = !call.caller.principals.includes('EXE');
      return releaseHeld(collections, { companyId, accountId }, body, { ...by(call), hasLimit });
    },
  });
};
