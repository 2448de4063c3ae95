/**
 * The journal in the words of a collector: one line per fact.
 * From: entries. Next: the timeline of an account, the history of an item. No names: facts hold none.
 */
import { amountText } from './amount-text.ts';
import { plainAmountStyle } from './amount-style.ts';
import { decimalsOf } from './currencies.ts';
import { isDisputeFact } from './disputes-position.ts';
import type { Entry } from './entry.ts';
import { isDunningFact } from './evolve-dunning.ts';
import type { Fact } from './facts.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { ReductionReason } from './postings.ts';
import { disputeText } from './timeline-disputes.ts';
import { callIn, dunningText, type CallShown } from './timeline-dunning.ts';

export type TimelineLine = {
  kind: Fact['kind'];
  /** Posting day. */
  on: string;
  text: string;
  itemId?: string;
  /** Minor units, with its currency. */
  amount?: AmountMinor;
  currency?: Currency;
  call?: CallShown;
};

const reasons: Record<ReductionReason, string> = {
  payment: 'paid',
  implied: 'cleared in the ERP, a payment is implied',
  unexplained: 'reduced in the ERP, not explained yet',
  credit: 'settled with a credit',
  residual: 'cleared, the rest stays as an item of its own',
  discount: 'discount taken',
  bankCharge: 'bank charge taken off',
  smallDifference: 'small difference written off',
  withholdingTax: 'tax withheld',
  writeOff: 'written off',
  refund: 'refunded',
  returned: 'returned',
  undone: 'typed in by mistake, taken back',
};

/** The lines of an entry, in the order of its facts. */
export const linesOf = ({ facts }: Pick<Entry, 'facts'>): TimelineLine[] =>
  facts.map((fact) => ({
    kind: fact.kind,
    on: fact.on,
    text: textOf(fact),
    ...itemIn(fact),
    ...moneyIn(fact),
    ...callIn(fact),
  }));

/** The items a fact is about. */
export const itemIdsIn = (fact: Fact): string[] => {
  const own = itemIn(fact).itemId;
  const from =
    fact.kind === 'paymentApplied'
      ? fact.paymentId
      : fact.kind === 'creditAllocated'
        ? fact.creditId
        : fact.kind === 'applicationReversed'
          ? fact.from
          : undefined;
  return [own, from].filter((id) => id !== undefined);
};

const itemIn = (fact: Fact): { itemId?: string } => {
  if ('itemId' in fact) return { itemId: fact.itemId };
  return 'item' in fact && fact.item !== undefined ? { itemId: fact.item.id } : {};
};

const moneyIn = (fact: Fact): Pick<TimelineLine, 'amount' | 'currency'> => {
  if ('posting' in fact) return { amount: fact.posting.amount, currency: fact.posting.currency };
  return fact.kind === 'provisionalNoted' ? { amount: fact.amount, currency: fact.currency } : {};
};

/** `item:invoice:4711` is the invoice 4711, as people say it. */
const nameOf = (itemId: string): string => {
  const [, type = '', number = ''] = itemId.split(':');
  return itemId.startsWith('item:')
    ? `${wordOf(type)} ${number}`
    : `payment ${itemId.replace(/^payment:/, '')}`;
};

/** `creditNote` is a credit note. */
const wordOf = (kind: string): string => kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const amountIn = ({ amount, currency }: { amount: AmountMinor; currency: Currency }): string => {
  const decimals = decimalsOf(currency);
  return `${decimals.ok ? amountText(amount, plainAmountStyle, decimals.value) : amount} ${currency}`;
};

const textOf = (fact: Fact): string => ('posting' in fact ? moneyText(fact) : otherText(fact));

