/**
 * The list of mails: all, of one mailbox, or found by a search; newest first, fifty to a page.
 * From: `pages.ts`. Next: a link to each mail.
 */
import type { HttpAnswer } from '../../kit/http-service.ts';
import { mailboxOf } from '../addresses.ts';
import type { Mail } from '../types.ts';
import { overallBadge } from './badge.ts';
import { html, type Markup } from '../../kit/html.ts';
import { answerPage, type PageParts } from './layout.ts';
import { briefTime, fullTime } from './times.ts';

const mailsPerPage = 50;

export const answerList = (parts: PageParts, query: URLSearchParams): HttpAnswer => {
  const search = (query.get('q') ?? '').trim();
  const mails = [...parts.store.mails.values()].filter((mail) => search === '' || isFound(mail, search));
  const title = search ? `Mails with “${search}”` : 'All mails';
  const main = html`<h1>${title}</h1>
    ${listOf(parts, mails, query, search ? 'No mail fits this search.' : emptyHint)}`;
  return answerPage(parts, { title, search, main });
};

export const answerMailbox = (parts: PageParts, address: string, query: URLSearchParams): HttpAnswer => {
  const mailbox = mailboxOf(address);
  const suppression = parts.store.suppressions.get(mailbox);
  const isSuppressed = suppression !== undefined && suppression.untilMs > parts.clock.now();
  const main = html`<h1>${mailbox}</h1>
    ${
      isSuppressed &&
      html`<p class="card notice bad">
        On the suppression list until ${fullTime(suppression.untilMs)}: mails to this address are dropped.
      </p>`
    }
    ${listOf(parts, parts.store.ofMailbox(mailbox), query, 'No mail was sent to this address.')}`;
  return answerPage(parts, { title: mailbox, mailbox, main });
};

const emptyHint = 'No mail yet. What the apps send appears here.';

const isFound = ({ message, recipients, operationId }: Mail, search: string): boolean => {
  const texts = [
    message.subject,
    message.plainText ?? '',
    operationId,
    ...recipients.map(({ address }) => address),
  ];
  return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()));
};

const listOf = (parts: PageParts, mails: readonly Mail[], query: URLSearchParams, empty: string): Markup => {
  if (mails.length === 0) return html`<p class="card empty">${empty}</p>`;
  const pages = Math.ceil(mails.length / mailsPerPage);
  const page = Math.min(Math.max(Math.trunc(Number(query.get('page'))) || 1, 1), pages);
  const shown = mails.toReversed().slice((page - 1) * mailsPerPage, page * mailsPerPage);
  const nowMs = parts.clock.now();
  return html`<ol class="mails card list">
      ${shown.map((mail) => row(mail, nowMs))}
    </ol>
    ${pages > 1 && pager(query, page, pages)}`;
};

const row = (mail: Mail, nowMs: number): Markup => {
  const [first, ...others] = mail.recipients;
  const snippet = (mail.message.plainText ?? '').slice(0, 140);
  return html`<li>
    <span class="who" title="${mail.recipients.map(({ address }) => address).join(', ')}">
      <span>${first?.displayName ?? first?.address}</span>
      ${others.length > 0 && html`<span class="quiet">+${others.length}</span>`}
    </span>
    <span class="what"
      ><a class="open" href="/mail/${mail.id}">${mail.message.subject}</a>
      <span class="quiet">${snippet}</span></span
    >
    <span class="how">${overallBadge(mail)}</span>
    ${briefTime(mail.acceptedAtMs, nowMs)}
  </li>`;
};

const pager = (query: URLSearchParams, page: number, pages: number): Markup => {
  const href = (to: number) =>
    `?${new URLSearchParams({ ...Object.fromEntries(query), page: String(to) }).toString()}`;
  return html`<nav class="pager" aria-label="Pages">
    <span>${page > 1 && html`<a href="${href(page - 1)}">← Newer</a>`}</span>
    <span class="quiet">Page ${page} of ${pages}</span>
    <span>${page < pages && html`<a href="${href(page + 1)}">Older →</a>`}</span>
  </nav>`;
};
