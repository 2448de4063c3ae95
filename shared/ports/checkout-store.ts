/**
 * Where checkouts live: our own record of what a customer set out to pay, beside what the provider says of it.
 * From: the portal. Next: `shared/azure/cosmos-checkouts.ts`, in memory `tests/support/memory`. Kept two years, so that
 * a late chargeback finds its payment.
 */
import type { AccountKey } from '../domain/account.ts';
import type { Checkout } from '../domain/checkout.ts';
import type { Scope } from '../domain/scope.ts';

/** With the mark it was read under; only the store reads the mark. */
export type KeptCheckout = { checkout: Checkout; mark: string | undefined };

export interface CheckoutStore {
  /** Undefined when it was never started, or its account lies outside the scope. */
  read(scope: Scope, key: AccountKey, id: string): Promise<KeptCheckout | undefined>;
  /** Writes it if it is as it was read; without a mark: if it is not there. @throws outside the scope. */
  save(scope: Scope, kept: KeptCheckout): Promise<KeptCheckout | 'version-conflict'>;
  /** Checkouts of an account, the last started first. */
  list(scope: Scope, key: AccountKey, page: { limit: number }): Promise<Checkout[]>;
}
