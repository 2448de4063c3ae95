/**
 * Takes one receipt as far as it goes: who paid, what it pays, each portion into its account, the receipt told.
 * From: queue `received-payments`, clerks who identified it. Next: entries of accounts; unidentified money waits.
 * Every step is recorded before the next, under ids that derive from the receipt: twice is once, and after a crash
 * anywhere the next run goes on where this one ended (B5).
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Company } from '../../shared/domain/company.ts';
import { designate, droppedOf, payerOfAdvice } from '../../shared/domain/designate.ts';
import { evolveAll } from '../../shared/domain/evolve-receipt.ts';
import { identifyReceipt } from '../../shared/domain/identify-receipt.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import {
  isLive,
  stateOf,
  type AccountRef,
  type Receipt,
  type ReceiptState,
} from '../../shared/domain/receipt.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { adviceOfReceipt, freeDropped, matchAdvices } from './settle-designation.ts';
import { holdDouble } from './hold-double.ts';
import { proposeDoubles } from './propose-doubles.ts';
import { findPayer } from './settle-payer.ts';
import { planFor } from './settle-plan.ts';
import { postPortions } from './settle-portions.ts';

export type SettledReceipt = { receipt: Receipt; state: ReceiptState; hasMoreLeft: boolean };

export const settleReceipt = async (
  parts: CashParts,
  call: CashCall,
  key: { companyId: string; receiptId: string },
): Promise<Outcome<SettledReceipt, ProblemCode>> => {
  const company = await readCompany(parts.settings, call.scope, key.companyId);
  if (!company.ok) return company;
  const planned = await plan(parts, call, company.value, key);
  if (!planned.ok) return planned;
  const posted = await postPortions(parts, call, company.value, planned.value);
  if (!posted.ok) return posted;
  const matched = await matchAdvices(parts, call, company.value, posted.value.receipt);
  if (!matched.ok) return matched;
  await proposeDoubles(parts, call, posted.value.receipt);
  const { hasMoreLeft } = posted.value;
  const confirmed = await confirmShown(parts, call, posted.value.receipt);
  if (!confirmed.ok) return confirmed;
  const receipt = confirmed.value;
  return done({ receipt, state: stateOf(receipt), hasMoreLeft });
};

/** Until nothing of it is on its way any more. */
export const settleWhole = async (
  parts: CashParts,
  call: CashCall,
  key: { companyId: string; receiptId: string },
): Promise<Outcome<Receipt, ProblemCode>> => {
  for (;;) {
    const settled = await settleReceipt(parts, call, key);
    if (!settled.ok) return settled;
    if (!settled.value.hasMoreLeft) return done(settled.value.receipt);
  }
};

/** Once more where an advice has come since: what does not stand any more is taken back in between. */
const plan = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  key: { companyId: string; receiptId: string },
): Promise<Outcome<Receipt, ProblemCode>> => {
  const planned = await changeReceipt(parts, call, key, (now) => nextFacts(parts, call, company, now));
  if (!planned.ok || droppedOf(planned.value).length === 0) return planned;
  const freed = await freeDropped(parts, call, company, planned.value);
  return freed.ok ? changeReceipt(parts, call, key, (now) => nextFacts(parts, call, company, now)) : freed;
};

/** Told, identified and planned in one change: nothing of it is there without the others. */
const nextFacts = async (
  parts: CashParts,
  { scope }: CashCall,
  company: Company,
  receipt: Receipt,
): ReturnType<typeof planFor> => {
  if (droppedOf(receipt).length > 0) return done([]);
  const found = await findPayer(parts, scope, receipt);
  const theirs = found === undefined ? receipt : { ...receipt, payer: found };
  const advice = await adviceOfReceipt(parts, scope, theirs);
  const isSettled = company.mode === 'erpLed' && receipt.standing === 'confirmed';
  const told = advice === undefined ? [] : designate(receipt, advice, isSettled, parts.hashText);
  const payer = found ?? (advice && payerOfAdvice(advice, receipt));
  if (payer === undefined) return done(told);
  const identified = identifyReceipt(receipt, payer);
  if (!identified.ok) return done([]); // found and identified by somebody else meanwhile: theirs stands
  const known: Receipt & { payer: AccountRef } = { ...evolveAll(receipt, told), payer };
  const held = isSettled ? undefined : await holdDouble(parts, scope, known);
  if (held !== undefined) return done([...told, ...identified.value, ...held]);
  const planned = await planFor(parts, scope, company, known);
  return planned.ok ? done([...told, ...identified.value, ...planned.value]) : planned;
};

/** All of it was shown by feeds before it came: nothing is waited for. */
const confirmShown = async (
  parts: CashParts,
  call: CashCall,
  receipt: Receipt,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const live = receipt.portions.filter(isLive);
  const isShown = live.every(({ isShown, uses }) => isShown && uses.length > 0);
  if (receipt.standing === 'confirmed' || receipt.free > 0 || live.length === 0 || !isShown)
    return done(receipt);
  return changeReceipt<ProblemCode>(
    ...([parts, call, { companyId: receipt.companyId, receiptId: receipt.id }] as const),
    async (now) => done(now.standing === 'confirmed' ? [] : [{ kind: 'receiptConfirmed', by: earlierFeed }]),
  );
};

/** Who confirmed what was in the book before it arrived here. */
const earlierFeed = 'earlier-feed';
