/**
 * Routes to queries.
 * From: `triggers.ts`. Next: `query-cases.ts`; their list is that of cases.
 */
import { caseAccountParams } from '../../shared/contracts/disputes.ts';
import {
  nothing,
  openQueryBody,
  queryAnswer,
  queryFields,
  queryParams,
  queryShown,
} from '../../shared/contracts/queries.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { closeQuery, openQuery, readQuery } from './query-cases.ts';
import { readCallOf, staffCallOf, type DisputeTriggerParts } from './staff-calls.ts';

const queries = 'api/accounts/{company}/{account}/queries';

export const registerQueries = ({ edge, disputes }: DisputeTriggerParts): void => {
  const written = { method: 'POST', action: 'inv.dispute.open', answer: queryAnswer } as const;
  onWrite(edge, {
    ...{ ...written, name: 'open-query', route: queries, params: caseAccountParams, status: 201 },
    ...{ body: openQueryBody, bodyFields: { text: 'dispute.reason' } },
    run: (call) => {
      const { company: companyId, account: accountId } = call.params;
      return openQuery(disputes, staffCallOf(call), { companyId, accountId }, call.body);
    },
  });
  onWrite(edge, {
    ...{ ...written, name: 'close-query', route: `${queries}/{query}/closing`, params: queryParams },
    body: nothing,
    run: (call) => {
      const { company: companyId, account: accountId, query } = call.params;
      return closeQuery(disputes, staffCallOf(call), { companyId, accountId }, query);
    },
  });
  onRead(edge, {
    ...{ name: 'read-query', action: 'inv.dispute.read', route: `${queries}/{query}` },
    ...{ params: queryParams, answer: queryShown, fields: queryFields, reduced: ['text'] },
    run: (call) => {
      const { company: companyId, account: accountId, query } = call.params;
      return readQuery(disputes, readCallOf(call), { companyId, accountId }, query);
    },
  });
};
