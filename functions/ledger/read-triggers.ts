/**
 * The reading side of the ledger: which route leads to which workflow.
 * From: staff pages, spreadsheets. Next: the `read-…` workflows beside this file, `write-note.ts`.
 */
import {
  accountAnswer,
  accountFields,
  accountItemParams,
  accountParams,
  historyFields,
  itemAnswer,
  itemsAnswer,
  itemsQuery,
  reducedAccount,
  timelineAnswer,
  timelineFields,
  timelineQuery,
} from '../../shared/contracts/accounts.ts';
import { groupParams, groupStatementQuery, statementQuery } from '../../shared/contracts/statements.ts';
import { noteAnswer, noteBody, notesAnswer, notesFields, notesQuery } from '../../shared/contracts/notes.ts';
import {
  exportChangesAnswer,
  exportChangesFields,
  exportChangesParams,
  exportChangesQuery,
  exportParams,
  exportQuery,
} from '../../shared/contracts/exports.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { readAccountPage } from './read-account-page.ts';
import { readExportChanges } from './read-export-changes.ts';
import { readExport } from './read-export.ts';
import { readGroupStatement, type GroupStatementParts } from './read-group-statement.ts';
import { readItem, readItems } from './read-items.ts';
import { readNotes } from './read-notes.ts';
import type { ReadLedgerParts } from './read-parts.ts';
import { readStatement } from './read-statement.ts';
import { readTimeline } from './read-timeline.ts';
import { writeNote } from './write-note.ts';

export type ReadTriggerParts = { edge: Edge; reading: ReadLedgerParts & GroupStatementParts };

export const registerReading = (parts: ReadTriggerParts): void => {
  registerExports(parts);
  registerAccount(parts);
  registerHistory(parts);
};

const registerExports = ({ edge, reading }: ReadTriggerParts): void => {
  const keepScope = edge.access.systemScope('rep.export');
  onDownload(edge, {
    name: 'export-rows',
    route: 'api/exports/{kind}',
    action: 'rep.export',
    countedAs: 'export',
    params: exportParams,
    query: exportQuery,
    run: ({ params, query, scope, caller, now, sees }) =>
      readExport(reading, params.kind, query, { scope, keepScope, callerId: caller.id ?? '', now, sees }),
  });
  onRead(edge, {
    name: 'read-export-changes',
    route: 'api/exports/{exportId}/changes',
    action: 'rep.export',
    params: exportChangesParams,
    query: exportChangesQuery,
    answer: exportChangesAnswer,
    fields: exportChangesFields,
    run: ({ params: { exportId }, query: { company: companyId, after = '' }, scope, caller }) => {
      const call = { scope, keepScope, callerId: caller.id ?? '' };
      return readExportChanges(reading, { exportId, companyId, after }, call);
    },
  });
};

const route = 'api/accounts/{company}/{account}';

const keyOf = ({ company, account }: { company: string; account: string }): AccountKey => ({
  ...{ companyId: company, accountId: account },
});

const registerAccount = ({ edge, reading }: ReadTriggerParts): void => {
  const systemScope = edge.access.systemScope('acct.read');
  onRead(edge, {
    ...{ name: 'read-account', route, action: 'acct.read', params: accountParams, answer: accountAnswer },
    ...{ fields: accountFields, reduced: reducedAccount },
    run: ({ params, scope, now }) => readAccountPage(reading, keyOf(params), { scope, systemScope, now }),
  });
  onRead(edge, {
    ...{ name: 'list-items', route: `${route}/items`, action: 'inv.list', params: accountParams },
    ...{ query: itemsQuery, answer: itemsAnswer },
    run: ({ params, query, scope }) => readItems(reading, keyOf(params), query, scope),
  });
  onRead(edge, {
    ...{ name: 'read-item', route: `${route}/items/{item}`, action: 'inv.read' },
    ...{ params: accountItemParams, answer: itemAnswer, fields: historyFields, reduced: [] },
    run: ({ params, scope }) => readItem(reading, keyOf(params), params.item, scope),
  });
};

const registerHistory = ({ edge, reading }: ReadTriggerParts): void => {
  onRead(edge, {
    ...{ name: 'read-timeline', route: `${route}/timeline`, action: 'act.timeline.read' },
    ...{ params: accountParams, query: timelineQuery, answer: timelineAnswer },
    ...{ fields: timelineFields, reduced: [] },
    run: ({ params, query, scope }) => readTimeline(reading.accounts, keyOf(params), query.before, scope),
  });
  onDownload(edge, {
    ...{ name: 'read-statement', route: `${route}/statement`, action: 'acct.read' },
    ...{ params: accountParams, query: statementQuery },
    run: ({ params, query, scope, now }) => readStatement(reading, keyOf(params), query, { scope, now }),
  });
  onDownload(edge, {
    ...{ name: 'read-group-statement', route: 'api/groups/{group}/statement', action: 'acct.read' },
    ...{ params: groupParams, query: groupStatementQuery },
    run: ({ params, query, scope, now }) => readGroupStatement(reading, params.group, query, { scope, now }),
  });
  onRead(edge, {
    ...{
      name: 'read-notes',
      route: `${route}/notes`,
      action: 'inv.note.internal.read',
      params: accountParams,
    },
    ...{ query: notesQuery, answer: notesAnswer, fields: notesFields },
    run: ({ params, query, scope }) => readNotes(reading.accounts, keyOf(params), query.before, scope),
  });
  onWrite(edge, {
    ...{ name: 'write-note', method: 'POST', route: `${route}/notes`, action: 'inv.note.internal.write' },
    ...{ params: accountParams, body: noteBody, answer: noteAnswer, status: 201 },
    run: ({ params, body, scope, caller, requestId, now }) =>
      writeNote(reading, keyOf(params), body, { scope, callerId: caller.id ?? '', requestId, now }),
  });
};
