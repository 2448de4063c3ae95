/**
 * Routes for one mail to everybody of a segment.
 * From: staff. Next: `mail-segment.ts`.
 */
import * as desk from '../../shared/contracts/mail-desk.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { previewMailing, sendMailing } from './mail-segment.ts';
import type { EmailParts } from './parts.ts';

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
