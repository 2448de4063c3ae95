/**
 * The local issuer: signs invented people and machines in, with tokens shaped like Entra ID's.
 * From: `local/main.ts` and tests. Next: `answer` in `routes.ts`.
 */
import { serveHttp } from '../kit/http-service.ts';
import type { RefusalKind } from '../kit/http-service.ts';
import type { LocalService, ServiceOptions } from '../kit/service.ts';
import { issueFor, issuerOf, refuse } from './context.ts';
import type { Context } from './context.ts';
import { api, machineClient, people, staffClient, tenantId } from './directory.ts';
import type { Flaw } from './flaws.ts';
import { openKeyRing } from './key-ring.ts';
import { problems } from './problems.ts';
import { answer, operationOf } from './routes.ts';
import { openStore } from './store.ts';

export type IdentityService = LocalService & {
  /** The `iss` of every token. */
  issuer: string;
  /** The `aud` of every access token: the API's client id. */
  audience: string;
  tenantId: string;
  jwksUri: string;
  tokenUrl: string;
  /** What browser clients ask for. */
  scope: string;
  browserClientId: string;
  machineClientId: string;
  machineSecret: string;
  /** An access token for the API. @throws RangeError when there is no such persona. */
  tokenFor(personaId: string, flaw?: Flaw): Promise<string>;
  /** Signs with a new key from now on; resolves with its id. */
  rotateKeys(): Promise<string>;
  /** Forgets an old key; resolves false when it is unknown or signs now. */
  removeKey(kid: string): Promise<boolean>;
};

/** Bytes; no real request comes near. */
const maxBodyBytes = 65_536;

/** @throws PortTaken, DamagedState */
export const startIdentity = async (options: ServiceOptions): Promise<IdentityService> => {
  const store = openStore(options.stateDir, options.clock);
  const ring = await openKeyRing(store);
  const context: Context = { clock: options.clock, store, ring, baseUrl: '' };
  const counts: Record<string, number> = {};
  const service = await serveHttp({
    name: 'identity',
    port: options.port,
    maxBodyBytes,
    faults: options.faults,
    answer: (call) => {
      const operation = operationOf(call);
      counts[operation] = (counts[operation] ?? 0) + 1;
      return answer(call, context);
    },
    refuse: (kind, _call, retryAfterMs) => refuseOutside(kind, context, retryAfterMs),
    onCrash: (error, call) => options.log(`identity: ${call.method} ${call.path} failed: ${String(error)}`),
  }).catch((error: unknown) => {
    store.close();
    throw error;
  });
  context.baseUrl = service.url;
  return {
    ...addressesOf(context),
    url: service.url,
    port: service.port,
    summary: `${people.length} people and 1 app to sign in as`,
    counts: () => ({ ...counts }),
    tokenFor: async (personaId, flaw) => issueFor(context, personaId, flaw),
    rotateKeys: () => ring.rotate(),
    removeKey: (kid) => ring.remove(kid),
    close: async () => {
      await service.close();
      store.close();
    },
  };
};

const addressesOf = (context: Context) => ({
  issuer: issuerOf(context),
  audience: api.clientId,
  tenantId,
  jwksUri: `${context.baseUrl}/${tenantId}/discovery/v2.0/keys`,
  tokenUrl: `${context.baseUrl}/${tenantId}/oauth2/v2.0/token`,
  scope: `${api.uri}/${api.scope}`,
  browserClientId: staffClient.clientId,
  machineClientId: machineClient.clientId,
  machineSecret: machineClient.secret,
});

const refuseOutside = (kind: RefusalKind, context: Context, retryAfterMs: number) => {
  const problem = {
    'too-large': problems.tooLarge,
    throttled: problems.throttled,
    unavailable: problems.unavailable,
    crashed: problems.crashed,
  }[kind]();
  const answered = refuse(problem, context);
  if (kind !== 'throttled' && kind !== 'unavailable') return answered;
  return {
    ...answered,
    headers: { ...answered.headers, 'retry-after': String(Math.ceil(retryAfterMs / 1_000)) },
  };
};
