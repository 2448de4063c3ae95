/**
 * What the issuer must not forget: signing keys, authorization codes, refresh tokens.
 * From: the journal in the state directory. Next: the key ring and the token endpoint.
 * Codes and refresh tokens are kept as hashes; what has expired is dropped now and then, and from the file
 * at the next start.
 */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { JWK } from 'jose';
import type { Clock } from '../clock.ts';
import { memoryJournal, openJournal } from '../kit/journal.ts';
import type { Journal } from '../kit/journal.ts';

export type StoredKey = { kid: string; privateJwk: JWK };

/** What a person agreed to on the sign-in page. */
export type Grant = { clientId: string; personaId: string; scopes: string[]; expiresAtMs: number };
export type CodeGrant = Grant & { redirectUri: string; challenge: string; nonce?: string; usedAtMs?: number };

type Entry =
  | { kind: 'key'; key: StoredKey }
  | { kind: 'key-removed'; kid: string }
  | { kind: 'code'; hash: string; grant: CodeGrant }
  | { kind: 'refresh'; hash: string; grant: Grant };

export type Store = {
  /** Oldest first; the newest one signs. */
  keys(): StoredKey[];
  addKey(key: StoredKey): Promise<void>;
  removeKey(kid: string): Promise<void>;
  /** Resolves with the code once it is on disk. */
  addCode(grant: CodeGrant): Promise<string>;
  findCode(code: string): CodeGrant | undefined;
  /** Marks it used, before anything else can happen. @throws nothing */
  useCode(code: string, nowMs: number): Promise<void>;
  addRefreshToken(grant: Grant): Promise<string>;
  findRefreshToken(token: string): Grant | undefined;
  close(): void;
};

/** Grants after which memory is cleared of what has expired. */
const sweepEvery = 1_000;

/** @throws DamagedState */
export const openStore = (stateDir: string | undefined, clock: Pick<Clock, 'now'>): Store => {
  const keys = new Map<string, StoredKey>();
  const codes = new Map<string, CodeGrant>();
  const refreshTokens = new Map<string, Grant>();

  const apply = (entry: Entry): void => {
    if (entry.kind === 'key') keys.set(entry.key.kid, entry.key);
    if (entry.kind === 'key-removed') keys.delete(entry.kid);
    if (entry.kind === 'code') codes.set(entry.hash, entry.grant);
    if (entry.kind === 'refresh') refreshTokens.set(entry.hash, entry.grant);
  };

  const journal: Journal =
    stateDir === undefined
      ? memoryJournal()
      : openJournal(join(stateDir, 'identity', 'issuer.journal'), apply);
  dropExpired(codes, clock.now());
  dropExpired(refreshTokens, clock.now());
  journal.rewrite(entriesOf(keys, codes, refreshTokens));

  let grantsSinceSweep = 0;
  const sweep = (at: number): void => {
    grantsSinceSweep += 1;
    if (grantsSinceSweep < sweepEvery) return;
    grantsSinceSweep = 0;
    dropExpired(codes, at);
    dropExpired(refreshTokens, at);
  };

  const write = async (entry: Entry): Promise<void> => {
    apply(entry);
    journal.append(entry);
    await journal.flush();
  };

  return {
    keys: () => [...keys.values()],
    addKey: (key) => write({ kind: 'key', key }),
    removeKey: (kid) => write({ kind: 'key-removed', kid }),
    addCode: async (grant) => {
      sweep(clock.now());
      const code = newSecret('0.A');
      await write({ kind: 'code', hash: hashOf(code), grant });
      return code;
    },
    findCode: (code) => codes.get(hashOf(code)),
    useCode: async (code, usedAtMs) => {
      const grant = codes.get(hashOf(code));
      if (grant) await write({ kind: 'code', hash: hashOf(code), grant: { ...grant, usedAtMs } });
    },
    addRefreshToken: async (grant) => {
      sweep(clock.now());
      const token = newSecret('1.A');
      await write({ kind: 'refresh', hash: hashOf(token), grant });
      return token;
    },
    findRefreshToken: (token) => refreshTokens.get(hashOf(token)),
    close: () => journal.close(),
  };
};

const newSecret = (prefix: string): string => `${prefix}${randomBytes(32).toString('base64url')}`;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

const dropExpired = (grants: Map<string, Grant>, nowMs: number): void => {
  for (const [hash, { expiresAtMs }] of grants) if (expiresAtMs <= nowMs) grants.delete(hash);
};

function* entriesOf(
  keys: Map<string, StoredKey>,
  codes: Map<string, CodeGrant>,
  refreshTokens: Map<string, Grant>,
): Generator<Entry> {
  for (const key of keys.values()) yield { kind: 'key', key };
  for (const [hash, grant] of codes) yield { kind: 'code', hash, grant };
  for (const [hash, grant] of refreshTokens) yield { kind: 'refresh', hash, grant };
}
