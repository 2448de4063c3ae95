/**
 * Tokens in the shape of Entra ID's version 2.0, for people and for apps.
 * From: the token endpoint and `tokenFor`. Next: `shared/edge` verifies them with `jose`.
 * All instants are the business clock's.
 */
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { api, machineClient, staffClient, tenantId } from './directory.ts';
import type { Persona } from './directory.ts';
import type { SigningKey } from './key-ring.ts';

/** Seconds an access or ID token lasts. */
export const tokenSeconds = 3_600;
/** Milliseconds until the browser must sign in again; the service gives single-page apps a day. */
export const refreshMs = 24 * 3_600_000;

const times = (nowMs: number) => {
  const now = Math.floor(nowMs / 1_000);
  return { iat: now, nbf: now, exp: now + tokenSeconds };
};

const common = (issuer: string, audience: string, persona: Persona, nowMs: number): JWTPayload => ({
  aud: audience,
  iss: issuer,
  ...times(nowMs),
  oid: persona.oid,
  sub: subjectFor(persona, audience),
  tid: tenantId,
  uti: randomBytes(16).toString('base64url'),
  ver: '2.0',
});

/** The service gives each app another subject for the same person; an app is its own subject. */
const subjectFor = ({ kind, oid }: Persona, audience: string): string =>
  kind === 'app' ? oid : createHash('sha256').update(`${oid} ${audience}`).digest('base64url');

const personClaims = ({ name, userName, homeTenantId }: Persona): JWTPayload => ({
  name,
  preferred_username: userName,
  ...(homeTenantId
    ? { acct: 1, idp: `https://sts.windows.net/${homeTenantId}/`, email: userName }
    : { acct: 0 }),
});

/** What an access token for the API says: `scp` and a name for people, `idtyp: app` and no `scp` for apps. */
export const accessClaims = (issuer: string, persona: Persona, nowMs: number): JWTPayload => ({
  ...common(issuer, api.clientId, persona, nowMs),
  roles: persona.roles,
  ...(persona.kind === 'person'
    ? { ...personClaims(persona), azp: staffClient.clientId, azpacr: '0', scp: api.scope }
    : { azp: machineClient.clientId, azpacr: '1', idtyp: 'app' }),
});

/** What the browser client learns about who signed in. */
export const idClaims = (issuer: string, persona: Persona, nowMs: number, nonce?: string): JWTPayload => ({
  ...common(issuer, staffClient.clientId, persona, nowMs),
  ...personClaims(persona),
  ...(nonce === undefined ? {} : { nonce }),
});

export const signToken = (claims: JWTPayload, { kid, key }: SigningKey): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid }).sign(key);
