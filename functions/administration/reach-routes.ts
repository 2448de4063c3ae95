/**
 * The routes by which people come to reach something: one asks, another approves; taking away needs one.
 * From: `triggers.ts`. Next: the workflows beside this file.
 */
import {
  endGrantBody,
  grantsBody,
  personAnswer,
  personParams,
  reachRequest,
  reasonBody,
  requestParams,
  unitsBody,
} from '../../shared/contracts/administration.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { decideRequest } from './decide-request.ts';
import { personRecords } from './person-records.ts';
import { requestReach } from './request-reach.ts';
import { disablePerson, endGrant } from './take-reach.ts';
import type { AdministrationParts } from './triggers.ts';

export const registerReachRoutes = ({ edge, settings, alerts }: AdministrationParts): void => {
  const records = personRecords(settings, edge.access.systemScope('sys.reach.keep'));
  const kept = { records, settings };
  onWrite(edge, {
    name: 'request-units',
    method: 'POST',
    route: 'api/people/{personId}/reach-requests',
    action: 'adm.role.grant',
    params: personParams,
    body: unitsBody,
    answer: reachRequest,
    status: 201,
    run: ({ params, body: { reason, ...asked }, caller, ...call }) =>
      requestReach(params.personId, { kind: 'units', asked, reason }, { by: caller.id ?? '', ...call }, kept),
  });
  onWrite(edge, {
    name: 'request-grants',
    method: 'POST',
    route: 'api/people/{personId}/grant-requests',
    action: 'adm.inquiry.grant',
    params: personParams,
    body: grantsBody,
    answer: reachRequest,
    status: 201,
    run: ({ params, body: { reason, ...asked }, caller, ...call }) =>
      requestReach(
        params.personId,
        { kind: 'grants', asked, reason },
        { by: caller.id ?? '', ...call },
        kept,
      ),
  });
  for (const kind of ['units', 'grants'] as const)
    for (const state of ['approved', 'refused'] as const)
      onWrite(edge, {
        name: `${state === 'approved' ? 'approve' : 'refuse'}-${kind}`,
        method: 'POST',
        route: `api/people/{personId}/${kind === 'units' ? 'reach' : 'grant'}-requests/{number}/${state === 'approved' ? 'approval' : 'refusal'}`,
        action: kind === 'units' ? 'adm.role.grant.approve' : 'adm.inquiry.grant.approve',
        params: requestParams,
        body: reasonBody,
        answer: reachRequest,
        run: ({ params, body, caller, ...call }) =>
          decideRequest(
            { ...params, kind, state, ...body },
            { by: caller.id ?? '', ...call },
            records,
            alerts,
          ),
      });
  onWrite(edge, {
    name: 'disable-person',
    method: 'POST',
    route: 'api/people/{personId}/disabling',
    action: 'adm.user.disable',
    params: personParams,
    body: reasonBody,
    answer: personAnswer,
    run: ({ params, body, caller, ...call }) =>
      disablePerson(params.personId, { by: caller.id ?? '', ...call, ...body }, records),
  });
  onWrite(edge, {
    name: 'end-grant',
    method: 'POST',
    route: 'api/people/{personId}/grants/end',
    action: 'adm.inquiry.grant',
    params: personParams,
    body: endGrantBody,
    answer: personAnswer,
    run: ({ params, body: { reason, ...grant }, caller, ...call }) =>
      endGrant(params.personId, grant, { by: caller.id ?? '', ...call, reason }, records),
  });
};
