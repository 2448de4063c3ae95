/**
 * Approving that money goes back to a payer (R164).
 * From: a proposal of a person or of `over-payment.ts`. Next: the bank, then `return-money.ts`.
 */
import { subtract, type AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type RefundProposal = {
  id: string;
  amount: AmountMinor;
  proposedBy: string;
  /** Version of the payee's bank details the money would go to. */
  detailsVersion: string;
};

export type ApprovedRefund = RefundProposal & { approvedBy: string; creditLeft: AmountMinor };

export type RefundRefusal = 'refund-details-unverified' | 'refund-second-person' | 'refund-exceeds-credit';

/**
 * `verified` are the payee's details as last verified, absent when they never were: changed details are unverified.
 * `credit` is what the account has in its favour, above 0. Whoever verified the details may approve, whoever
 * proposed the refund may not; nor may `changedBy`, who asked for other details of late.
 */
export const approveRefund = (
  proposal: RefundProposal,
  approvedBy: string,
  verified: { detailsVersion: string } | undefined,
  credit: AmountMinor,
  changedBy: readonly string[] = [],
): Outcome<ApprovedRefund, RefundRefusal> => {
  if (approvedBy === proposal.proposedBy)
    return refuse('refund-second-person', `refund ${proposal.id} was proposed by the same person`);
  if (changedBy.includes(approvedBy))
    return refuse('refund-second-person', `the details it goes to were asked for by the same person`);
  if (verified?.detailsVersion !== proposal.detailsVersion)
    return refuse('refund-details-unverified', `details ${proposal.detailsVersion} are not verified`);
  if (proposal.amount <= 0 || proposal.amount > credit)
    return refuse('refund-exceeds-credit', `${proposal.amount} asked of a credit of ${credit}`);
  return done({ ...proposal, approvedBy, creditLeft: subtract(credit, proposal.amount) });
};
