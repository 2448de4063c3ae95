/**
 * Holds what an advice names while its money is not here, and lets it go when it is, or its days have passed.
 * From: `follow-advice.ts`, `settle-designation.ts`. Next: holds of accounts. An advice is matched before its holds are
 * lifted, and looked at again after they are placed: whoever is second finds the hold.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { accountsOf, type Advice } from '../../shared/domain/advice.ts';
import { itemsNamed } from '../../shared/domain/allocation-designation.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { openItemOf } from '../../shared/domain/plan-receipt.ts';
import type { AccountRef } from '../../shared/domain/receipt.ts';
import { holdSaysPaid, liftSaysPaid } from '../../shared/domain/says-paid.ts';
import { changeAccount, mostTries, type CashCall, type CashParts } from './cash-parts.ts';
import { openItemsOf } from './settle-plan.ts';

export const holdFor = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  advice: Advice,
): Promise<Outcome<Advice, ProblemCode>> => {
  const on = dayAt(call.now, company.zone);
  for (const account of refsOf(advice)) {
    const itemIds = await claimsNamed(parts, call, advice, account);
    const held = await changeAccount<undefined, never>(parts, call, account, [], (now) =>
      done({ facts: now.head.version === 0 ? [] : holdSaysPaid(now, advice, itemIds, on), value: undefined }),
    );
    if (!held.ok) return held;
  }
  const again = await parts.advices.load(call.scope, advice.companyId, advice.id);
  if (again === undefined) return refuse('not-found', `There is no advice ${advice.id}.`);
  return again.advice.state === 'waiting' ? done(again.advice) : liftFor(parts, call, company, again.advice);
};

export const liftFor = async (
  parts: CashParts,
  call: CashCall,
  company: Company,
  advice: Advice,
): Promise<Outcome<Advice, ProblemCode>> => {
  const on = dayAt(call.now, company.zone);
  for (const account of refsOf(advice)) {
    const lifted = await changeAccount<undefined, never>(parts, call, account, [], (now) =>
      done({ facts: liftSaysPaid(now, advice, on), value: undefined }),
    );
    if (!lifted.ok) return lifted;
  }
  return done(advice);
};

const refsOf = (advice: Advice): AccountRef[] =>
  accountsOf(advice).map((accountId) => ({ companyId: advice.companyId, accountId }));

/** Open claims of the account that lines of the advice are for. */
const claimsNamed = async (
  parts: CashParts,
  { scope }: CashCall,
  { lines, currency }: Advice,
  account: AccountRef,
): Promise<string[]> => {
  const open = (await openItemsOf(parts, scope, account)).map(openItemOf);
  const named = itemsNamed(
    lines.filter((line) => line.account?.accountId === account.accountId),
    open.filter((item) => item.currency === currency),
  );
  return named.filter((item) => item.open > 0).map(({ id }) => id);
};

/** As it is after the change; what the change leaves as it is, is not written. @throws when it changes under every try. */
export const changeAdvice = async (
  { advices }: Pick<CashParts, 'advices'>,
  { scope }: CashCall,
  { companyId, id }: Advice,
  change: (now: Advice) => Advice,
): Promise<Advice> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await advices.load(scope, companyId, id);
    if (loaded === undefined) throw new Error(`advice ${id} is gone`);
    const advice = change(loaded.advice);
    if (advice === loaded.advice) return advice;
    if ((await advices.save(scope, { ...loaded, advice })) === 'saved') return advice;
  }
  throw new Error(`advice ${id} changed under each of ${mostTries} tries`);
};
