/**
 * The token endpoint: a code, a refresh token or a client secret becomes tokens.
 * From: the browser client, machine callers. Next: they call the API with the access token.
 */
import { createHash } from 'node:crypto';
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { sameSignature } from '../kit/keys.ts';
import { isApiScope, issueFor, issuerOf, json, refuse } from './context.ts';
import type { Context } from './context.ts';
import { api, findPersona, machineClient, personas, staffClient, tenantId } from './directory.ts';
import { problems } from './problems.ts';
import type { Problem } from './problems.ts';
import type { CodeGrant, Grant } from './store.ts';
import { idClaims, refreshMs, signToken, tokenSeconds } from './tokens.ts';

export const token = async (call: HttpCall, context: Context): Promise<HttpAnswer> => {
  if (call.method !== 'POST') return refuse(problems.method('POST', call.method), context);
  if (!call.headers['content-type']?.startsWith('application/x-www-form-urlencoded'))
    return refuse(problems.malformed('The content type must be application/x-www-form-urlencoded.'), context);
  const asked = new URLSearchParams(call.body.toString('utf8'));
  const grantType = asked.get('grant_type');
  if (!grantType) return refuse(problems.missing('grant_type'), context);
  if (grantType === 'client_credentials') return clientCredentials(asked, context);
  if (grantType === 'authorization_code') return redeemCode(asked, context);
  if (grantType === 'refresh_token') return redeemRefreshToken(asked, context);
  return refuse(problems.grantType(grantType), context);
};

const clientCredentials = async (asked: URLSearchParams, context: Context): Promise<HttpAnswer> => {
  const scope = asked.get('scope') ?? '';
  const wrong =
    findWrongClient(asked.get('client_id'), asked.get('client_secret')) ?? findWrongDefaultScope(scope);
  if (wrong) return refuse(wrong, context);
  const app = personas.find(({ kind }) => kind === 'app')!;
  return json({ ...lifetimes, access_token: await issueFor(context, app.id) });
};

const findWrongClient = (id: string | null, secret: string | null): Problem | undefined => {
  if (!id) return problems.missing('client_id');
  if (id !== machineClient.clientId) return problems.unknownClient(id);
  if (!secret) return problems.noSecret();
  return sameSignature(secret, machineClient.secret) ? undefined : problems.wrongSecret();
};

const findWrongDefaultScope = (scope: string): Problem | undefined => {
  if (scope === '') return problems.missing('scope');
  if (!scope.endsWith('/.default')) return problems.defaultScope(scope);
  return isApiScope(scope) ? undefined : problems.scope(scope);
};

const redeemCode = async (asked: URLSearchParams, context: Context): Promise<HttpAnswer> => {
  const code = asked.get('code') ?? '';
  const grant = context.store.findCode(code);
  const wrong = findWrongBrowserClient(asked) ?? findWrongCode(asked, code, grant, context.clock.now());
  if (wrong || !grant) return refuse(wrong ?? problems.badCode(), context);
  await context.store.useCode(code, context.clock.now());
  return issueTokens(grant, context, grant.nonce, context.clock.now() + refreshMs);
};

const findWrongBrowserClient = (asked: URLSearchParams): Problem | undefined => {
  const clientId = asked.get('client_id');
  if (!clientId) return problems.missing('client_id');
  return clientId === staffClient.clientId ? undefined : problems.unknownClient(clientId);
};

const findWrongCode = (
  asked: URLSearchParams,
  code: string,
  grant: CodeGrant | undefined,
  nowMs: number,
): Problem | undefined => {
  if (code === '') return problems.missing('code');
  if (!grant) return problems.badCode();
  if (grant.usedAtMs !== undefined) return problems.codeUsed();
  if (grant.expiresAtMs <= nowMs) return problems.expired();
  if (asked.get('redirect_uri') !== grant.redirectUri) return problems.otherRedirect();
  const verifier = asked.get('code_verifier');
  if (!verifier) return problems.missing('code_verifier');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return sameSignature(challenge, grant.challenge) ? undefined : problems.verifier();
};

const redeemRefreshToken = async (asked: URLSearchParams, context: Context): Promise<HttpAnswer> => {
  const text = asked.get('refresh_token') ?? '';
  const grant = context.store.findRefreshToken(text);
  const wrong =
    findWrongBrowserClient(asked) ?? (text === '' ? problems.missing('refresh_token') : undefined);
  if (wrong || !grant) return refuse(wrong ?? problems.badRefresh(), context);
  if (grant.expiresAtMs <= context.clock.now()) return refuse(problems.expired(), context);
  return issueTokens(grant, context, undefined, grant.expiresAtMs);
};

const lifetimes = { token_type: 'Bearer', expires_in: tokenSeconds, ext_expires_in: tokenSeconds };

/** A refreshed session ends when the first one would have: the browser client signs in once a day. */
const issueTokens = async (
  { clientId, personaId, scopes }: Grant,
  context: Context,
  nonce: string | undefined,
  sessionEndsAtMs: number,
): Promise<HttpAnswer> => {
  const persona = findPersona(personaId)!;
  const claims = idClaims(issuerOf(context), persona, context.clock.now(), nonce);
  const refreshGrant: Grant = { clientId, personaId, scopes, expiresAtMs: sessionEndsAtMs };
  return json({
    ...lifetimes,
    scope: `${api.uri}/${api.scope} ${scopes.filter((scope) => !isApiScope(scope)).join(' ')}`.trim(),
    access_token: await issueFor(context, personaId),
    ...(scopes.includes('openid') ? { id_token: await signToken(claims, context.ring.current()) } : {}),
    ...(scopes.includes('offline_access')
      ? { refresh_token: await context.store.addRefreshToken(refreshGrant) }
      : {}),
    client_info: Buffer.from(JSON.stringify({ uid: persona.oid, utid: tenantId })).toString('base64url'),
  });
};
