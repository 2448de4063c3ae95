/**
 * Keeps proposals: a new one once, a changed one only over what was read.
 * From: `propose-change.ts`, `refund-receipt.ts`. Next: `ProposalStore`.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { proposalIdOf, type Proposal } from '../../shared/domain/proposal.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import type { LoadedProposal } from '../../shared/ports/proposal-store.ts';
import type { CashCall, CashParts } from './cash-parts.ts';

type NewProposal = Omit<Proposal, 'id' | 'state'>;

/** Named by its content and the request it came with, so that the same request is the same proposal. */
const idFor = (
  content: NewProposal,
  { cause }: Pick<CashCall, 'cause'>,
  hashText: CashParts['hashText'],
): string => proposalIdOf(content, `${content.receiptId ?? ''} ${cause.id}`, hashText);

/** The one this request made before, as it is now. */
export const knownProposal = async (
  { proposals, hashText }: Pick<CashParts, 'proposals' | 'hashText'>,
  call: Pick<CashCall, 'scope' | 'cause'>,
  content: NewProposal,
): Promise<Proposal | undefined> =>
  (await proposals.load(call.scope, content.companyId, idFor(content, call, hashText)))?.proposal;

/** Keeps a new one; the one that is there stays. */
export const keepProposal = (
  { proposals, hashText }: Pick<CashParts, 'proposals' | 'hashText'>,
  call: Pick<CashCall, 'scope' | 'cause'>,
  content: NewProposal,
): Promise<Proposal> =>
  proposals.create(call.scope, { ...content, id: idFor(content, call, hashText), state: 'proposed' });

/** Only if nobody changed it meanwhile, unless to just this. */
export const saveProposal = async (
  { proposals }: Pick<CashParts, 'proposals'>,
  { scope }: Pick<CashCall, 'scope'>,
  loaded: LoadedProposal,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const { proposal } = loaded;
  if ((await proposals.save(scope, loaded)) === 'saved') return done(proposal);
  const now = await proposals.load(scope, proposal.companyId, proposal.id);
  return isSameJson(now?.proposal, proposal)
    ? done(proposal)
    : refuse('busy', `somebody else changed ${proposal.id} at the same time`);
};
