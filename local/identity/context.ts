/**
 * What every route of the issuer works with.
 * From: `start.ts`. Next: the routes of this folder.
 */
import type { Clock } from '../clock.ts';
import type { HttpAnswer } from '../kit/http-service.ts';
import { api, findPersona, tenantId } from './directory.ts';
import { isFlaw, signFlawed } from './flaws.ts';
import type { KeyRing } from './key-ring.ts';
import type { Problem } from './problems.ts';
import { answerProblem } from './problems.ts';
import type { Store } from './store.ts';
import { accessClaims, signToken } from './tokens.ts';

export type Context = {
  clock: Clock;
  store: Store;
  ring: KeyRing;
  /** `http://127.0.0.1:port`: every address in documents and tokens begins with it. */
  baseUrl: string;
};

export const issuerOf = ({ baseUrl }: Pick<Context, 'baseUrl'>): string => `${baseUrl}/${tenantId}/v2.0`;

export const json = (body: unknown, status = 200): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

export const refuse = (problem: Problem, { clock }: Context): HttpAnswer =>
  answerProblem(problem, clock.now());

/** Whether a scope asks for the API, by its URI or its bare id. */
export const isApiScope = (scope: string): boolean =>
  [
    `${api.uri}/${api.scope}`,
    `${api.clientId}/${api.scope}`,
    `${api.uri}/.default`,
    `${api.clientId}/.default`,
  ].includes(scope);

/** An access token for the API. @throws RangeError when there is no such persona or flaw. */
export const issueFor = (context: Context, personaId: string, flaw?: string): Promise<string> => {
  const persona = findPersona(personaId);
  if (!persona) throw new RangeError(`no persona ${personaId}`);
  const claims = accessClaims(issuerOf(context), persona, context.clock.now());
  if (flaw === undefined) return signToken(claims, context.ring.current());
  if (!isFlaw(flaw)) throw new RangeError(`no flaw ${flaw}`);
  return signFlawed(claims, flaw, context.ring);
};
