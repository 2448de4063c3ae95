/**
 * Where documents typed in above a limit wait for another person.
 * From: the ledger's entry routes. Next: `shared/azure/cosmos-entry-requests.ts`, in memory `tests/support/memory`.
 */
import type { EntryRequest } from '../domain/entry-request.ts';
import type { Scope } from '../domain/scope.ts';

export type LoadedEntryRequest = { request: EntryRequest; mark: string };

export interface EntryRequestStore {
  /** Keeps a new one; the one that is there when its id is taken. @throws outside the scope. */
  create(scope: Scope, request: EntryRequest): Promise<EntryRequest>;
  load(scope: Scope, companyId: string, id: string): Promise<LoadedEntryRequest | undefined>;
  /** Only if it is as it was loaded. @throws outside the scope. */
  save(scope: Scope, loaded: LoadedEntryRequest): Promise<'saved' | 'version-conflict'>;
  /** In the order of ids, page by page. */
  list(
    scope: Scope,
    companyId: string,
    state: EntryRequest['state'],
    page: { limit: number; after?: string },
  ): Promise<{ requests: EntryRequest[]; after?: string }>;
}
