/**
 * The authorize and logout routes: from a browser's request to a code at a trusted address.
 * From: the browser client. Next: the token endpoint redeems the code.
 * What is wrong with the client or its address is shown here; all else goes back to that address.
 */
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { isApiScope, refuse } from './context.ts';
import type { Context } from './context.ts';
import { findPersona, isRegisteredRedirect, staffClient } from './directory.ts';
import { describeProblem, problems } from './problems.ts';
import type { Problem } from './problems.ts';
import { problemPage, signedOutPage, signInPage } from './sign-in-page.ts';

/** Ten minutes, as in the service. */
const codeMs = 600_000;
const cookieName = 'local-sign-in';
const openIdScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Shows who can sign in (GET), or sends the chosen person's code back (POST). */
export const authorize = async (call: HttpCall, context: Context): Promise<HttpAnswer> => {
  if (call.method !== 'GET' && call.method !== 'POST')
    return refuse(problems.method('GET and POST', call.method), context);
  const asked = call.method === 'POST' ? new URLSearchParams(call.body.toString('utf8')) : call.query;
  const untrusted = findUntrusted(asked);
  if (untrusted) return problemPage(describeProblem(untrusted, context.clock.now()), untrusted.status);
  const wrong = findWrong(asked);
  if (wrong) return sendBackProblem(asked, wrong, context);
  if (asked.get('prompt') === 'none') return signInSilently(call, asked, context);
  return call.method === 'POST' ? signIn(asked, asked.get('persona') ?? '', context) : signInPage(asked);
};

const findUntrusted = (asked: URLSearchParams): Problem | undefined => {
  const clientId = asked.get('client_id');
  const redirectUri = asked.get('redirect_uri');
  if (!clientId) return problems.missing('client_id');
  if (clientId !== staffClient.clientId) return problems.unknownClient(clientId);
  if (!redirectUri) return problems.noRedirect();
  return isRegisteredRedirect(redirectUri) ? undefined : problems.wrongRedirect(redirectUri);
};

const findWrong = (asked: URLSearchParams): Problem | undefined => {
  const responseType = asked.get('response_type');
  const responseMode = asked.get('response_mode') ?? 'query';
  if (!responseType) return problems.missing('response_type');
  if (responseType !== 'code') return problems.responseType(responseType);
  if (responseMode !== 'query' && responseMode !== 'fragment') return problems.responseMode(responseMode);
  return findWrongScope(asked) ?? findWrongChallenge(asked);
};

const findWrongScope = (asked: URLSearchParams): Problem | undefined => {
  const scopes = scopesOf(asked);
  if (scopes.length === 0) return problems.missing('scope');
  const unknown = scopes.find((scope) => !openIdScopes.has(scope) && !isApiScope(scope));
  if (unknown !== undefined) return problems.scope(unknown);
  return scopes.some(isApiScope) ? undefined : problems.scope(scopes.join(' '));
};

const findWrongChallenge = (asked: URLSearchParams): Problem | undefined => {
  const challenge = asked.get('code_challenge');
  if (!challenge) return problems.noChallenge();
  const isS256 = asked.get('code_challenge_method') === 'S256' && /^[\w-]{43}$/.test(challenge);
  return isS256 ? undefined : problems.badChallenge();
};

const scopesOf = (asked: URLSearchParams): string[] =>
  (asked.get('scope') ?? '').split(' ').filter((scope) => scope !== '');

const signInSilently = (
  call: HttpCall,
  asked: URLSearchParams,
  context: Context,
): Promise<HttpAnswer> | HttpAnswer => {
  const personaId = new RegExp(`(?:^|; ?)${cookieName}=([a-z]+)`).exec(call.headers['cookie'] ?? '')?.[1];
  if (personaId === undefined) return sendBackProblem(asked, problems.nobodySignedIn(), context);
  return signIn(asked, personaId, context);
};

const signIn = async (asked: URLSearchParams, personaId: string, context: Context): Promise<HttpAnswer> => {
  const persona = findPersona(personaId);
  if (persona?.kind !== 'person') return sendBackProblem(asked, problems.unknownPerson(personaId), context);
  const nonce = asked.get('nonce');
  const code = await context.store.addCode({
    clientId: staffClient.clientId,
    personaId: persona.id,
    scopes: scopesOf(asked),
    expiresAtMs: context.clock.now() + codeMs,
    redirectUri: asked.get('redirect_uri')!,
    challenge: asked.get('code_challenge')!,
    ...(nonce === null ? {} : { nonce }),
  });
  const answer = sendBack(asked, { code });
  const cookie = `${cookieName}=${persona.id}; Path=/; HttpOnly; SameSite=Lax`;
  return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
};

const sendBackProblem = (asked: URLSearchParams, problem: Problem, { clock }: Context): HttpAnswer =>
  sendBack(asked, { error: problem.error, error_description: describeProblem(problem, clock.now()) });

/** Redirects with the answer in the query or the fragment, and the caller's state. */
const sendBack = (asked: URLSearchParams, answer: Record<string, string>): HttpAnswer => {
  const url = new URL(asked.get('redirect_uri')!);
  const state = asked.get('state');
  const parameters = new URLSearchParams({ ...answer, ...(state === null ? {} : { state }) });
  if (asked.get('response_mode') === 'fragment') url.hash = parameters.toString();
  else for (const [name, value] of parameters) url.searchParams.set(name, value);
  return { status: 302, headers: { location: url.href, 'cache-control': 'no-store' } };
};

/** Forgets who was signed in; goes back when the address is trusted. */
export const logout = (call: HttpCall): HttpAnswer => {
  const back = call.query.get('post_logout_redirect_uri');
  const cookie = `${cookieName}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`;
  if (back !== null && isRegisteredRedirect(back)) {
    const state = call.query.get('state');
    const url = new URL(back);
    if (state !== null) url.searchParams.set('state', state);
    return { status: 302, headers: { location: url.href, 'set-cookie': cookie } };
  }
  const page = signedOutPage();
  return { ...page, headers: { ...page.headers, 'set-cookie': cookie } };
};
