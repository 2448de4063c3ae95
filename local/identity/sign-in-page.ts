/**
 * The pages a person sees: choose who to be, what went wrong, signed out.
 * From: the authorize and logout routes. Next: a form post back, with the same parameters.
 * One form, one button per person: Tab and Enter work as a click does; no script.
 */
import { escapeHtml } from '../kit/html.ts';
import type { HttpAnswer } from '../kit/http-service.ts';
import { principals } from '../../shared/contracts/access.ts';
import { people } from './directory.ts';
import type { Persona } from './directory.ts';

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; background: #f4f5f7; color: #1d2330; margin: 0; }
  main { max-width: 34rem; margin: 4rem auto; background: #fff; padding: 2rem; border-radius: 12px;
    box-shadow: 0 2px 12px rgb(0 0 0 / 8%); }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
  p { margin: 0 0 1.25rem; color: #566; overflow-wrap: anywhere; }
  button { display: flex; justify-content: space-between; gap: 1rem; width: 100%; font: inherit; text-align: left;
    padding: .7rem 1rem; margin: 0 0 .5rem; border: 1px solid #d5d9e0; border-radius: 8px; background: #fff; cursor: pointer; }
  button:hover, button:focus { border-color: #2457d6; outline: 3px solid #cfdcff; }
  button span { color: #566; }`;

const page = (title: string, body: string, status = 200): HttpAnswer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  },
  body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width"><style>${style}</style></head><body><main>${body}</main></body></html>`,
});

/** Who do you want to be? A hint puts that person first. */
export const signInPage = (parameters: URLSearchParams): HttpAnswer => {
  const hint = parameters.get('login_hint')?.toLowerCase();
  const inOrder = people.toSorted((a, b) => Number(isMeant(b, hint)) - Number(isMeant(a, hint)));
  const hidden = [...parameters]
    .filter(([name]) => name !== 'persona')
    .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`);
  return page(
    'Sign in to Dunwell (local)',
    `<h1>Who do you want to be?</h1><p>Local sign-in with invented people. No password.</p>
<form method="post">${hidden.join('')}${inOrder.map(button).join('')}</form>`,
  );
};

const isMeant = ({ id, userName }: Persona, hint: string | undefined): boolean =>
  id === hint || userName === hint;

const button = ({ id, name, principal, homeTenantId }: Persona, index: number): string =>
  `<button name="persona" value="${id}"${index === 0 ? ' autofocus' : ''}>${escapeHtml(name)}<span>${
    principals[principal].name
  }${homeTenantId ? ' (guest)' : ''}</span></button>`;

/** A refusal that may not be sent to the redirect address, because that address is not trusted. */
export const problemPage = (text: string, status: number): HttpAnswer =>
  page('Sign-in failed', `<h1>Sorry, this sign-in cannot go on</h1><p>${escapeHtml(text)}</p>`, status);

export const signedOutPage = (): HttpAnswer =>
  page('Signed out', '<h1>You are signed out</h1><p>You can close this window.</p>');
