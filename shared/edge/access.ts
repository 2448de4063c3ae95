/**
 * The access layer: who calls, what the matrix allows them, and the scope every store call asks for.
 * From: bearer tokens, verified here against the issuer's keys, never a header of the platform.
 * Next: the wrappers beside this file. Scopes are made nowhere else.
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import {
  cellOf,
  isActionName,
  principalOfRole,
  type ActionName,
  type Principal,
} from '../contracts/access.ts';
import type { AppSettings } from '../contracts/settings.ts';
import type { Instant } from '../domain/calendar.ts';
import { refuse, done, type Outcome } from '../domain/outcome.ts';
import { scopeOver, type Scope } from '../domain/scope.ts';

export type Caller = {
  /** Issuer tenant and object id; undefined for nobody. */
  id: string | undefined;
  principals: readonly Principal[];
};

export type Access = {
  /** Who sent this `authorization` header: nobody without one, a refusal when it does not hold. */
  identify(authorization: string | null, now: Instant): Promise<Outcome<Caller, 'not-signed-in'>>;
  /** The caller's scope for an action, or why not. */
  allow(caller: Caller, action: ActionName): Outcome<Scope, 'not-signed-in' | 'action-not-allowed'>;
  /** The system's own scope. @throws when the matrix does not give the action to the system. */
  systemScope(action: ActionName): Scope;
};

export const createAccess = ({ issuer, audience, keysUrl }: AppSettings['identity']): Access => {
  const keys = createRemoteJWKSet(new URL(keysUrl));
  return {
    identify: async (authorization, now) => {
      if (authorization === null) return done(nobody);
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      if (token === undefined)
        return refuse('not-signed-in', 'The authorization header holds no bearer token.');
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          audience,
          algorithms: ['RS256'],
          clockTolerance: 60,
          requiredClaims: ['tid', 'oid', 'exp'],
          currentDate: new Date(now.epochMilliseconds),
        });
        return callerOf(payload);
      } catch (fault) {
        if (isTokenFault(fault)) return refuse('not-signed-in', `The sign-in does not hold: ${fault.code}.`);
        throw fault;
      }
    },
    allow: (caller, action) => {
      const scope = widest(caller.principals, assertAction(action));
      if (scope) return done(scope);
      return caller.id === undefined
        ? refuse('not-signed-in', 'This needs a sign-in.')
        : refuse('action-not-allowed', `It needs the right ${action}.`);
    },
    systemScope: (action) => {
      const scope = widest(['SYS'], assertAction(action));
      if (!scope) throw new Error(`the access matrix does not give ${action} to the system`);
      return scope;
    },
  };
};

const nobody: Caller = { id: undefined, principals: ['ANO'] };

/** Keys that cannot be fetched are a fault of ours; everything else about a token is its bearer's. */
const isTokenFault = (fault: unknown): fault is errors.JOSEError =>
  fault instanceof errors.JOSEError &&
  !(fault instanceof errors.JWKSTimeout) &&
  fault.code !== 'ERR_JOSE_GENERIC';

const callerOf = ({ tid, oid, roles, scp }: JWTPayload): Outcome<Caller, 'not-signed-in'> => {
  if (scp === undefined && roles === undefined)
    return refuse('not-signed-in', 'The token has no scope or role.');
  const named = Array.isArray(roles) ? roles.filter((role) => typeof role === 'string') : [];
  const principals = named.map(principalOfRole).filter((principal) => principal !== undefined);
  // A person never becomes the system, whatever role is assigned to them: only app tokens lack `scp`.
  const held = scp === undefined ? principals : principals.filter((principal) => principal !== 'SYS');
  return done({ id: `${String(tid)}:${String(oid)}`, principals: held });
};

const assertAction = (action: ActionName): ActionName => {
  if (!isActionName(action)) throw new Error(`the access matrix has no action ${String(action)}`);
  return action;
};

/**
 * The widest scope any of the principals has. All (`A`) and none of an account's data (`N`) span the
 * deployment; narrower letters need the person's units, accounts or grants, which live with their
 * administration, and reach nothing until those say otherwise.
 */
const widest = (principals: readonly Principal[], action: ActionName): Scope | undefined => {
  const letters = principals.map((principal) => cellOf(action, principal).scope);
  if (letters.some((letter) => letter === 'A' || letter === 'N')) return scopeOver('all');
  return letters.some((letter) => letter !== '-') ? scopeOver([]) : undefined;
};
