/**
 * Routes of rows that were not taken: look at them, download them, correct or drop one.
 * From: `triggers.ts`. Next: `list-rejected.ts`, `decide-row.ts`. Each sees of a row what their role may see.
 */
import { importPlace, rowPlace } from '../../shared/contracts/imports.ts';
import {
  rejectedAnswer,
  rejectedQuery,
  rowDecision,
  rowDecisionAnswer,
} from '../../shared/contracts/rejected-rows.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import type { Sender } from './create-import.ts';
import { decideRow } from './decide-row.ts';
import { hiddenColumns, withoutHidden } from './hide-cells.ts';
import { downloadRejected, listRejected } from './list-rejected.ts';
import { answerOf } from './show-import.ts';
import type { IngestionStores } from './stores.ts';

/** Whoever uploads or corrects; a feed is a machine. */
export const senderOf = ({ id, principals }: Caller): Sender => ({
  by: id ?? 'nobody',
  isFeed: principals.includes('SYS'),
});

/** The import an address names. */
export const keyOf = ({ company: companyId, importId }: { company: string; importId: string }) => ({
  companyId,
  importId,
});

export const registerRejected = ({ edge, stores }: { edge: Edge; stores: IngestionStores }): void => {
  const { imports } = stores;
  onRead(edge, {
    name: 'list-rejected-rows',
    route: 'api/imports/{company}/{importId}/rejected',
    action: 'inv.import.report.read',
    params: importPlace,
    query: rejectedQuery,
    answer: rejectedAnswer,
    run: ({ params, query, ...call }) =>
      listRejected(imports, call.scope, keyOf(params), query, () =>
        hiddenColumns(stores.settings, call, params.company),
      ),
  });
  onDownload(edge, {
    name: 'download-rejected-rows',
    route: 'api/imports/{company}/{importId}/rejected.csv',
    action: 'inv.import.report.read',
    params: importPlace,
    run: ({ params, ...call }) =>
      downloadRejected(imports, call.scope, keyOf(params), () =>
        hiddenColumns(stores.settings, call, params.company),
      ),
  });
  onWrite(edge, {
    name: 'decide-rejected-row',
    method: 'POST',
    route: 'api/imports/{company}/{importId}/rejected/{row}',
    action: 'inv.import',
    params: rowPlace,
    body: rowDecision,
    answer: rowDecisionAnswer,
    run: async ({ params, body, caller, scope, now, sees }) => {
      const outcome = await decideRow(stores, scope, params, body, senderOf(caller), now);
      if (!outcome.ok) return outcome;
      const { document } = outcome.value;
      const row = withoutHidden(
        outcome.value.row,
        await hiddenColumns(stores.settings, { scope, sees }, params.company),
      );
      return done({
        row: { ...row, reasons: [...row.reasons], cells: { ...row.cells } },
        ...(document && { import: answerOf(document, []) }),
      });
    },
  });
};
