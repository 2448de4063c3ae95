/**
 * Routes of whose work it is: absences, the pool, many accounts that change hands.
 * From: credit managers, collectors. Next: the workflows beside this file.
 */
import {
  absenceBody,
  absencesAnswer,
  backBody,
  moveAnswer,
  moveBody,
  pullAnswer,
  pullBody,
  rulesMoveAnswer,
  rulesMoveBody,
  teamParams,
} from '../../shared/contracts/teamwork.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { assignCallOf } from './assign-account.ts';
import { assignByRules } from './assign-by-rules.ts';
import { endAbsence, keepAbsence, listAbsences } from './keep-absences.ts';
import { moveAccounts } from './move-accounts.ts';
import { pullAccount, type PullParts } from './pull-account.ts';
import type { TellParts } from './tell-collectors.ts';
import { callerIdOf, type WorklistParts } from './worklist-routes.ts';

export const registerTeam = ({
  edge,
  collections,
}: {
  edge: Edge;
  collections: PullParts & WorklistParts & TellParts;
}): void => {
  const absences = { ...collections, ownScope: () => edge.access.systemScope('sys.reach.keep') };
  const inTeam = { method: 'POST', params: teamParams } as const;
  onRead(edge, {
    name: 'list-absences',
    route: 'api/companies/{company}/absences',
    action: 'team.load.read',
    params: teamParams,
    answer: absencesAnswer,
    // nothing in it is more than the reduced set
    reduced: [],
    run: ({ params, scope }) => listAbsences(absences, params.company, { scope }),
  });
  onWrite(edge, {
    ...{ ...inTeam, name: 'keep-absence', route: 'api/companies/{company}/absences' },
    action: 'team.absence.manage',
    ...{ body: absenceBody, answer: absencesAnswer },
    run: ({ params, body, ...call }) =>
      keepAbsence(absences, params.company, body, { ...call, by: callerIdOf(call.caller) }),
  });
  onWrite(edge, {
    ...{ ...inTeam, name: 'end-absence', route: 'api/companies/{company}/absences/end' },
    action: 'team.absence.manage',
    ...{ body: backBody, answer: absencesAnswer },
    run: ({ params, body, ...call }) =>
      endAbsence(absences, params.company, body, { ...call, by: callerIdOf(call.caller) }),
  });
  onWrite(edge, {
    ...{ ...inTeam, name: 'pull-from-pool', route: 'api/companies/{company}/worklist/pull' },
    action: 'task.pull',
    ...{ body: pullBody, answer: pullAnswer },
    run: ({ params, ...call }) =>
      pullAccount(collections, params.company, { ...call, by: callerIdOf(call.caller) }),
  });
  onWrite(edge, {
    ...{ ...inTeam, name: 'move-accounts', route: 'api/companies/{company}/account-moves' },
    action: 'acct.assign.collector',
    ...{ body: moveBody, answer: moveAnswer },
    run: ({ params, body, ...call }) => moveAccounts(collections, params.company, body, assignCallOf(call)),
  });
  onWrite(edge, {
    ...{ ...inTeam, name: 'assign-by-rules', route: 'api/companies/{company}/account-moves/by-rules' },
    ...{ action: 'acct.assign.collector', body: rulesMoveBody, answer: rulesMoveAnswer },
    run: ({ params, body, ...call }) => assignByRules(collections, params.company, body, assignCallOf(call)),
  });
};
