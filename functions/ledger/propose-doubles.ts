/**
 * Proposes to pay back what was possibly paid twice; nobody is paid before a person asks for it and another approves.
 * From: `settle-receipt.ts`, a receipt whose money names an item that was paid before. Next: the list of proposals.
 */
import { doubleIdOf, type Proposal } from '../../shared/domain/proposal.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import type { CashCall, CashParts } from './cash-parts.ts';

/** The same receipt again proposes nothing new. */
export const proposeDoubles = async (
  { proposals, hashText }: Pick<CashParts, 'proposals' | 'hashText'>,
  { scope, actor }: Pick<CashCall, 'scope' | 'actor'>,
  { id: receiptId, companyId, currency, postedOn: on, portions }: Receipt,
): Promise<void> => {
  for (const { account, over, state } of portions) {
    if (state !== 'posted' || account.companyId !== companyId) continue;
    if (over?.reads !== 'possible-double-payment') continue;
    const content: Omit<Proposal, 'id' | 'state'> = {
      ...{ companyId, accountId: account.accountId, kind: 'refund', amount: over.refundProposal, currency },
      ...{ items: [], receiptId, reason: 'DOUBLE', on, by: actor.id },
    };
    await proposals.create(scope, { ...content, id: doubleIdOf(content, hashText), state: 'proposed' });
  }
};
