/**
 * Routes to what one person may enter alone.
 * From: `triggers.ts`. Next: `keep-entry-limits.ts`.
 */
import { companyParams } from '../../shared/contracts/administration.ts';
import { entryLimitsAnswer, entryLimitsBody } from '../../shared/contracts/entry-limits.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { readEntryLimits, saveEntryLimits } from './keep-entry-limits.ts';

export const registerEntryLimits = ({ edge, settings }: { edge: Edge; settings: SettingsStore }): void => {
  const route = 'api/companies/{companyId}/entry-limits';
  const shown = { route, params: companyParams, answer: entryLimitsAnswer };
  onRead(edge, {
    ...{ name: 'read-entry-limits', action: 'adm.config.read', ...shown, reduced: [] },
    run: ({ params, scope }) => readEntryLimits(params.companyId, scope, settings),
  });
  onWrite(edge, {
    ...{ name: 'save-entry-limits', method: 'PUT', action: 'adm.config.edit', ...shown },
    body: entryLimitsBody,
    run: ({ params, body, caller, now, scope }) =>
      saveEntryLimits(params.companyId, body, { by: caller.id ?? '', now, scope }, settings),
  });
};
