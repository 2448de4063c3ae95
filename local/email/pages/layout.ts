/**
 * The frame of every mailbox page: the bar with the search, the mailboxes at the side, the content.
 * From: the page files. Next: one HTTP answer that allows no script, no foreign asset and no framing.
 */
import type { Clock } from '../../clock.ts';
import type { HttpAnswer } from '../../kit/http-service.ts';
import type { Reporting } from '../reports.ts';
import type { EmailStore } from '../store.ts';
import type { SendReply } from './actions.ts';
import { html, type Markup } from '../../kit/html.ts';
import { fullTime } from './times.ts';

export type PageParts = {
  store: EmailStore;
  clock: Clock;
  reporting: Reporting;
  /** Undefined: nobody takes replies, so the page offers none. */
  reply: SendReply | undefined;
};

/** Form posts name their origin only under a policy that is not `no-referrer`. */
const safeHeaders = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
};

const shownMailboxes = 200;

export type PageContent = { title: string; mailbox?: string | undefined; search?: string; main: Markup };

export const answerPage = (parts: PageParts, content: PageContent, status = 200): HttpAnswer => ({
  status,
  headers: { ...safeHeaders, 'content-type': 'text/html; charset=utf-8' },
  body: frame(parts, content).markup,
});

const frame = ({ store, clock }: PageParts, { title, mailbox, search = '', main }: PageContent): Markup =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Dunwell mail</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#main">Skip to the mails</a>
        <header class="bar">
          <a class="name" href="/">Dunwell mail</a>
          <form action="/" method="get" role="search">
            <input
              type="search"
              name="q"
              value="${search}"
              placeholder="Search mails"
              aria-label="Search mails"
            />
          </form>
          <span class="now quiet">Business clock ${fullTime(clock.now())}</span>
        </header>
        <div class="frame">
          ${sidebar(store, mailbox)}
          <main id="main">${main}</main>
        </div>
      </body>
    </html>`;

const sidebar = (store: EmailStore, chosen: string | undefined): Markup => {
  const boxes = [...store.mailboxes()].sort(([, a], [, b]) => latestMs(b) - latestMs(a));
  const rest = boxes.length - shownMailboxes;
  return html`<nav class="boxes" aria-label="Mailboxes">
    <h2>Mailboxes</h2>
    <ul>
      <li>${boxLink('/', 'All mails', store.mails.size, chosen === undefined)}</li>
      ${boxes
        .slice(0, shownMailboxes)
        .map(
          ([address, mails]) =>
            html`<li>${boxLink(mailboxHref(address), address, mails.length, address === chosen)}</li>`,
        )}
    </ul>
    ${rest > 0 && html`<p class="quiet">and ${rest} more: search for the address</p>`}
  </nav>`;
};

export const mailboxHref = (address: string): string => `/mailbox/${encodeURIComponent(address)}`;

const boxLink = (href: string, name: string, count: number, isChosen: boolean): Markup =>
  html`<a href="${href}" title="${name}" ${isChosen && html`aria-current="page"`}
    ><span>${name}</span> <span class="quiet">${count}</span></a
  >`;

const latestMs = (mails: readonly { acceptedAtMs: number }[]): number => mails.at(-1)?.acceptedAtMs ?? 0;
