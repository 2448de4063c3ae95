/**
 * Whose a bank account is, as somebody has confirmed it.
 * From: clerks who say who paid. Next: the next receipt from the same bank account. Bank accounts come hashed.
 */
import type { AccountRef } from '../domain/receipt.ts';
import type { Scope } from '../domain/scope.ts';

export interface PayerStore {
  /** The account that pays from it; undefined when nobody said so or it is outside the scope. */
  known(scope: Scope, companyId: string, bankAccountHash: string): Promise<AccountRef | undefined>;
  /** From here on it is this account's; the last word counts. @throws outside the scope. */
  remember(
    scope: Scope,
    companyId: string,
    bankAccountHash: string,
    said: { account: AccountRef; by: string; at: string },
  ): Promise<void>;
}
