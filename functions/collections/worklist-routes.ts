/**
 * Routes of the worklist: a day's list, and why a row stands where it does.
 * From: staff. Next: the workflows beside this file.
 */
import {
  rowParams,
  whyAnswer,
  whyQuery,
  worklistAnswer,
  worklistFields,
  worklistParams,
  worklistQuery,
} from '../../shared/contracts/worklist.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { explainRow } from './explain-row.ts';
import { readWorklist, type ListParts } from './read-worklist.ts';

export type WorklistParts = ListParts & { accounts: AccountStore; settings: SettingsStore };

export const callerIdOf = ({ id }: Caller): string => id ?? 'nobody';

export const registerWorklist = ({ edge, collections }: { edge: Edge; collections: WorklistParts }): void => {
  onRead(edge, {
    name: 'read-worklist',
    route: 'api/companies/{company}/worklist',
    action: 'task.list',
    params: worklistParams,
    query: worklistQuery,
    answer: worklistAnswer,
    fields: worklistFields,
    run: ({ params, query, ...call }) =>
      readWorklist(collections, params.company, query, { ...call, callerId: callerIdOf(call.caller) }),
  });
  onRead(edge, {
    name: 'explain-worklist-row',
    route: 'api/companies/{company}/worklist/{account}/why',
    action: 'task.list',
    params: rowParams,
    query: whyQuery,
    answer: whyAnswer,
    run: ({ params, query, ...call }) =>
      explainRow(collections, params, query.list, { ...call, callerId: callerIdOf(call.caller) }),
  });
};
