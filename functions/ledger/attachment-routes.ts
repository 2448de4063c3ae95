/**
 * Routes to papers beside items: attach, list, hand out, and give those that wait to their account.
 * From: `triggers.ts`. Next: `attachments.ts`.
 */
import { accountItemParams } from '../../shared/contracts/accounts.ts';
import {
  assignBody,
  attachmentAnswer,
  attachmentParams,
  attachmentsAnswer,
  attachQuery,
  reducedAttachments,
  waitingAnswer,
  waitingAttachmentParams,
  waitingParams,
  waitingQuery,
} from '../../shared/contracts/attachments.ts';
import { largestAttachmentBytes } from '../../shared/domain/attachment.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import { onDownload, onUpload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import {
  assignWaiting,
  attachPaper,
  downloadAttachment,
  listAttachments,
  listWaiting,
  type AttachmentCall,
  type AttachmentParts,
} from './attachments.ts';

export type AttachmentTriggerParts = { edge: Edge; attachments: AttachmentParts };

const beside = 'api/accounts/{company}/{account}/items/{item}/attachments';
const waiting = 'api/companies/{company}/waiting-attachments';

export const registerAttachments = ({ edge, attachments }: AttachmentTriggerParts): void => {
  const systemScope = edge.access.systemScope('inv.read');
  const callOf = (call: { scope: Scope; now: Instant; caller: Caller }): AttachmentCall => ({
    ...{ scope: call.scope, systemScope, now: call.now, callerId: call.caller.id ?? '' },
  });
  onUpload(edge, {
    ...{ name: 'attach-paper', method: 'POST', route: beside, action: 'inv.attachment.upload' },
    ...{ params: accountItemParams, query: attachQuery, mostBytes: largestAttachmentBytes },
    ...{ answer: attachmentAnswer, status: 201 },
    run: (call) => attachPaper(attachments, callOf(call), call.params, { ...call.query, bytes: call.bytes }),
  });
  onRead(edge, {
    ...{ name: 'list-attachments', route: beside, action: 'inv.attachment.read' },
    ...{ params: accountItemParams, answer: attachmentsAnswer, reduced: reducedAttachments },
    run: (call) => listAttachments(attachments, callOf(call), call.params),
  });
  onDownload(edge, {
    ...{ name: 'download-attachment', route: `${beside}/{attachment}`, action: 'inv.attachment.read' },
    params: attachmentParams,
    run: (call) => downloadAttachment(attachments, callOf(call), call.params),
  });
  onRead(edge, {
    ...{ name: 'list-waiting-attachments', route: waiting, action: 'inv.import.report.read' },
    ...{ params: waitingParams, query: waitingQuery, answer: waitingAnswer },
    run: (call) => {
      const { limit, after } = call.query;
      const page = after === undefined ? { limit } : { limit, after };
      return listWaiting(attachments, callOf(call), call.params.company, page);
    },
  });
  onWrite(edge, {
    ...{ name: 'assign-attachment', method: 'POST', route: `${waiting}/{attachment}/assignment` },
    ...{ action: 'inv.import', params: waitingAttachmentParams, body: assignBody, answer: attachmentAnswer },
    run: (call) => assignWaiting(attachments, callOf(call), call.params, call.body.account),
  });
};
