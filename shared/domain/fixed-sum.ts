/**
 * The fixed sum a late payment costs by law, and the order in which German law has a payment clear a debt.
 * From: dated rules. Next: items of kind fee, once per invoice; the reading of payments that name nothing.
 */
import type { FixedSumRule } from './interest-rules.ts';
import { smaller, subtract, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** By the size of the debt, in the currency of the rule only. */
export const fixedSumOf = (
  debt: AmountMinor,
  currency: Currency,
  { steps, currency: own, id }: FixedSumRule,
): Outcome<AmountMinor, 'no-fixed-sum'> => {
  const step = currency === own ? steps.findLast(({ from }) => debt >= from) : undefined;
  return step === undefined
    ? refuse('no-fixed-sum', `${id} says nothing of ${debt} ${currency}`)
    : done(step.amount);
};

export type Debt = { principal: AmountMinor; costs: AmountMinor; interest: AmountMinor };

/** Costs, then interest, then principal (section 367 of the German civil code); what is left over stays. */
export const clearInOrder = (debt: Debt, payment: AmountMinor): Debt & { left: AmountMinor } => {
  const costs = smaller(debt.costs, payment);
  const afterCosts = subtract(payment, costs);
  const interest = smaller(debt.interest, afterCosts);
  const afterInterest = subtract(afterCosts, interest);
  const principal = smaller(debt.principal, afterInterest);
  return {
    principal: subtract(debt.principal, principal),
    costs: subtract(debt.costs, costs),
    interest: subtract(debt.interest, interest),
    left: subtract(afterInterest, principal),
  };
};
