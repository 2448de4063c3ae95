/**
 * The facts of cases in the words of a collector.
 * From: `timeline-words.ts`. Next: the timeline of an account, the history of a case. No names: facts hold none.
 */
import { amountText } from './amount-text.ts';
import { plainAmountStyle } from './amount-style.ts';
import { decimalsOf } from './currencies.ts';
import { disputedAmount } from './dispute.ts';
import type { AccountDisputeFact } from './disputes-position.ts';
import type { AmountMinor, Currency } from './money.ts';

const money = (amount: AmountMinor, currency: Currency): string => {
  const decimals = decimalsOf(currency);
  return `${decimals.ok ? amountText(amount, plainAmountStyle, decimals.value) : amount} ${currency}`;
};

const outcomes = { accepted: 'accepted', partlyAccepted: 'accepted in part', rejected: 'rejected' } as const;
const steps = { validate: 'to validate it', facts: 'to find the facts', decide: 'to decide it' } as const;

/** One line. */
export const disputeText = (fact: AccountDisputeFact): string => {
  switch (fact.kind) {
    case 'disputeOpened':
      return `${fact.as} ${fact.recipe.code} opened: ${money(disputedAmount(fact), fact.currency)}`;
    case 'disputeValidated':
      return 'case validated';
    case 'disputePaperAdded':
      return `paper added to the case: ${fact.paper}`;
    case 'disputeFactsFound':
      return 'facts of the case found';
    case 'disputeRecoded':
      return `case is ${fact.recipe.code} now`;
    case 'disputeReassigned':
      return `case handed to ${fact.department}`;
    case 'disputeGivenTime':
      return `${fact.days} more business days for the case`;
    case 'disputeContested':
      return `${fact.department} does not agree: the case is for the CFO`;
    case 'disputePaidDown':
      return fact.items.length === 0 ? 'nothing of the case is open any more' : 'less of the case is open';
    default:
      return endText(fact);
  }
};

type End = Extract<
  AccountDisputeFact,
  {
    kind:
      | ('disputeDecided' | 'disputeEffectProposed' | 'disputeClosed' | 'disputeReopened')
      | ('disputeDeadlineMissed' | 'disputeStands');
  }
>;

const endText = (fact: End): string => {
  switch (fact.kind) {
    case 'disputeDecided':
      return `case ${outcomes[fact.outcome]}`;
    case 'disputeEffectProposed':
      return fact.proposals.length === 0
        ? 'the case moves nothing in the books'
        : `${fact.proposals.length} changes of the books asked for by the case`;
    case 'disputeClosed':
      return `case closed: ${fact.cause} (${fact.department})`;
    case 'disputeReopened':
      return 'case opened again for a new paper';
    case 'disputeDeadlineMissed':
      return `case past the day ${steps[fact.step]}`;
    case 'disputeStands':
      return fact.stands === undefined ? 'case no longer open' : `case ${fact.stands.state}`;
  }
};
