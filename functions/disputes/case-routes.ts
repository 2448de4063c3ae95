/**
 * Routes to cases for staff and signed-in dispute owners.
 * From: `triggers.ts`. Next: the workflows beside this file.
 */
import {
  batchAnswer,
  batchBody,
  caseAccountParams,
  caseAnswer,
  caseChanged,
  caseFields,
  caseFile,
  caseFileParams,
  caseNoteBody,
  caseParams,
  casesAnswer,
  casesQuery,
  decideBody,
  linkAnswer,
  linkBody,
  openCaseBody,
  paperQuery,
  reducedCase,
  stepBody,
} from '../../shared/contracts/disputes.ts';
import { companyParams } from '../../shared/contracts/administration.ts';
import { largestAttachmentBytes } from '../../shared/domain/attachment.ts';
import { onDownload, onUpload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { addCasePaper, downloadCasePaper } from './case-papers.ts';
import { decideCase } from './decide-case.ts';
import { makeLink } from './decision-links.ts';
import { listCases } from './list-cases.ts';
import { openCase } from './open-case.ts';
import { showCase } from './show-case.ts';
import { readCallOf, staffCallOf, type DisputeTriggerParts } from './staff-calls.ts';
import { noteOnCase, stepCase } from './step-case.ts';
import { stepCases } from './step-cases.ts';

const ofCompany = 'api/companies/{companyId}/cases';
const one = 'api/cases/{company}/{case}';

export const registerCases = (parts: DisputeTriggerParts): void => {
  registerReads(parts);
  registerSteps(parts);
};

const registerReads = ({ edge, disputes }: DisputeTriggerParts): void => {
  const reads = { action: 'inv.dispute.read' } as const;
  onRead(edge, {
    ...{ ...reads, name: 'list-cases', route: ofCompany, params: companyParams, query: casesQuery },
    ...{ answer: casesAnswer, reduced: [] },
    run: (call) => listCases(disputes, readCallOf(call), call.caller, call.params.companyId, call.query),
  });
  onRead(edge, {
    ...{ ...reads, name: 'read-case', route: one, params: caseParams, answer: caseAnswer },
    ...{ fields: caseFields, reduced: reducedCase },
    run: (call) => showCase(disputes, readCallOf(call), call.caller, call.params),
  });
  onDownload(edge, {
    ...{ name: 'download-case-paper', route: `${one}/papers/{paper}`, action: 'inv.attachment.read' },
    params: caseFileParams,
    run: (call) => downloadCasePaper(disputes, readCallOf(call), call.caller, call.params),
  });
};

const registerSteps = ({ edge, disputes }: DisputeTriggerParts): void => {
  const written = { method: 'POST', params: caseParams, answer: caseChanged } as const;
  onWrite(edge, {
    ...{ name: 'open-case', method: 'POST', route: 'api/accounts/{company}/{account}/cases', status: 201 },
    ...{ action: 'inv.dispute.open', params: caseAccountParams, body: openCaseBody, answer: caseChanged },
    bodyFields: { text: 'dispute.reason' },
    run: (call) => {
      const { company: companyId, account: accountId } = call.params;
      return openCase(disputes, staffCallOf(call), { companyId, accountId }, call.body);
    },
  });
  onWrite(edge, {
    ...{
      ...written,
      name: 'step-case',
      route: `${one}/steps`,
      action: 'inv.dispute.resolve',
      body: stepBody,
    },
    run: (call) => stepCase(disputes, staffCallOf(call), call.caller, call.params, call.body),
  });
  onWrite(edge, {
    ...{ name: 'step-cases', method: 'POST', route: `${ofCompany}/steps`, action: 'inv.dispute.resolve' },
    ...{ params: companyParams, body: batchBody, answer: batchAnswer },
    run: (call) => stepCases(disputes, staffCallOf(call), call.caller, call.params.companyId, call.body),
  });
  onWrite(edge, {
    ...{ ...written, name: 'note-on-case', route: `${one}/notes`, action: 'inv.note.internal.write' },
    ...{ body: caseNoteBody, bodyFields: { text: 'dispute.internalComment' }, status: 201 },
    run: (call) => noteOnCase(disputes, staffCallOf(call), call.caller, call.params, call.body.text),
  });
  onWrite(edge, {
    ...{ ...written, name: 'decide-case', route: `${one}/decision`, action: 'inv.dispute.resolve' },
    body: decideBody,
    run: (call) => decideCase(disputes, staffCallOf(call), call.caller, call.params, call.body),
  });
  onWrite(edge, {
    ...{ ...written, name: 'make-decision-link', route: `${one}/links`, action: 'inv.dispute.resolve' },
    ...{ body: linkBody, answer: linkAnswer, status: 201 },
    run: (call) => makeLink(disputes, staffCallOf(call), call.caller, call.params, call.body),
  });
  onUpload(edge, {
    ...{ name: 'add-case-paper', method: 'POST', route: `${one}/papers`, action: 'inv.attachment.upload' },
    ...{ params: caseParams, query: paperQuery, mostBytes: largestAttachmentBytes, answer: caseFile },
    status: 201,
    run: (call) =>
      addCasePaper(disputes, readCallOf(call), call.caller, call.params, {
        ...call.query,
        bytes: call.bytes,
      }),
  });
};
