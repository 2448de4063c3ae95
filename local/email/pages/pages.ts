/**
 * The mailbox pages and their addresses.
 * From: `routes.ts`. Next: one file per page. Reading is by GET, acting by POST; anything else is refused.
 */
import type { HttpAnswer, HttpCall } from '../../kit/http-service.ts';
import type { Mail } from '../types.ts';
import { act, actions, noticeOf } from './actions.ts';
import { html } from '../../kit/html.ts';
import { answerPage, type PageParts } from './layout.ts';
import { answerList, answerMailbox } from './list-page.ts';
import { answerAttachment, answerMailHtml } from './mail-body.ts';
import { answerMail } from './mail-page.ts';
import { styleSheet } from './style.ts';

export const createPages =
  (parts: PageParts) =>
  async (call: HttpCall): Promise<HttpAnswer> => {
    const [area = '', name = '', part, detail, ...rest] = call.path.slice(1).split('/');
    const action = actions.find((one) => one === part);
    const mail = area === 'mail' ? parts.store.mails.get(name) : undefined;
    if (call.method === 'POST')
      return mail && action && detail === undefined ? act(parts, mail, action, call) : wrongMethod(parts);
    if (call.method !== 'GET' && call.method !== 'HEAD') return wrongMethod(parts);
    if (rest.length > 0) return notFound(parts);
    if (mail) return mailPart(parts, mail, call, part, detail) ?? notFound(parts);
    if (call.path === '/') return answerList(parts, call.query);
    if (call.path === '/style.css') return style;
    const address = area === 'mailbox' && part === undefined ? decode(name) : undefined;
    return address ? answerMailbox(parts, address, call.query) : notFound(parts);
  };

const mailPart = (
  parts: PageParts,
  mail: Mail,
  call: HttpCall,
  part: string | undefined,
  detail: string | undefined,
): HttpAnswer | undefined => {
  if (part === 'attachments' && detail !== undefined) return answerAttachment(mail, Number(detail));
  if (detail !== undefined) return undefined;
  if (part === 'html' && mail.message.html) return answerMailHtml(mail, call);
  if (part !== undefined) return undefined;
  const { query } = call;
  return answerMail(parts, mail, { view: query.get('view'), notice: noticeOf(query.get('done')) });
};

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // a broken % sequence names no mailbox
  }
};

const notFound = (parts: PageParts): HttpAnswer => problem(parts, 404, 'There is no such page.');

const wrongMethod = (parts: PageParts): HttpAnswer => problem(parts, 405, 'This cannot be done here.');

const problem = (parts: PageParts, status: number, text: string): HttpAnswer =>
  answerPage(
    parts,
    {
      title: text,
      main: html`<h1>${text}</h1>
        <p><a href="/">Back to all mails</a></p>`,
    },
    status,
  );

const style: HttpAnswer = {
  status: 200,
  headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=60' },
  body: styleSheet,
};
