/**
 * The reading side of the ledger: which route leads to which workflow.
 * From: staff pages, spreadsheets. Next: the `read-…` workflows beside this file.
 */
import {
  exportChangesAnswer,
  exportChangesParams,
  exportChangesQuery,
  exportParams,
  exportQuery,
} from '../../shared/contracts/exports.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onRead } from '../../shared/edge/http.ts';
import { readExportChanges } from './read-export-changes.ts';
import { readExport } from './read-export.ts';
import type { ReadLedgerParts } from './read-parts.ts';

export type ReadTriggerParts = { edge: Edge; reading: ReadLedgerParts };

export const registerReading = ({ edge, reading }: ReadTriggerParts): void => {
  const keepScope = edge.access.systemScope('rep.export');
  onDownload(edge, {
    name: 'export-rows',
    route: 'api/exports/{kind}',
    action: 'rep.export',
    params: exportParams,
    query: exportQuery,
    run: ({ params, query, scope, now }) =>
      readExport(reading, params.kind, query, { scope, keepScope, now }),
  });
  onRead(edge, {
    name: 'read-export-changes',
    route: 'api/exports/{exportId}/changes',
    action: 'rep.export',
    params: exportChangesParams,
    query: exportChangesQuery,
    answer: exportChangesAnswer,
    run: ({ params: { exportId }, query: { company: companyId, after = '' }, scope }) =>
      readExportChanges(reading, { exportId, companyId, after }, { scope, keepScope }),
  });
};