const moneyText = (fact: Extract<Fact, { posting: unknown }>): string => {
  const amount = amountIn(fact.posting);
  switch (fact.kind) {
    case 'itemPosted':
      return `${wordOf(fact.item.kind)} ${fact.item.number} posted: ${amount}, due ${fact.item.dueOn}`;
    case 'paymentReceived':
      return `payment received: ${amount}`;
    case 'itemReduced':
      return `${nameOf(fact.itemId)} ${reasons[fact.by]}: ${amount}`;
    case 'itemReopened':
      return `${nameOf(fact.itemId)} open again: ${amount}`;
    case 'debitAdjusted':
      return `${nameOf(fact.itemId)} raised by ${amount}: ${fact.reason}`;
    case 'paymentApplied':
      return `${nameOf(fact.itemId)} paid: ${amount}`;
    case 'creditAllocated':
      return `${nameOf(fact.itemId)} settled with ${nameOf(fact.creditId)}: ${amount}`;
    case 'applicationReversed':
      return `${nameOf(fact.itemId)} open again, ${amount} taken back: ${fact.reason}`;
    case 'writeOffDone':
      return `${nameOf(fact.itemId)} written off: ${amount}`;
    case 'recoveryReceived':
      return `received after write-off of ${nameOf(fact.itemId)}: ${amount}`;
    case 'exchangeDifferenceNoted':
      return `exchange difference: ${amount}`;
  }
};

const otherText = (fact: Exclude<Fact, { posting: unknown }>): string => {
  if (isDunningFact(fact)) return dunningText(fact, nameOf);
  if (isDisputeFact(fact)) return disputeText(fact);
  switch (fact.kind) {
    case 'itemAmended':
      return `${nameOf(fact.itemId)} changed: ${Object.keys(fact.amendment).join(', ')}`;
    case 'writeOffRequested':
      return `write-off of ${nameOf(fact.itemId)} asked for: ${fact.reason}`;
    case 'writeOffApproved':
      return `write-off of ${nameOf(fact.itemId)} approved`;
    case 'provisionalNoted':
      return `received, not yet in the accounts: ${amountIn(fact)}`;
    case 'provisionalConfirmed':
      return `the accounts show what was received for ${nameOf(fact.itemId)}`;
    case 'provisionalWithdrawn':
      return `what was received for ${nameOf(fact.itemId)} is withdrawn: ${fact.reason}`;
    case 'moneyTakenBack':
      return `the bank took back ${amountIn(fact)} of ${nameOf(fact.itemId)}: ${fact.reason}`;
    case 'explanationKnown':
      return `why ${nameOf(fact.itemId)} went down is known: ${reasons[fact.explanation.by]}`;
    case 'explanationUsed':
      return fact.isTakenBack
        ? `what was told of ${nameOf(fact.itemId)} is taken back`
        : `why ${nameOf(fact.itemId)} went down is shown in the accounts`;
    default:
      return accountText(fact);
  }
};

type OfAccount = Extract<
  Fact,
  {
    kind:
      | 'reviewPlanned'
      | 'accountAssigned'
      | 'salesOwnersNamed'
      | 'segmentNamed'
      | 'masterDataNoted'
      | 'noteWritten'
      | 'feedReconciled'
      | 'holdPlaced'
      | 'holdLifted'
      | 'orderReleased';
  }
>;

/** What is about the account and none of its items. */
const accountText = (fact: OfAccount): string => {
  switch (fact.kind) {
    case 'reviewPlanned':
      return reviewText(fact.nextReviewAt);
    case 'accountAssigned':
      return 'account assigned to another collector';
    case 'salesOwnersNamed':
      return 'sales owners named';
    case 'segmentNamed':
      return fact.segment === '' ? 'in no segment any more' : `segment: ${fact.segment}`;
    case 'masterDataNoted':
      return 'customer data changed';
    case 'noteWritten':
      return 'note written';
    case 'feedReconciled':
      return `compared with the accounts of ${fact.source} as of ${fact.mark.asOf}`;
    case 'holdPlaced':
      return `held: ${fact.hold.code}${fact.hold.untilOn === undefined ? '' : ` until ${fact.hold.untilOn}`}`;
    case 'holdLifted':
      return 'no longer held';
    case 'orderReleased':
      return `order ${fact.order.number} released until ${fact.order.untilOn}`;
  }
};

const reviewText = (at: string | undefined): string =>
  at === undefined ? 'nothing to look at just now' : `to be looked at again at ${at}`;
