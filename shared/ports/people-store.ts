/**
 * What is known of the addresses mail goes to, by salted hash: one record per address, and per company a list of those
 * barred, so that staff can see and lift them.
 * From: the mail piece, the portal. Next: `shared/azure/cosmos-people.ts`, in memory `tests/support/memory`.
 */
import type { PersonState } from '../domain/person.ts';
import type { Scope } from '../domain/scope.ts';

/** As read, with the mark it was read under; only the store reads the mark. */
export type KnownPerson = { state: PersonState; mark: string | undefined };

/** An address of a company that takes no mail: by hash, with the account it was met on. */
export type BarredAddress = {
  companyId: string;
  accountId: string;
  emailHash: string;
  reason: 'bounced' | 'suppressed' | 'opted-out';
  since: string;
};

export type BarredPage = { addresses: BarredAddress[]; after?: string };

export interface PeopleStore {
  /** An address nobody heard of is known with nothing. */
  read(scope: Scope, emailHash: string): Promise<KnownPerson>;
  /** Those of the hashes that something is known of. */
  readAll(scope: Scope, emailHashes: readonly string[]): Promise<ReadonlyMap<string, PersonState>>;
  /** Writes it if it is as it was read. */
  save(scope: Scope, known: KnownPerson): Promise<'saved' | 'version-conflict'>;
  /** Puts an address on its company's list, or changes what stands there. @throws outside the scope. */
  bar(scope: Scope, address: BarredAddress): Promise<void>;
  /** Off the list; one that is not on it is fine. @throws outside the scope. */
  unbar(scope: Scope, companyId: string, emailHash: string): Promise<void>;
  /** A company's list by hash; empty outside the scope. */
  barred(scope: Scope, companyId: string, page: { limit: number; after?: string }): Promise<BarredPage>;
}
