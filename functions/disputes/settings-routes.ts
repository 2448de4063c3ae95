/**
 * Routes to how a company works on problems, and to its queries.
 * From: `triggers.ts`. Next: `keep-settings.ts`, `query-cases.ts`.
 */
import { companyParams } from '../../shared/contracts/administration.ts';
import { disputeSettingsAnswer, disputeSettingsBody } from '../../shared/contracts/dispute-settings.ts';
import {
  caseAccountParams,
  nothing,
  openQueryBody,
  queryAnswer,
  queryParams,
} from '../../shared/contracts/disputes.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { readDisputeSettings, saveDisputeSettings } from './keep-settings.ts';
import { closeQuery, openQuery } from './query-cases.ts';
import { readCallOf, staffCallOf, type DisputeTriggerParts } from './staff-calls.ts';

export const registerDisputeSettings = ({ edge, disputes }: DisputeTriggerParts): void => {
  const shown = {
    ...{ route: 'api/companies/{companyId}/dispute-settings', params: companyParams },
    answer: disputeSettingsAnswer,
  };
  onRead(edge, {
    ...{ name: 'read-dispute-settings', action: 'adm.config.read', ...shown, reduced: [] },
    run: (call) => readDisputeSettings(disputes, readCallOf(call), call.params.companyId),
  });
  onWrite(edge, {
    ...{ name: 'save-dispute-settings', method: 'PUT', action: 'adm.config.edit', ...shown },
    body: disputeSettingsBody,
    run: (call) => saveDisputeSettings(disputes, staffCallOf(call), call.params.companyId, call.body),
  });
};

export const registerQueries = ({ edge, disputes }: DisputeTriggerParts): void => {
  const queries = 'api/accounts/{company}/{account}/queries';
  const written = { method: 'POST', action: 'inv.dispute.open', answer: queryAnswer } as const;
  onWrite(edge, {
    ...{ ...written, name: 'open-query', route: queries, params: caseAccountParams, status: 201 },
    body: openQueryBody,
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
};
