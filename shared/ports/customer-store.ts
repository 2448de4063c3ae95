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
  /** In the order of ids, page by page; none outside the scope. */
  list(
    scope: Scope,
    companyId: string,
    state: CustomerRecord['state'],
    page: { limit: number; after?: string },
  ): Promise<{ records: CustomerRecord[]; after?: string }>;
}
