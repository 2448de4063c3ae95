/**
 * Secrets of sessions and sign-in links: random ones, and signatures nobody else can make.
 * From: the keys that sign links. Next: the portal.
 */
import { createHmac, randomBytes } from 'node:crypto';

/** 256 random bits, safe in a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** @param keys base64; the first one signs. @throws when there is none. */
export const sealedBy =
  (keys: readonly string[]) =>
  (text: string): string => {
    const [key] = keys;
    if (key === undefined) throw new Error('no key is set to seal with');
    return createHmac('sha256', Buffer.from(key, 'base64'))
      .update(`dunwell seal 1 ${text}`)
      .digest('base64url');
  };
