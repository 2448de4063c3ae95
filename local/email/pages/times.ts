/**
 * Instants as a person reads them, in UTC, as the business clock has them.
 * From: the pages. Next: `<time>` elements.
 */
import { html, type Markup } from '../../kit/html.ts';

const clockTime = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', timeStyle: 'short' });
const shortDate = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const fullDate = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  dateStyle: 'medium',
  timeStyle: 'medium',
});

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const element = (ms: number, text: string): Markup =>
  html`<time datetime="${new Date(ms).toISOString()}" title="${fullDate.format(ms)} UTC">${text}</time>`;

/** `14:05` today, `3 Nov` on another day of this year, `3 Nov 2025` before. */
export const briefTime = (ms: number, nowMs: number): Markup => {
  if (dayOf(ms) === dayOf(nowMs)) return element(ms, clockTime.format(ms));
  const isThisYear = dayOf(ms).slice(0, 4) === dayOf(nowMs).slice(0, 4);
  return element(ms, isThisYear ? shortDate.format(ms) : `${shortDate.format(ms)} ${dayOf(ms).slice(0, 4)}`);
};

/** `3 Nov 2026, 14:05:00 UTC`. */
export const fullTime = (ms: number): Markup => element(ms, `${fullDate.format(ms)} UTC`);
