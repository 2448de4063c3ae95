/**
 * ERP exchange: snapshots into the ledger, proof that the book equals the ERP, receipts and proposals out.
 * From: queue `snapshots`, people and machines over HTTP. Next: queue `account-postings`, `feed:<scope>` in the store.
 */
import {
  acknowledgeAnswer,
  acknowledgeBody,
  acknowledgeParams,
  companyParams,
  controlAnswer,
  controlBody,
  decideHeldAnswer,
  decideHeldBody,
  feedsAnswer,
  importParams,
  morningCheckAnswer,
  postingExportQuery,
  releaseAnswer,
  releaseBody,
} from '../../shared/contracts/erp-exchange.ts';
import { snapshotMessage } from '../../shared/contracts/messages.ts';
import { onDownload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { acknowledgePostings } from './acknowledge-postings.ts';
import { decideHeld } from './decide-held.ts';
import { exportPostings } from './export-postings.ts';
import type { ErpExchangeParts, SnapshotParts } from './parts.ts';
import { readFeeds } from './read-feeds.ts';
import { readMorningCheck } from './read-morning-check.ts';
import { noteControl, releaseCheck } from './release-check.ts';
import { runSnapshot } from './run-snapshot.ts';

export type { ErpExchangeParts } from './parts.ts';

const withSender = (parts: ErpExchangeParts): SnapshotParts => ({ ...parts, sender: parts.edge.sender });

export const registerErpExchangeWork = (parts: ErpExchangeParts): void =>
  onQueue(parts.edge, {
    name: 'run-snapshot',
    queue: 'snapshots',
    action: 'pay.reconcile.run',
    schema: snapshotMessage,
    run: (message, call) => runSnapshot(message, call, withSender(parts)),
  });

export const registerErpExchangeStaffHttp = (parts: ErpExchangeParts): void => {
  registerProof(parts);
  registerPostings(parts);
};

const registerProof = (parts: ErpExchangeParts): void => {
  onWrite(parts.edge, {
    name: 'decide-held-import',
    method: 'POST',
    route: 'api/imports/{company}/{importId}/release',
    action: 'inv.import.release',
    params: importParams,
    body: decideHeldBody,
    answer: decideHeldAnswer,
    run: ({ params: { company: companyId, importId }, body, caller, scope, now }) =>
      decideHeld(withSender(parts), { scope, now, key: { companyId, importId } }, caller, body),
  });
  onRead(parts.edge, {
    name: 'read-morning-check',
    route: 'api/companies/{company}/morning-check',
    action: 'dun.recon.read',
    params: companyParams,
    answer: morningCheckAnswer,
    run: ({ params, scope }) => readMorningCheck(parts, scope, params.company),
  });
  onWrite(parts.edge, {
    name: 'release-morning-check',
    method: 'POST',
    route: 'api/companies/{company}/morning-check/release',
    action: 'dun.recon.release',
    params: companyParams,
    body: releaseBody,
    answer: releaseAnswer,
    run: ({ params, body, ...call }) =>
      releaseCheck(parts, { ...call, companyId: params.company }, body.reason),
  });
  onWrite(parts.edge, {
    name: 'note-control-account',
    method: 'PUT',
    route: 'api/companies/{company}/control-account',
    action: 'pay.reconcile.run',
    params: companyParams,
    body: controlBody,
    answer: controlAnswer,
    run: ({ params, body, ...call }) => noteControl(parts, { ...call, companyId: params.company }, body),
  });
};

const registerPostings = (parts: ErpExchangeParts): void => {
  onRead(parts.edge, {
    name: 'read-feeds',
    route: 'api/companies/{company}/feeds',
    action: 'dun.recon.read',
    params: companyParams,
    answer: feedsAnswer,
    run: ({ params, scope, now }) => readFeeds(parts, { scope, companyId: params.company, now }),
  });
  onDownload(parts.edge, {
    name: 'export-postings',
    route: 'api/companies/{company}/posting-export',
    action: 'pay.posting.export',
    params: companyParams,
    query: postingExportQuery,
    run: ({ params, query, ...call }) => exportPostings(parts, { ...call, companyId: params.company }, query),
  });
  onWrite(parts.edge, {
    name: 'acknowledge-postings',
    method: 'POST',
    route: 'api/companies/{company}/posting-export/{exportId}/acknowledgement',
    action: 'pay.posting.ack',
    params: acknowledgeParams,
    body: acknowledgeBody,
    answer: acknowledgeAnswer,
    run: ({ params: { company: companyId, exportId }, body, ...call }) =>
      acknowledgePostings(withSender(parts), { ...call, companyId, exportId }, body),
  });
};
