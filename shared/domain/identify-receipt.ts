/**
 * Says who paid: the free money of an unidentified receipt becomes the payer's, not yet assigned.
 * From: a clerk, or a bank account that became known. Next: the ladder (`allocation.ts`).
 */
import { done, refuse } from './outcome.ts';
import type { AccountRef, Receipt, ReceiptDecision } from './receipt.ts';

/** Again with the same payer changes nothing. Another payer: the first is not overwritten. */
export const identifyReceipt = (
  receipt: Receipt,
  payer: AccountRef,
): ReceiptDecision<'receipt-identified-otherwise'> => {
  const known = receipt.payer;
  if (known === undefined)
    return done([
      {
        kind: 'receiptIdentified',
        payer,
        amount: receipt.free,
        debit: 'unidentified',
        credit: 'unassigned',
      },
    ]);
  return known.companyId === payer.companyId && known.accountId === payer.accountId
    ? done([])
    : refuse('receipt-identified-otherwise', `receipt ${receipt.id} is of account ${known.accountId}`);
};
