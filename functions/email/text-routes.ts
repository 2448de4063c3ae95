/**
 * Routes of staff to the texts of a company. From: staff. Next: `own-texts.ts`.
 */
import * as texts from '../../shared/contracts/own-texts.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { approveDraft, listTexts, readText, saveText } from './own-texts.ts';
import type { EmailParts } from './parts.ts';

const ofCompany = 'api/companies/{company}/texts';
const ofText = `${ofCompany}/{text}/{language}`;

export const registerTextRoutes = ({ edge, mail }: EmailParts): void => {
  onRead(edge, {
    ...{ name: 'list-texts', route: ofCompany, action: 'dun.template.read' },
    ...{ params: texts.textsParams, answer: texts.textsAnswer },
    run: ({ params, scope }) => listTexts(mail, params.company, scope),
  });
  onRead(edge, {
    ...{ name: 'read-text', route: ofText, action: 'dun.template.read' },
    ...{ params: texts.textParams, answer: texts.textAnswer },
    run: ({ params: { company: companyId, ...place }, scope }) =>
      readText(mail, { companyId, ...place }, scope),
  });
  onWrite(edge, {
    ...{ name: 'save-text', method: 'PUT', route: ofText, action: 'dun.template.edit' },
    ...{ params: texts.textParams, body: texts.saveTextBody, answer: texts.textAnswer },
    run: ({ params: { company: companyId, ...place }, body, caller, ...call }) =>
      saveText(mail, { companyId, ...place }, body, { ...call, callerId: caller.id ?? '' }),
  });
  onWrite(edge, {
    ...{ name: 'approve-text', method: 'POST', action: 'dun.template.approve' },
    ...{ route: `${ofText}/versions/{version}/approval`, params: texts.textVersionParams },
    ...{ body: texts.approveTextBody, answer: texts.textAnswer },
    run: ({ params: { company: companyId, version, ...place }, body, caller, ...call }) =>
      approveDraft(mail, { companyId, ...place }, version, body.reason, {
        ...{ ...call, callerId: caller.id ?? '' },
      }),
  });
};
