/**
 * The issuer the suites run against: a real tenant when the environment names one, else the local one.
 * From: `CONFORMANCE_IDENTITY_ISSUER`, `_AUDIENCE`, `_CLIENT_ID`, `_CLIENT_SECRET`. Next: the tests beside this file.
 */
import { createRemoteJWKSet, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { createClock } from '../../../local/clock.ts';
import type { Clock } from '../../../local/clock.ts';
import { startIdentity } from '../../../local/identity/start.ts';
import type { IdentityService } from '../../../local/identity/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import type { FaultSwitch } from '../../../local/kit/faults.ts';
import { topology } from '../../../shared/contracts/topology.ts';

const realIssuer = process.env['CONFORMANCE_IDENTITY_ISSUER'];
export const isLocal = realIssuer === undefined;

export type Local = { service: IdentityService; clock: Clock; faults: FaultSwitch; log: string[] };

/** A stand-in of one's own. */
export const startLocal = async (stateDir?: string, port = 0, clock = createClock()): Promise<Local> => {
  const faults = createFaultSwitch();
  const log: string[] = [];
  const service = await startIdentity({
    port,
    stateDir,
    topology,
    clock,
    faults,
    log: (line) => log.push(line),
  });
  return { service, clock, faults, log };
};

/** What both kinds of tenant have. */
export type Tenant = {
  issuer: string;
  audience: string;
  clientId: string;
  secret: string;
  close(): Promise<void>;
};

export const openTenant = async (): Promise<Tenant> => {
  if (realIssuer !== undefined)
    return {
      issuer: realIssuer,
      audience: process.env['CONFORMANCE_IDENTITY_AUDIENCE'] ?? '',
      clientId: process.env['CONFORMANCE_IDENTITY_CLIENT_ID'] ?? '',
      secret: process.env['CONFORMANCE_IDENTITY_CLIENT_SECRET'] ?? '',
      close: async () => undefined,
    };
  const { service } = await startLocal();
  const { issuer, audience, machineClientId: clientId, machineSecret: secret } = service;
  return { issuer, audience, clientId, secret, close: () => service.close() };
};

export type Discovery = Record<'issuer' | 'token_endpoint' | 'jwks_uri' | 'authorization_endpoint', string> &
  Record<string, unknown>;

export const discover = async (issuer: string): Promise<Discovery> => {
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
  return (await answer.json()) as Discovery;
};

export type TokenAnswer = {
  status: number;
  access_token: string;
  id_token: string;
  refresh_token: string;
  expires_in: number;
  scope: string;
  error: string;
  error_codes: number[];
  error_description: string;
};

/** Posts a form to the token endpoint. */
export const askForToken = async (url: string, form: Record<string, string>): Promise<TokenAnswer> => {
  const headers = { connection: 'close' }; // a kept connection would not outlive a restart
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form), headers });
  return { ...((await answer.json()) as TokenAnswer), status: answer.status };
};

/** What the official verifier says, by the business clock. @throws what jose throws */
export const verify = async ({ service, clock }: Local, token: string, options = {}): Promise<JWTPayload> => {
  const keys = createRemoteJWKSet(new URL(service.jwksUri), { cooldownDuration: 0 });
  const { payload } = await jwtVerify(token, keys, {
    issuer: service.issuer,
    audience: service.audience,
    algorithms: ['RS256'],
    currentDate: new Date(clock.now()),
    ...options,
  });
  return payload;
};

export const redirectUri = 'http://localhost:5173/sign-in';
export const newVerifier = (): string => randomBytes(32).toString('base64url');
const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** The parameters a browser client sends to the authorize endpoint. */
export const authorizeQuery = (
  service: IdentityService,
  verifier: string,
  more: Record<string, string> = {},
) =>
  new URLSearchParams({
    client_id: service.browserClientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: `openid profile offline_access ${service.scope}`,
    code_challenge: challengeOf(verifier),
    code_challenge_method: 'S256',
    state: 'st & 1',
    nonce: 'n-1',
    ...more,
  });

export const authorizeUrl = (service: IdentityService): string =>
  service.issuer.replace(/v2\.0$/, 'oauth2/v2.0/authorize');

/** Chooses a person as the page's button does; resolves with where the browser is sent. */
export const choose = async (
  service: IdentityService,
  query: URLSearchParams,
  persona: string,
): Promise<URL> => {
  const body = new URLSearchParams([...query, ['persona', persona]]);
  const answer = await fetch(authorizeUrl(service), { method: 'POST', body, redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '');
};

/** Signs a person in up to the code. */
export const codeFor = async (service: IdentityService, persona: string, verifier: string): Promise<string> =>
  (await choose(service, authorizeQuery(service, verifier), persona)).searchParams.get('code') ?? '';

/** Exchanges a code. */
export const redeem = (
  service: IdentityService,
  code: string,
  verifier: string,
  more: Record<string, string> = {},
) =>
  askForToken(service.tokenUrl, {
    grant_type: 'authorization_code',
    client_id: service.browserClientId,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...more,
  });
