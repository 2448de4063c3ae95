/**
 * The ledger accounts of a balance, as they are listed.
 * From: `invariants.ts`. Next: the same: they come to 0.
 */
import type { Balance } from './account.ts';
import type { AmountMinor } from './money.ts';
import { ledgerAccounts, type LedgerAccount } from './postings.ts';

/** Every ledger account with a balance, in a fixed order. */
export const ledgerOf = ({ ledger }: Balance): [LedgerAccount, AmountMinor][] =>
  ledgerAccounts.flatMap((name): [LedgerAccount, AmountMinor][] => {
    const amount = ledger[name];
    return amount === undefined ? [] : [[name, amount]];
  });
