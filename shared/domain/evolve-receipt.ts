/**
 * What each fact makes of a receipt, and the receipt that a list of facts comes to.
 * From: decisions, stored entries. Next: the stores keep it; a fact that takes more than is free throws, so that
 * a wrong state ends the work instead of being kept.
 */
import { subtract, sum, zero, type AmountMinor } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import {
  freeSide,
  unaccountedFor,
  type Portion,
  type Receipt,
  type ReceiptDecision,
  type ReceiptFact,
  type ReceiptHead,
} from './receipt.ts';

const receiptOf = (head: ReceiptHead): Receipt => ({
  ...head,
  free: head.amount,
  portions: [],
  returns: [],
  missingInFeeds: [],
});

/** The receipt as it arrived: all of it free. */
export const receiveMoney = (head: ReceiptHead): Outcome<Receipt, 'receipt-amount-not-positive'> =>
  head.amount > 0
    ? done(receiptOf(head))
    : refuse('receipt-amount-not-positive', `receipt ${head.id} is over ${head.amount}`);

/** The first fact of a receipt. */
export const openReceipt = (head: ReceiptHead): ReceiptDecision<'receipt-amount-not-positive'> => {
  const received = receiveMoney(head);
  if (!received.ok) return received;
  const { text: _text, payerName: _name, payerBankAccount: _account, ...known } = head;
  return done([
    { kind: 'moneyReceived', head: known, amount: head.amount, debit: 'bank', credit: freeSide(head) },
  ]);
};

/**
 * The receipt after a fact.
 * @throws RangeError when the fact takes more than is free: a fact that no decision of ours made.
 */
export const evolveReceipt = (receipt: Receipt, fact: ReceiptFact): Receipt => {
  switch (fact.kind) {
    case 'moneyReceived':
      throw new RangeError(`receipt ${receipt.id} is received twice`);
    case 'receiptIdentified':
      return { ...receipt, payer: fact.payer };
    case 'designationNoted':
      return designated(receipt, fact);
    case 'allocationDropped': {
      const { plan: _dropped, ...rest } = receipt;
      return rest;
    }
    case 'allocationPlanned':
      return { ...receipt, plan: fact.plan };
    case 'portionReserved':
      return {
        ...receipt,
        free: taken(receipt, fact.amount),
        portions: [...receipt.portions, { ...fact.portion, state: 'reserved', uses: [] }],
      };
    case 'moneyReturned':
      return {
        ...receipt,
        free: taken(receipt, fact.amount),
        returns: [...receipt.returns, fact.returned],
      };
    case 'returnUndone':
      return {
        ...receipt,
        free: sum(receipt.free, fact.amount),
        returns: receipt.returns.filter(({ id }) => id !== fact.returnId),
      };
    case 'possibleDoubleNoted':
      return { ...receipt, perhaps: { of: fact.of } };
    case 'doubleRuledOut':
      return { ...receipt, perhaps: { of: fact.of, isRuledOut: true } };
    case 'receiptUnseen':
      return unseen(receipt, fact.id);
    case 'receiptSeenAs':
      return {
        ...receipt,
        seenAs: [...(receipt.seenAs ?? []), { id: fact.id, source: fact.source }],
      };
    case 'receiptConfirmed':
      return { ...receipt, standing: 'confirmed', confirmedBy: fact.by };
    case 'receiptMissingInFeed':
      return { ...receipt, missingInFeeds: [...receipt.missingInFeeds, fact.asOf] };
    default:
      return portionAfter(receipt, fact);
  }
};

const unseen = ({ seenAs = [], ...receipt }: Receipt, id: string): Receipt => {
  const left = seenAs.filter((one) => one.id !== id);
  return { ...receipt, ...(left.length === 0 ? {} : { seenAs: left }) };
};

const designated = (
  receipt: Receipt,
  { lines, adviceId }: Extract<ReceiptFact, { kind: 'designationNoted' }>,
): Receipt => ({
  ...receipt,
  ...(lines.length === 0 ? {} : { designation: [...(receipt.designation ?? []), ...lines] }),
  ...(adviceId === undefined ? {} : { advices: [...(receipt.advices ?? []), adviceId] }),
});

type PortionFact = Extract<ReceiptFact, { portionId: string }>;

const portionAfter = (receipt: Receipt, fact: PortionFact): Receipt => {
  const change = (make: (portion: Portion) => Partial<Portion>): Receipt => ({
    ...receipt,
    portions: receipt.portions.map((one) => (one.id === fact.portionId ? { ...one, ...make(one) } : one)),
  });
  switch (fact.kind) {
    case 'portionReleased':
      return { ...change(() => ({ state: 'released' })), free: sum(receipt.free, fact.amount) };
    case 'portionPosted':
      return change(() => ({ state: 'posted', paymentId: fact.paymentId, uses: fact.uses }));
    case 'portionApplied':
      return change(({ uses }) => ({ uses: [...uses, fact.use] }));
    case 'portionUnapplied':
      return change(({ uses }) => ({ uses: uses.filter(({ changeId }) => changeId !== fact.changeId) }));
    case 'portionReversed':
      return { ...change(() => ({ state: 'reversed', uses: [] })), free: sum(receipt.free, fact.amount) };
  }
};

export const evolveAll = (receipt: Receipt, facts: readonly ReceiptFact[]): Receipt => {
  const after = facts.reduce(evolveReceipt, receipt);
  if (unaccountedFor(after) !== 0)
    throw new RangeError(`B5: ${unaccountedFor(after)} of ${after.id} is nowhere`);
  return after;
};

/** The receipt that facts from the first come to; free text is not in them. @throws when the first is another. */
export const replayReceipt = (facts: readonly ReceiptFact[]): Receipt => {
  const [first, ...rest] = facts;
  if (first?.kind !== 'moneyReceived') throw new RangeError('a receipt begins with money');
  return evolveAll(receiptOf({ ...first.head, text: '' }), rest);
};

const taken = (receipt: Receipt, amount: AmountMinor): AmountMinor => {
  const rest = subtract(receipt.free, amount);
  if (rest < zero) throw new RangeError(`receipt ${receipt.id}: ${amount} taken, ${receipt.free} free`);
  return rest;
};
