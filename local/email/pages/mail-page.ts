/**
 * One mail: who, what became of it at each recipient, its HTML, text and headers, attachments, history.
 * From: `pages.ts`. Next: the forms of `mail-forms.ts`, by which a person plays the recipient.
 */
import type { HttpAnswer } from '../../kit/http-service.ts';
import { mailboxOf } from '../addresses.ts';
import type { Address, Mail } from '../types.ts';
import { html, type Markup } from '../../kit/html.ts';
import { answerPage, type PageParts } from './layout.ts';
import { deliverySection } from './mail-delivery.ts';

import { actForms, type Draft } from './mail-forms.ts';
import { fullTime } from './times.ts';

export type Notice = { text: string; isBad?: boolean };

const views = ['html', 'text', 'headers'] as const;
type View = (typeof views)[number];

export type MailPage = { view?: string | null; notice?: Notice | undefined; draft?: Draft };

export const answerMail = (parts: PageParts, mail: Mail, page: MailPage, status = 200): HttpAnswer => {
  const { notice } = page;
  const main = html`${notice && html`<p class="card notice ${notice.isBad && 'bad'}" role="status">${notice.text}</p>`}
    ${neighbours(parts, mail)}
    <article>
      <section class="card">
        <h1>${mail.message.subject}</h1>
        ${envelope(mail)}
      </section>
      <section class="card" aria-label="Content">${content(mail, chooseView(mail, page.view))}</section>
      ${attachments(mail)} ${deliverySection(parts, mail)}
      ${actForms(mail, parts.reply !== undefined, page.draft)}
      <section class="card">
        <h2>History</h2>
        <table>
          ${mail.happenings.map(
            ({ atMs, what }) =>
              html`<tr>
                <td class="quiet">${fullTime(atMs)}</td>
                <td>${what}</td>
              </tr>`,
          )}
        </table>
      </section>
    </article>`;
  const only = mail.recipients.length === 1 ? mail.recipients[0] : undefined;
  const mailbox = only && mailboxOf(only.address);
  return answerPage(parts, { title: mail.message.subject, mailbox, main }, status);
};

const neighbours = ({ store }: PageParts, { id }: Mail): Markup => {
  const link = (to: number, words: string) =>
    html`<span>${store.mails.has(String(to)) && html`<a href="/mail/${to}">${words}</a>`}</span>`;
  return html`<nav class="pager" aria-label="Mails">
    ${link(Number(id) + 1, '← Newer mail')} ${link(Number(id) - 1, 'Older mail →')}
  </nav>`;
};

const envelope = ({ message, acceptedAtMs }: Mail): Markup => {
  const rows: [string, Markup | undefined][] = [
    ['From', html`${message.senderAddress}`],
    ['To', people(message.to)],
    ['Cc', people(message.cc)],
    ['Bcc', people(message.bcc)],
    ['Reply to', people(message.replyTo)],
    ['Sent', fullTime(acceptedAtMs)],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        value &&
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
};

const people = (addresses: readonly Address[]): Markup | undefined =>
  addresses.length === 0
    ? undefined
    : html`${addresses.map(({ address, displayName }, index) => html`${index > 0 && ', '}${displayName && `${displayName} `}<span class="${displayName && 'quiet'}">${address}</span>`)}`;

const chooseView = ({ message }: Mail, wanted: string | null | undefined): View =>
  views.find(
    (view) => view === wanted && (view !== 'html' || message.html) && (view !== 'text' || message.plainText),
  ) ?? (message.html ? 'html' : 'text');

const content = (mail: Mail, view: View): Markup => {
  const { html: markup, plainText } = mail.message;
  const tab = (name: View, words: string) =>
    html`<a href="/mail/${mail.id}?view=${name}" ${name === view && html`aria-current="page"`}>${words}</a>`;
  return html`<nav class="tabs" aria-label="Views of this mail">
      ${markup && tab('html', 'HTML')} ${plainText && tab('text', 'Text')} ${tab('headers', 'Headers')}
    </nav>
    ${view === 'html' && html`<iframe src="/mail/${mail.id}/html" title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`}
    ${view === 'text' && html`<pre>${plainText}</pre>`} ${view === 'headers' && headers(mail)}`;
};

const headers = ({ message, internetMessageId, operationId, sentBy }: Mail): Markup => {
  const rows = [
    ['Message-ID', internetMessageId],
    ...Object.entries(message.headers),
    ['Operation id', operationId],
    ['Sent by app', sentBy],
  ];
  return html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;
};

const attachments = ({ id, message }: Mail): Markup | false =>
  message.attachments.length > 0 &&
  html`<section class="card">
    <h2>Attachments</h2>
    <table>
      ${message.attachments.map(
        ({ name, contentType, contentInBase64 }, index) =>
          html`<tr>
            <td><a href="/mail/${id}/attachments/${index + 1}" download>${name}</a></td>
            <td class="quiet">${contentType}</td>
            <td class="quiet">
              ${Math.max(1, Math.round(Buffer.byteLength(contentInBase64, 'base64') / 1024))} KB
            </td>
          </tr>`,
      )}
    </table>
  </section>`;
