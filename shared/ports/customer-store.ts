/**
 * Where customers of other sources wait for their account, and by what they are found.
 * From: the ledger. Next: `shared/azure/cosmos-customers.ts`, in memory `tests/support/memory`.
 */
import type { CustomerRecord } from '../domain/customer-match.ts';
import type { Scope } from '../domain/scope.ts';

/** `mark` absent: it is new. */
export type LoadedCustomer = { record: CustomerRecord; mark?: string | undefined };

export interface CustomerStore {
  /** Undefined where there is none, or outside the scope. */
  load(scope: Scope, companyId: string, id: string): Promise<LoadedCustomer | undefined>;
  /** Only if it is as it was loaded, or not there where it is new. @throws outside the scope. */
  save(scope: Scope, loaded: LoadedCustomer): Promise<'saved' | 'version-conflict'>;
  /** No longer there afterwards; one that never was is fine. @throws outside the scope. */
  remove(scope: Scope, companyId: string, id: string): Promise<void>;
  /** In the order of ids, page by page, those before `until`; none outside the scope. */
  list(
    scope: Scope,
    companyId: string,
    state: CustomerRecord['state'],
    page: { limit: number; after?: string; until?: string },
  ): Promise<{ records: CustomerRecord[]; after?: string }>;
}
