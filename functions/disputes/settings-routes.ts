/**
 * Routes to how a company works on problems.
 * From: `triggers.ts`. Next: `keep-settings.ts`.
 */
import { companyParams } from '../../shared/contracts/administration.ts';
import { disputeSettingsAnswer, disputeSettingsBody } from '../../shared/contracts/dispute-settings.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { readDisputeSettings, saveDisputeSettings } from './keep-settings.ts';
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
