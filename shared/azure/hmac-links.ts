/**
 * `LinkSigner` by HMAC-SHA256: the claim as JSON in base64url, a dot, its signature.
 * From: keys of the settings, the first signs, all verify. Next: links in mails; the portal.
 */
import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { instantFromText } from '../domain/calendar.ts';
import { linkPurposes, type LinkSigner } from '../ports/link-signer.ts';

const claimShape = z.strictObject({
  ...{ companyId: z.string(), accountId: z.string(), messageId: z.string(), purpose: z.enum(linkPurposes) },
  ...{ aboutId: z.string().exactOptional(), expiresAt: z.iso.datetime() },
});

const longestToken = 2_000;

/** @param keys base64; none: signing throws and nothing verifies. */
export const hmacLinks = (keys: readonly string[]): LinkSigner => {
  const secrets = keys.map((key) => createSecretKey(key, 'base64'));
  return {
    sign: (claim) => {
      const [secret] = secrets;
      if (secret === undefined) throw new Error('no key is set to sign links with');
      const body = Buffer.from(JSON.stringify(claimShape.parse(claim))).toString('base64url');
      return `${body}.${signatureOf(secret, body).toString('base64url')}`;
    },
    verify: (token, now) => {
      const [body, signature, ...more] = token.length > longestToken ? [] : token.split('.');
      if (body === undefined || signature === undefined || more.length > 0) return { is: 'forged' };
      const given = Buffer.from(signature, 'base64url');
      if (!secrets.some((secret) => isSame(signatureOf(secret, body), given))) return { is: 'forged' };
      const claim = claimShape.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
      const isOver = instantFromText(claim.expiresAt).epochMilliseconds <= now.epochMilliseconds;
      return { is: isOver ? 'expired' : 'valid', claim };
    },
  };
};

const signatureOf = (secret: KeyObject, body: string): Buffer =>
  createHmac('sha256', secret).update(`dunwell link 1 ${body}`).digest();

const isSame = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);
