/**
 * Tokens that must be refused, each wrong in one way.
 * From: `/local/token?flaw=…` and tests. Next: the API under test, which must answer 401 to each.
 */
import { SignJWT, UnsecuredJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { createPublicKey, randomUUID } from 'node:crypto';
import { staffClient } from './directory.ts';
import type { KeyRing } from './key-ring.ts';
import { newKey, toSigningKey } from './key-ring.ts';
import { signToken, tokenSeconds } from './tokens.ts';

export const flaws = [
  'wrong-audience',
  'wrong-issuer',
  'wrong-tenant',
  'alg-none',
  'alg-hs256',
  'expired',
  'not-yet-valid',
  'unknown-key',
  'bad-signature',
  'no-roles',
] as const;
export type Flaw = (typeof flaws)[number];

export const isFlaw = (text: string): text is Flaw => (flaws as readonly string[]).includes(text);

/** Signs these claims so that a careful verifier refuses them (for `no-roles`: lets in, but to nothing). */
export const signFlawed = async (claims: JWTPayload, flaw: Flaw, ring: KeyRing): Promise<string> => {
  const current = ring.current();
  switch (flaw) {
    case 'alg-none':
      return new UnsecuredJWT(claims).encode();
    case 'alg-hs256':
      return signWithPublicKey(claims, ring);
    case 'unknown-key':
      return signToken(claims, await toSigningKey(await newKey()));
    case 'bad-signature': {
      const other = await toSigningKey(await newKey());
      return signToken(claims, { kid: current.kid, key: other.key });
    }
    default:
      return signToken(bend(claims, flaw), current);
  }
};

type BentClaims = Exclude<Flaw, 'alg-none' | 'alg-hs256' | 'unknown-key' | 'bad-signature'>;

const bend = (claims: JWTPayload, flaw: BentClaims): JWTPayload => {
  const otherTenant = randomUUID();
  switch (flaw) {
    case 'wrong-audience':
      return { ...claims, aud: staffClient.clientId };
    case 'wrong-issuer':
      return { ...claims, iss: `${claims.iss}/` };
    case 'wrong-tenant':
      return {
        ...claims,
        tid: otherTenant,
        iss: String(claims.iss).replace(String(claims.tid), otherTenant),
      };
    case 'expired':
      return shift(claims, -2 * tokenSeconds);
    case 'not-yet-valid':
      return shift(claims, tokenSeconds);
    case 'no-roles': {
      const { roles: _roles, ...rest } = claims;
      return rest;
    }
  }
};

const shift = (claims: JWTPayload, seconds: number): JWTPayload => ({
  ...claims,
  iat: claims.iat! + seconds,
  nbf: claims.nbf! + seconds,
  exp: claims.exp! + seconds,
});

/** The classic confusion: the public key, which everybody has, used as a shared secret. */
const signWithPublicKey = (claims: JWTPayload, ring: KeyRing): Promise<string> => {
  const { kid } = ring.current();
  const shown = ring.publicKeys().find((key) => key.kid === kid);
  const secret = createPublicKey({ key: { ...shown }, format: 'jwk' }).export({
    type: 'spki',
    format: 'pem',
  });
  return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'HS256', kid }).sign(Buffer.from(secret));
};
