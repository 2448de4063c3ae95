/**
 * Routes for mail of a whole company: one to everybody of a segment; what went out before a book was set back.
 * From: staff, IT. Next: `mail-segment.ts`, `restore-mails.ts`.
 */
import * as desk from '../../shared/contracts/mail-desk.ts';
import { restoreAnswer, restoreBody } from '../../shared/contracts/mail-restore.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { previewMailing, sendMailing } from './mail-segment.ts';
import type { EmailParts } from './parts.ts';
import { readRestore, saveRestore } from './restore-mails.ts';

const route = 'api/companies/{company}/mailings';

export const registerMailings = ({ edge, mail }: EmailParts): void => {
  onRead(edge, {
    ...{ name: 'preview-mailing', route, action: 'dun.template.preview' },
    ...{ params: desk.companyOnly, query: desk.mailingQuery, answer: desk.mailingPreview },
    run: ({ params, query, scope, now }) => previewMailing(mail, params.company, query, { scope, now }),
  });
  onWrite(edge, {
    ...{ name: 'send-mailing', method: 'POST', route, action: 'dun.mail.send' },
    ...{ params: desk.companyOnly, body: desk.mailingBody, answer: desk.mailingAnswer },
    run: ({ params, body, scope, now, caller }) =>
      sendMailing(mail, params.company, body, { scope, now, callerId: caller.id ?? '' }),
  });
};

export const registerRestore = ({ edge, mail }: EmailParts): void => {
  const about = {
    route: 'api/companies/{company}/mail-restore',
    params: desk.companyOnly,
    answer: restoreAnswer,
  };
  onRead(edge, {
    ...{ ...about, name: 'read-mail-restore', action: 'adm.config.read', reduced: [] },
    run: ({ params, scope }) => readRestore(mail, params.company, scope),
  });
  onWrite(edge, {
    ...{ ...about, name: 'save-mail-restore', method: 'PUT', action: 'adm.config.edit', body: restoreBody },
    run: ({ params, body, caller, ...call }) =>
      saveRestore(mail, params.company, body, { ...call, callerId: caller.id ?? '' }),
  });
};
