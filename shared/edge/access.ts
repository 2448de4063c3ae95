/**
 * The access layer: who calls, what the matrix allows them, and the scope every store call asks for.
 * From: bearer tokens, verified here against the issuer's keys, never a header of the platform.
 * Next: the wrappers beside this file. Scopes are made nowhere else.
 */
import type { HttpRequest } from '@azure/functions';
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from 'jose';
import {
  cellOf,
  isActionName,
  principalOfRole,
  type ActionName,
  type Principal,
  type ScopeLetter,
} from '../contracts/access.ts';
import { glassPlace } from '../contracts/break-glass.ts';
import { noReach, reach, reachPlace } from '../contracts/reach.ts';
import type { AppSettings } from '../contracts/settings.ts';
import type { Instant } from '../domain/calendar.ts';
import { refuse, done, type Outcome } from '../domain/outcome.ts';
import { scopeOf, scopeOver, type Scope, type ScopePart } from '../domain/scope.ts';
import type { SettingsStore } from '../ports/settings-store.ts';
import { isLentByGlass, openGlass } from './break-glass.ts';
import { partOfAll, partsOf } from './scope-parts.ts';

export type Caller = {
  /** Issuer tenant and object id; undefined for nobody. */
  id: string | undefined;
  principals: readonly Principal[];
};

export type Access = {
  /** Who sent this `authorization` header: nobody without one, a refusal when it does not hold. */
  identify(
    authorization: string | null,
    now: Instant,
  ): Promise<Outcome<Caller, 'not-signed-in' | 'link-expired' | 'origin-not-right'>>;
  /** What a request says of its sender, where that is not its `authorization` header alone. */
  credentialOf?(request: HttpRequest): string | null;
  /** What the matrix alone says, whatever the caller reaches. @throws when it does not know the action. */
  allow(caller: Caller, action: ActionName): Outcome<readonly ScopeLetter[], Denial>;
  /** The caller's scope for an action as of now, or why not. One read of their reach, so nothing lingers. */
  scopeFor(caller: Caller, action: ActionName, now: Instant): Promise<Outcome<Scope, Denial>>;
  /** The caller as somebody who sees more for a few hours; undefined where no broken glass opens the action. */
  brokenGlass?(caller: Caller, action: ActionName, now: Instant): Promise<Entered | undefined>;
  /** The system's own scope. @throws when the matrix does not give the action to the system. */
  systemScope(action: ActionName): Scope;
};

/** Who is let in, and to what; `glass` where it is by broken glass alone. */
export type Entered = { caller: Caller; scope: Scope; glass?: { reason: string; untilAt: string } };

export type Denial = 'not-signed-in' | 'action-not-allowed';

export const createAccess = (identity: AppSettings['identity'], settings: SettingsStore): Access => {
  // made with the first token: what fetches keys is not loaded for calls without one
  let keys: IssuerKeys | undefined;
  return {
    identify: async (authorization, now) => {
      if (authorization === null) return done(nobody);
      const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
      if (token === undefined)
        return refuse('not-signed-in', 'The authorization header holds no bearer token.');
      try {
        return callerOf(
          await payloadOf(token, (keys ??= createRemoteJWKSet(new URL(identity.keysUrl))), identity, now),
        );
      } catch (fault) {
        if (isTokenFault(fault)) return refuse('not-signed-in', `The sign-in does not hold: ${fault.code}.`);
        throw fault;
      }
    },
    allow,
    scopeFor: async (caller, action, now) => {
      const letters = allow(caller, action);
      if (!letters.ok) return letters;
      // what anybody may needs no look at who it is
      if (caller.id === undefined || allow(nobody, action).ok)
        return done(scopeOf(wholeParts(letters.value)));
      const kept = await settings.read(scopeOver('all'), reachPlace(caller.id));
      const person = { id: caller.id, reach: kept ? reach.parse(kept.value) : noReach };
      if (person.reach.isDisabled) return refuse('not-signed-in', 'This sign-in has been ended.');
      return done(scopeOf(letters.value.flatMap((letter) => partsOf(letter, person, now))));
    },
    brokenGlass: async (caller, action, now) => {
      if (caller.id === undefined || !caller.principals.includes('ADM') || !isLentByGlass(action))
        return undefined;
      const [kept, own] = await Promise.all(
        [glassPlace(caller.id), reachPlace(caller.id)].map((place) => settings.read(scopeOver('all'), place)),
      );
      const open = kept && openGlass(kept.value, now);
      if (open === undefined || (own && reach.parse(own.value).isDisabled)) return undefined;
      const { companyIds, reason, untilAt } = open;
      const asExecutive = { id: caller.id, principals: ['EXE' as const] };
      return { caller: asExecutive, scope: scopeOver(companyIds), glass: { reason, untilAt } };
    },
    systemScope: (action) => {
      const letters = lettersOf(['SYS'], action);
      if (letters.length === 0) throw new Error(`the access matrix does not give ${action} to the system`);
      return scopeOver(letters.some((letter) => letter === 'A' || letter === 'N') ? 'all' : []);
    },
  };
};

type IssuerKeys = ReturnType<typeof createRemoteJWKSet>;

const payloadOf = async (
  token: string,
  keys: IssuerKeys,
  { issuer, audience }: AppSettings['identity'],
  now: Instant,
): Promise<JWTPayload> => {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ['RS256'],
    clockTolerance: 60,
    requiredClaims: ['tid', 'oid', 'exp'],
    currentDate: new Date(now.epochMilliseconds),
  });
  return payload;
};

const allow: Access['allow'] = (caller, action) => {
  const letters = lettersOf(caller.principals, action);
  if (letters.length > 0) return done(letters);
  return caller.id === undefined
    ? refuse('not-signed-in', 'This needs a sign-in.')
    : refuse('action-not-allowed', `It needs the right ${action}.`);
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

/** The letters of the principals that may do it, each once. @throws when the matrix has no such action. */
const lettersOf = (principals: readonly Principal[], action: ActionName): ScopeLetter[] => {
  if (!isActionName(action)) throw new Error(`the access matrix has no action ${String(action)}`);
  const letters = principals.map((principal) => cellOf(action, principal).scope);
  return [...new Set(letters)].filter((letter) => letter !== '-');
};

const wholeParts = (letters: readonly ScopeLetter[]): ScopePart[] =>
  letters.map(partOfAll).filter((part) => part !== undefined);
