/**
 * Proposals: what an ERP-led company may not do in its book directly, and refunds, which need a second person.
 * From: staff routes. Next: approved ones go out with the posting export; an approved refund leaves its receipt.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import { escapeId } from '../../shared/domain/document-ids.ts';
import { limitIn } from '../../shared/domain/euro-limits.ts';
import { sum, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { approveProposal, proposalIdOf, type Proposal } from '../../shared/domain/proposal.ts';
import { approveRefund } from '../../shared/domain/refund.ts';
import { unusedOf, type Receipt } from '../../shared/domain/receipt.ts';
import type { LoadedProposal, ProposalStore } from '../../shared/ports/proposal-store.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import type { NotPostedParts } from './list-not-posted.ts';
import type { CashCall } from './cash-parts.ts';
import { heardSince } from './hear-proposals.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { DivideParts } from './ready-to-divide.ts';
import { takeBack } from './reverse-receipt.ts';

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
  return done(await keep(parts, call, content));
};

export type RefundWish = { accountId: string; amount: AmountMinor; detailsVersion: string; reason: string };

/** Asks for a refund of what lies on account of a receipt. */
export const askRefund = async (
  parts: DeskParts,
  call: CashCall,
  key: ReceiptKey,
  { accountId, amount, detailsVersion, reason }: RefundWish,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
  const company = await readCompany(parts.settings, call.scope, key.companyId);
  if (!company.ok) return company;
  if (!holdsMoneyOf(receipt, accountId))
    return refuse('not-found', `${key.receiptId} holds no money of ${accountId}`);
  if (amount > creditOf(receipt))
    return refuse('refund-exceeds-credit', `${amount} asked of ${creditOf(receipt)} that settles nothing`);
  return done(
    await keep(parts, call, {
      ...{ companyId: key.companyId, accountId, kind: 'refund', amount, currency: receipt.currency },
      ...{ items: [], receiptId: key.receiptId, detailsVersion, reason },
      ...{ on: dayAt(call.now, company.value.zone), by: call.actor.id },
    }),
  );
};

/** Its payer, or who money of it stands with on account: nobody else is paid out of it. */
const holdsMoneyOf = ({ payer, portions }: Receipt, accountId: string): boolean =>
  payer?.accountId === accountId ||
  portions.some((one) => one.account.accountId === accountId && unusedOf(one) > 0);

/** In the receipt's own currency: what settles nothing at all, whatever it was worth in an account. */
const creditOf = ({ free, portions }: Receipt): AmountMinor =>
  sum(
    free,
    ...portions
      .filter(({ state, uses }) => state === 'posted' && uses.length === 0)
      .map(({ amount }) => amount),
  );

const keep = (
  { proposals, hashText }: DeskParts,
  { scope, cause }: CashCall,
  content: Omit<Proposal, 'id' | 'state'>,
): Promise<Proposal> =>
  proposals.create(scope, {
    ...content,
    id: proposalIdOf(content, `${content.receiptId ?? ''} ${cause.id}`, hashText),
    state: 'proposed',
  });

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
  if (kinds === 'refund') return approveRefundOf(parts, call, loaded);
  const most = level === 'top' ? done(undefined) : limitIn(loaded.proposal.currency, managerCents);
  if (!most.ok) return most;
  const approved = approveProposal(loaded.proposal, call.actor.id, most.value);
  if (!approved.ok || approved.value === loaded.proposal) return approved;
  return save(parts, call, { ...loaded, proposal: await heardSince(parts, call, approved.value) });
};

const kindOf = ({ kind }: Proposal): 'refund' | 'writeOff' | 'other' =>
  kind === 'refund' || kind === 'writeOff' ? kind : 'other';

const save = async (
  { proposals }: DeskParts,
  { scope }: CashCall,
  loaded: LoadedProposal,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const saved = await proposals.save(scope, loaded);
  return saved === 'saved'
    ? done(loaded.proposal)
    : refuse('busy', `somebody else changed ${loaded.proposal.id} at the same time`);
};

/** Details as last verified lie in `payee:<account>` of the company's settings; changed ones are unverified. */
const approveRefundOf = async (
  parts: DeskParts,
  call: CashCall,
  loaded: LoadedProposal,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const {
    companyId,
    accountId,
    receiptId = '',
    detailsVersion = '',
    id,
    amount,
    by,
    state,
  } = loaded.proposal;
  const key = { companyId, receiptId };
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${receiptId}`);
  if (state === 'done' || state === 'approved') return done(loaded.proposal);
  const isPaid = receipt.returns.some((one) => one.id === id);
  if (!isPaid) {
    const place = { scope: `company:${companyId}`, name: `payee:${escapeId(accountId)}` };
    const verified = (await parts.settings.read(call.scope, place))?.value as VerifiedDetails | undefined;
    const proposal = { id, amount, proposedBy: by, detailsVersion };
    const allowed = approveRefund(proposal, call.actor.id, verified, creditOf(receipt));
    if (!allowed.ok) return allowed;
    const returned = { id, kind: 'refund', amount, on: loaded.proposal.on } as const;
    const back = await takeBack(parts, call, key, returned, 'refund');
    if (!back.ok) return back;
  }
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  const approved = { ...loaded.proposal, approvedBy: call.actor.id };
  // what is in the book of its ERP is posted there, and the feed shows it
  const isPostedThere = company.value.mode === 'erpLed' && receipt.standing === 'confirmed';
  const proposal = isPostedThere
    ? await heardSince(parts, call, { ...approved, state: 'approved' })
    : { ...approved, state: 'done' as const };
  return save(parts, call, { ...loaded, proposal });
};

type VerifiedDetails = { detailsVersion: string };
