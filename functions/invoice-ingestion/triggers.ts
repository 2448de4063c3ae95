/**
 * Invoice ingestion: uploads to rows; good rows on, bad rows back with reasons.
 * From: people and feeds over HTTP, queue `imports`. Next: queues `snapshots`, `account-postings`,
 * `received-payments`.
 */
import {
  blockAnswer,
  blockPlace,
  createdAnswer,
  importAnswer,
  importBody,
  importFileQuery,
  importPlace,
  importsAnswer,
  importsQuery,
  noBody,
} from '../../shared/contracts/imports.ts';
import { importMessage } from '../../shared/contracts/messages.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { FileKind } from '../../shared/domain/imports.ts';
import { done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onUpload } from '../../shared/edge/http-files.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { registerAdvicePapers } from './advice-paper-routes.ts';
import { createImport, type Created } from './create-import.ts';
import { bodyOfFile } from './import-ids.ts';
import { registerProfiles } from './profile-routes.ts';
import { registerReferences } from './reference-routes.ts';
import { blockBytes, commitImport, receiveFile, stageBlock } from './receive-file.ts';
import { keyOf, registerRejected, senderOf } from './rejected-routes.ts';
import { answerOf, listImports, showImport } from './show-import.ts';
import type { IngestionStores } from './stores.ts';
import { workImport } from './work-import.ts';

export type IngestionParts = { edge: Edge; stores: IngestionStores };

const created = ({ document, isAgain }: Created) => ({
  import: answerOf(document, []),
  blockBytes,
  isAgain,
});

/** Money is brought in by fewer people than documents are. */
const scopeForKind = (
  edge: Edge,
  kind: FileKind,
  caller: Caller,
  scope: Scope,
  now: Instant,
): ReturnType<Edge['access']['scopeFor']> =>
  kind === 'bankStatement' || kind === 'remittance'
    ? edge.access.scopeFor(caller, 'pay.import.bank', now)
    : Promise.resolve(done(scope));

export const registerInvoiceIngestionStaffHttp = (parts: IngestionParts): void => {
  registerUploads(parts);
  registerReports(parts);
  registerProfiles(parts);
  registerReferences(parts);
  registerAdvicePapers(parts);
};

const registerUploads = ({ edge, stores }: IngestionParts): void => {
  onWrite(edge, {
    name: 'create-import',
    method: 'POST',
    route: 'api/imports',
    action: 'inv.import',
    body: importBody,
    answer: createdAnswer,
    status: 201,
    run: async ({ body, caller, scope, now }) => {
      const allowed = await scopeForKind(edge, body.kind, caller, scope, now);
      if (!allowed.ok) return allowed;
      const outcome = await createImport(stores, allowed.value, body, senderOf(caller), now);
      return outcome.ok ? done(created(outcome.value)) : outcome;
    },
  });
  onUpload(edge, {
    name: 'upload-block',
    method: 'PUT',
    route: 'api/imports/{company}/{importId}/blocks/{n}',
    action: 'inv.import',
    params: blockPlace,
    mostBytes: blockBytes,
    answer: blockAnswer,
    run: ({ params, bytes, scope }) => stageBlock(stores, scope, params, bytes),
  });
  onWrite(edge, {
    name: 'commit-import',
    method: 'POST',
    route: 'api/imports/{company}/{importId}/commit',
    action: 'inv.import',
    params: importPlace,
    body: noBody,
    answer: importAnswer,
    status: 202,
    run: async ({ params, scope, now }) => {
      const outcome = await commitImport(stores, scope, keyOf(params), now);
      return outcome.ok ? done(answerOf(outcome.value, [])) : outcome;
    },
  });
  onUpload(edge, {
    name: 'import-file',
    method: 'POST',
    route: 'api/imports/file',
    action: 'inv.import',
    query: importFileQuery,
    mostBytes: blockBytes,
    answer: createdAnswer,
    status: 202,
    run: async ({ query, bytes, caller, scope, now }) => {
      const allowed = await scopeForKind(edge, query.kind, caller, scope, now);
      if (!allowed.ok) return allowed;
      const body = bodyOfFile(query, bytes);
      const outcome = await receiveFile(stores, allowed.value, body, bytes, senderOf(caller), now);
      return outcome.ok ? done(created(outcome.value)) : outcome;
    },
  });
};

const registerReports = ({ edge, stores }: IngestionParts): void => {
  const { imports } = stores;
  onRead(edge, {
    name: 'list-imports',
    route: 'api/imports',
    action: 'inv.import.report.read',
    query: importsQuery,
    answer: importsAnswer,
    run: ({ query, scope }) => listImports(imports, scope, query),
  });
  onRead(edge, {
    name: 'show-import',
    route: 'api/imports/{company}/{importId}',
    action: 'inv.import.report.read',
    params: importPlace,
    answer: importAnswer,
    run: ({ params, scope }) => showImport(imports, scope, keyOf(params), edge.parked),
  });
  registerRejected({ edge, stores });
};

export const registerInvoiceIngestionWork = ({ edge, stores }: IngestionParts): void =>
  onQueue(edge, {
    name: 'work-import',
    queue: 'imports',
    action: 'inv.import',
    schema: importMessage,
    run: (message, { now, scope }) => workImport(stores, message, now, scope),
  });
