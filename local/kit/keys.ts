/**
 * The keys of the local Azure: one per app and service, the same on every machine, good on loopback only.
 * From: the app's name. Next: `settings(app)` puts them into connection strings; the stand-ins look
 * up which app a signature belongs to and refuse what the topology does not grant it.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Opens everything everywhere: for tests, benches and people looking around. Never given to an app. */
export const ownerName = 'owner';

/** Base64 of 32 bytes. */
export const localKey = (service: string, holder: string): string =>
  createHash('sha256').update(`dunwell local ${service} ${holder}`).digest('base64');

/** Base64 HMAC-SHA256 with a base64 key. */
export const sign = (key: string, text: string): string =>
  createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');

/** Compares two signatures without telling how much of them agreed. */
export const sameSignature = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
