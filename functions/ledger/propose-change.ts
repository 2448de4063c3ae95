/**
 * Proposals: what an ERP-led company may not do in its book directly, and the second person for any of them.
 * From: staff routes. Next: approved ones go out with the posting export; refunds go on in `refund-receipt.ts`.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import { limitIn } from '../../shared/domain/euro-limits.ts';
import { sum } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { approveProposal, type Proposal } from '../../shared/domain/proposal.ts';
import type { ProposalStore } from '../../shared/ports/proposal-store.ts';
import type { NotPostedParts } from './list-not-posted.ts';
import type { CashCall } from './cash-parts.ts';
import { heardSince } from './hear-proposals.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { DivideParts } from './ready-to-divide.ts';
import { keepProposal, saveProposal } from './keep-proposal.ts';
import { payRefund } from './refund-receipt.ts';

export type DeskParts = DivideParts & NotPostedParts & { proposals: ProposalStore };

/** What a credit manager may approve, in euro cents; above it the top approver. */
const managerCents = 500_000;

export type Wish = Pick<Proposal, 'kind' | 'accountId' | 'currency' | 'reason' | 'items'> & {
  from?: string | undefined;
};

/** Keeps a wish for another person; each item must be open with as much. */
export const propose = async (
  parts: DeskParts,
  call: CashCall,
  companyId: string,
  { from, ...wish }: Wish,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const ids = wish.items.map(({ itemId }) => itemId);
  const { account } = await parts.accounts.load(call.scope, { companyId, accountId: wish.accountId }, ids);
  if (account.head.version === 0) return refuse('not-found', `There is no account ${wish.accountId}.`);
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  if (company.value.mode === 'dunwellLed')
    return refuse('kept-here', `${companyId} keeps its book here: do it there.`);
  for (const { itemId, amount } of wish.items) {
    const item = account.items.get(itemId);
    if (item === undefined) return refuse('item-not-found', `there is no item ${itemId} here`);
    if (item.currency !== wish.currency)
      return refuse('currency-differs', `${itemId} is in ${item.currency}`);
    if (amount > Math.abs(item.open)) return refuse('more-than-open', `${itemId} is open with ${item.open}`);
  }
  const amount = sum(...wish.items.map((one) => one.amount));
  const on = dayAt(call.now, company.value.zone);
  const content = {
    ...wish,
    companyId,
    amount,
    on,
    by: call.actor.id,
    ...(from === undefined ? {} : { from }),
  };
  return done(await keepProposal(parts, call, content));
};

/** Approves what another person asked for; `top` has no limit. */
export const approve = async (
  parts: DeskParts,
  call: CashCall,
  { companyId, proposalId }: { companyId: string; proposalId: string },
  kinds: 'refund' | 'writeOff' | 'other',
  level: 'manager' | 'top' = 'manager',
): Promise<Outcome<Proposal, ProblemCode>> => {
  const loaded = await parts.proposals.load(call.scope, companyId, proposalId);
  if (loaded === undefined || kindOf(loaded.proposal) !== kinds)
    return refuse('not-found', `there is no such proposal ${proposalId}`);
  if (kinds === 'refund') return payRefund(parts, call, loaded);
  const most = level === 'top' ? done(undefined) : limitIn(loaded.proposal.currency, managerCents);
  if (!most.ok) return most;
  const approved = approveProposal(loaded.proposal, call.actor.id, most.value);
  if (!approved.ok || approved.value === loaded.proposal) return approved;
  return saveProposal(parts, call, { ...loaded, proposal: await heardSince(parts, call, approved.value) });
};

const kindOf = ({ kind }: Proposal): 'refund' | 'writeOff' | 'other' =>
  kind === 'refund' || kind === 'writeOff' ? kind : 'other';
