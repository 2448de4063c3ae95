/**
 * What advices do to a receipt on its way: the one that tells of it is found, what the ladder had divided otherwise is
 * taken back, and the advice hears that its money is here.
 * From: `settle-receipt.ts`. Next: facts of the receipt, reversed portions, an advice that is matched and holds no more.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { adviceFor, referencesOf, type Advice } from '../../shared/domain/advice.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { droppedOf } from '../../shared/domain/designate.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isLive, type Portion, type Receipt } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { changeAdvice, liftFor } from './hold-advice.ts';
import { reverseOne } from './reverse-portion.ts';
import { postPortions } from './settle-portions.ts';

/** The advice of money that is looked at for the first time, or the one it has. */
export const adviceOfReceipt = async (
  { advices }: CashParts,
  scope: Scope,
  receipt: Receipt,
): Promise<Advice | undefined> => {
  const { companyId, amount, currency, advices: [known] = [] } = receipt;
  if (known !== undefined) return (await advices.load(scope, companyId, known))?.advice;
  if (receipt.plan !== undefined || receipt.free === 0) return undefined;
  const like = { references: referencesOf(receipt), amount, currency };
  return adviceFor(receipt, await advices.alike(scope, companyId, like));
};

/** Whether the ERP's book has any of this money already: then it is its book that says where. */
export const isInBook = async (
  parts: CashParts,
  scope: Scope,
  { mode }: Company,
  receipt: Receipt,
): Promise<boolean> => {
  if (mode === 'dunwellLed') return false;
  if (receipt.standing === 'confirmed') return true;
  for (const portion of receipt.portions.filter(isLive))
    if (await isShown(parts, scope, portion)) return true;
  return false;
};

const isShown = async (
  { accounts }: CashParts,
  scope: Scope,
  { account: ref, paymentId, uses }: Portion,
): Promise<boolean> => {
  if (paymentId === undefined) return false;
  const itemId = uses[0]?.itemId ?? paymentId;
  const { account } = await accounts.load(scope, ref, [itemId]);
  const noted = account.items.get(itemId)?.provisional.find(({ id }) => id === paymentId);
  return noted?.state === 'confirmed';
};

/** Takes back what no longer stands; what is on its way to an account arrives there first. */
export const freeDropped = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  receipt: Receipt,
): Promise<Outcome<Receipt, ProblemCode>> => {
  let now = receipt;
  for (let hasMoreLeft = true; hasMoreLeft;) {
    const posted = await postPortions(parts, call, company, now);
    if (!posted.ok) return posted;
    ({ receipt: now, hasMoreLeft } = posted.value);
  }
  const on = dayAt(call.now, company.zone);
  for (const portion of droppedOf(now)) {
    if (company.mode === 'erpLed' && (await isShown(parts, call.scope, portion)))
      return refuse(
        'reservation-differs',
        `a feed has shown ${portion.id} meanwhile: divide ${now.id} by hand`,
      );
    const freed = await reverseOne(parts, call, now, portion, 'designated', on);
    if (!freed.ok) return freed;
  }
  return done(now);
};

/** Their money is here. The same again changes nothing. */
export const matchAdvices = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  { id: receiptId, companyId, advices = [] }: Receipt,
): Promise<Outcome<undefined, ProblemCode>> => {
  for (const adviceId of advices) {
    const loaded = await parts.advices.load(call.scope, companyId, adviceId);
    if (loaded === undefined) return refuse('not-found', `There is no advice ${adviceId}.`);
    const matched = await changeAdvice(parts, call, loaded.advice, (now) =>
      now.state === 'matched' ? now : { ...now, state: 'matched', receiptId },
    );
    const lifted = await liftFor(parts, call, company, matched);
    if (!lifted.ok) return lifted;
  }
  return done(undefined);
};
