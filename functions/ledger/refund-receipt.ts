/**
 * Refunds of what lies on account of a receipt (R164): one person asks, another approves, and the money goes to bank
 * details in force and nowhere else. Where the book is kept here it is posted; in an ERP-led company it is exported.
 * From: staff routes, possible double payments. Next: the return on the receipt, the rest on account again.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { portionsToFree } from '../../shared/domain/free-portions.ts';
import { sum, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { doubleIdOf, type Proposal } from '../../shared/domain/proposal.ts';
import { recentAskers } from '../../shared/domain/payee-details.ts';
import { unusedOf, type MoneyReturn, type Receipt } from '../../shared/domain/receipt.ts';
import { approveRefund } from '../../shared/domain/refund.ts';
import { reservePortions } from '../../shared/domain/reserve-portions.ts';
import { returnMoney } from '../../shared/domain/return-money.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { LoadedProposal } from '../../shared/ports/proposal-store.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { heardSince } from './hear-proposals.ts';
import { readPayee } from './keep-payee.ts';
import { keepProposal, knownProposal, saveProposal } from './keep-proposal.ts';
import { reverseOne } from './reverse-portion.ts';
import { settleWhole } from './settle-receipt.ts';

export type RefundWish = { accountId: string; amount: AmountMinor; detailsVersion: string; reason: string };

/** Asks for a refund; one that was proposed for a possible double payment becomes this person's. */
export const askRefund = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  { accountId, amount, detailsVersion, reason }: RefundWish,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
  const company = await readCompany(parts.settings, call.scope, key.companyId);
  if (!company.ok) return company;
  const content = {
    ...{ companyId: key.companyId, accountId, kind: 'refund' as const, amount, currency: receipt.currency },
    ...{ items: [], receiptId: key.receiptId, detailsVersion, reason },
    ...{ on: dayAt(call.now, company.value.zone), by: call.actor.id },
  };
  const known = await knownProposal(parts, call, content);
  if (known !== undefined) return done(known);
  if (!holdsMoneyOf(receipt, accountId))
    return refuse('not-found', `${key.receiptId} holds no money of ${accountId}`);
  const possible = isPossible(company.value, receipt, amount);
  if (!possible.ok) return possible;
  return (await takenOver(parts, call, content)) ?? done(await keepProposal(parts, call, content));
};

/** What the ERP does not have yet it cannot pay back. */
const isPossible = (
  { mode }: Company,
  receipt: Receipt,
  amount: AmountMinor,
): Outcome<true, 'refund-before-posting' | 'refund-exceeds-credit'> => {
  if (mode === 'erpLed' && receipt.standing === 'provisional')
    return refuse('refund-before-posting', `no feed has shown ${receipt.id}`);
  const credit = creditOf(receipt);
  return amount > credit
    ? refuse('refund-exceeds-credit', `${amount} asked of ${credit} that settles nothing`)
    : done(true);
};

/** The proposal a possible double payment made, with a person and details to it; undefined when there is none. */
const takenOver = async (
  parts: CashParts,
  { scope }: CashCall,
  wish: Omit<Proposal, 'id' | 'state'>,
): Promise<Outcome<Proposal, ProblemCode> | undefined> => {
  const loaded = await parts.proposals.load(scope, wish.companyId, doubleIdOf(wish, parts.hashText));
  if (loaded?.proposal.state !== 'proposed') return undefined;
  const { detailsVersion, by, reason } = loaded.proposal;
  if (detailsVersion === wish.detailsVersion && by === wish.by && reason === wish.reason)
    return done(loaded.proposal);
  return detailsVersion === undefined
    ? saveProposal(parts, { scope }, { ...loaded, proposal: { ...loaded.proposal, ...wish } })
    : undefined;
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

/** Approved by somebody else than who asked: the receipt gives the money back, once. */
export const payRefund = async (
  parts: CashParts,
  call: CashCall,
  loaded: LoadedProposal,
): Promise<Outcome<Proposal, ProblemCode>> => {
  const { proposal } = loaded;
  const { companyId, receiptId = '', id, amount, state } = proposal;
  const key = { companyId, receiptId };
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${receiptId}`);
  if (state !== 'proposed')
    return state === 'dropped' ? refuse('not-approved', `${id} was dropped`) : done(proposal);
  const company = await readCompany(parts.settings, call.scope, companyId);
  if (!company.ok) return company;
  if (!receipt.returns.some((one) => one.id === id)) {
    const allowed = await mayPay(parts, call, company.value, receipt, proposal);
    if (!allowed.ok) return allowed;
  }
  const on = dayAt(call.now, company.value.zone);
  const back = await giveBack(parts, call, key, { id, kind: 'refund', amount, on });
  if (!back.ok) return back;
  const rest = await restOnAccount(parts, call, key, proposal, `after-${proposal.id}`);
  if (!rest.ok) return rest;
  const approved = { ...proposal, approvedBy: call.actor.id };
  // what is in the book of its ERP is paid there, and the feed shows it
  const isPaidThere = company.value.mode === 'erpLed';
  return saveProposal(parts, call, {
    ...loaded,
    proposal: isPaidThere
      ? await heardSince(parts, call, { ...approved, state: 'approved' })
      : { ...approved, state: 'done' as const },
  });
};

/** The version asked for must be in force; one released less than a day ago, or replaced since, is not. */
const mayPay = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  receipt: Receipt,
  { id, companyId, accountId, amount, by, detailsVersion = '' }: Proposal,
): Promise<Outcome<unknown, ProblemCode>> => {
  const payee = await readPayee(parts, call, { companyId, accountId });
  if (!payee.ok) return payee;
  const { inForce } = payee.value;
  const verified = inForce === undefined ? undefined : { detailsVersion: String(inForce.version) };
  const asked = { id, amount, proposedBy: by, detailsVersion };
  const changedBy = recentAskers(payee.value, call.now);
  const allowed = approveRefund(asked, call.actor.id, verified, creditOf(receipt), changedBy);
  return allowed.ok ? isPossible(company, receipt, amount) : allowed;
};

/** Frees what lies on account, whole portions of it, and returns the amount (M10). The same again changes nothing. */
const giveBack = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  returned: MoneyReturn,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const settled = await settleWhole(parts, call, key);
  if (!settled.ok) return settled;
  const receipt = settled.value;
  if (!receipt.returns.some(({ id }) => id === returned.id)) {
    const chosen = portionsToFree(receipt, returned.amount);
    if (chosen === undefined) return refuse('refund-exceeds-credit', `${receipt.id} holds less on account`);
    for (const portion of chosen) {
      const freed = await reverseOne(parts, call, receipt, portion, 'refund', returned.on);
      if (!freed.ok) return freed;
    }
  }
  return changeReceipt<ProblemCode>(parts, call, key, async (now) => returnMoney(now, returned));
};

/** What is free of it stays visible as unapplied on the account of the refund (M9); asked again is once. */
export const restOnAccount = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  { companyId, accountId, currency }: Proposal,
  reservationId: string,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const reserved = await changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    now.free === 0 || now.portions.some((one) => one.reservationId === reservationId)
      ? done([])
      : reservePortions(
          now,
          reservationId,
          [{ account: { companyId, accountId }, amount: now.free, currency }],
          0,
          parts.hashText,
        ),
  );
  return reserved.ok ? settleWhole(parts, call, key) : reserved;
};
