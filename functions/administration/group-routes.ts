/**
 * The routes of groups: which accounts belong together, and what they owe.
 * From: `triggers.ts`. Next: `keep-groups.ts`.
 */
import {
  groupAnswer,
  groupBody,
  groupFields,
  groupOfAccountParams,
  groupParams,
  savedGroupAnswer,
} from '../../shared/contracts/groups.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { readGroup, readGroupOf, saveGroup } from './keep-groups.ts';
import type { AdministrationParts } from './triggers.ts';

export const registerGroups = ({ edge, ...parts }: AdministrationParts): void => {
  onRead(edge, {
    ...{ name: 'read-group', route: 'api/groups/{groupId}', action: 'acct.read', params: groupParams },
    ...{ answer: groupAnswer, fields: groupFields, reduced: [] },
    run: ({ params, scope }) => readGroup(parts, params.groupId, scope),
  });
  onRead(edge, {
    ...{ name: 'read-group-of-account', route: 'api/accounts/{company}/{account}/group' },
    ...{ action: 'acct.read', params: groupOfAccountParams },
    ...{ answer: groupAnswer, fields: groupFields, reduced: [] },
    run: ({ params: { company: companyId, account: accountId }, scope }) =>
      readGroupOf(parts, { companyId, accountId }, scope),
  });
  onWrite(edge, {
    ...{ name: 'save-group', method: 'PUT', route: 'api/groups/{groupId}' },
    ...{ action: 'acct.master.update', params: groupParams, body: groupBody, answer: savedGroupAnswer },
    run: ({ params, body, caller, now, scope }) =>
      saveGroup(parts, params.groupId, body, { by: caller.id ?? '', now, scope }),
  });
};
