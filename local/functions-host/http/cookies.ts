/**
 * `Set-Cookie` lines as the platform writes them: value escaped, path `/` unless told otherwise.
 * From: `cookies` of a handler's response. Next: `response.ts`.
 */
import type { CookieData } from '../core/core-types.ts';

const sameSiteWords = { none: undefined, lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

export const cookieLine = (cookie: CookieData): string => {
  const line = [`${cookie.name}=${escapeAll(cookie.value)}`];
  if (cookie.expires) line.push(`expires=${new Date(cookie.expires.value.seconds * 1_000).toUTCString()}`);
  if (cookie.maxAge) line.push(`max-age=${Math.trunc(cookie.maxAge.value)}`);
  if (cookie.domain) line.push(`domain=${cookie.domain.value}`);
  line.push(`path=${cookie.path?.value ?? '/'}`);
  if (cookie.secure?.value) line.push('secure');
  const sameSite = sameSiteWords[cookie.sameSite ?? 'none'];
  if (sameSite) line.push(`samesite=${sameSite}`);
  if (cookie.httpOnly?.value) line.push('httponly');
  return line.join('; ');
};

/** Everything but letters, digits and `-_.~`. */
const escapeAll = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
