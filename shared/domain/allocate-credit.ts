/**
 * Decides that a credit note settles an item; no cash moves.
 * From: staff, feeds in which both vanish together. Next: `creditAllocated`, or a refusal.
 */
import type { Account } from './account.ts';
import type { Decision } from './decide.ts';
import { settle, type Settlement } from './settle.ts';

/** Lets a credit note settle part or all of an item; at most what is left of it and what is open. */
export const allocateCredit = (
  account: Account,
  { creditId, ...settlement }: Omit<Settlement, 'from'> & { creditId: string },
): Decision =>
  settle(account, { ...settlement, from: creditId }, 'creditNote', (change) => ({
    kind: 'creditAllocated',
    creditId,
    ...change,
  }));
