/**
 * The ERP would not post what two persons here agreed on: the proposal is dropped with its reason, and the money of a
 * refund is on account of its receipt again.
 * From: an export's acknowledgement (`functions/erp-exchange`), queue `received-payments`. Next: the list of dropped
 * proposals; whoever wants it still asks anew. What a feed has shown meanwhile stays done.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Proposal } from '../../shared/domain/proposal.ts';
import { undoReturn } from '../../shared/domain/return-money.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { saveProposal } from './keep-proposal.ts';
import { restOnAccount } from './refund-receipt.ts';

type Refused = { companyId: string; refusedProposal: string; because: string };

/** The receipt first: a proposal that is dropped has given everything back. Twice is once. */
export const hearRefusal = async (
  parts: CashParts,
  call: CashCall,
  { companyId, refusedProposal, because }: Refused,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const loaded = await parts.proposals.load(call.scope, companyId, refusedProposal);
  if (loaded === undefined) return refuse('not-found', `There is no proposal ${refusedProposal}.`);
  const { proposal } = loaded;
  if (proposal.state !== 'approved') return done(proposal);
  if (proposal.kind === 'refund') {
    const back = await putBack(parts, call, proposal);
    if (!back.ok) return back;
  }
  return saveProposal(parts, call, {
    ...loaded,
    proposal: { ...proposal, state: 'dropped', refusedBecause: because },
  });
};

/** As it was before the refund: on account of who was to have it. */
const putBack = async (
  parts: CashParts,
  call: CashCall,
  proposal: Proposal,
): Promise<Outcome<unknown, ProblemCode>> => {
  const { id, companyId, receiptId = '' } = proposal;
  const key = { companyId, receiptId };
  const undone = await changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    done(undoReturn(now, id, 'refused')),
  );
  if (!undone.ok) return undone;
  return restOnAccount(parts, call, key, proposal, `refused-${id}`);
};
