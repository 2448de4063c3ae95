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
    case 'returnUndone':
      return returnedAfter(receipt, fact);
    case 'possibleDoubleNoted':
    case 'doubleRuledOut':
    case 'receiptUnseen':
    case 'receiptSeenAs':
      return toldAfter(receipt, fact);
    case 'receiptConfirmed':
      return { ...receipt, standing: 'confirmed', confirmedBy: fact.by };
    case 'receiptMissingInFeed':
      return { ...receipt, missingInFeeds: [...receipt.missingInFeeds, fact.asOf] };
    default:
      return portionAfter(receipt, fact);
  }
};

type OfKind<Kind extends ReceiptFact['kind']> = Extract<ReceiptFact, { kind: Kind }>;

const returnedAfter = (
  { free, returns, ...receipt }: Receipt,
  fact: OfKind<'moneyReturned' | 'returnUndone'>,
): Receipt =>
  fact.kind === 'moneyReturned'
    ? { ...receipt, free: taken({ ...receipt, free }, fact.amount), returns: [...returns, fact.returned] }
    : {
        ...receipt,
        free: sum(free, fact.amount),
        returns: returns.filter(({ id }) => id !== fact.returnId),
      };

/** Other tellings of its money: known to be one, perhaps one, or not one after all. */
const toldAfter = (
  receipt: Receipt,
  fact: OfKind<'possibleDoubleNoted' | 'doubleRuledOut' | 'receiptUnseen' | 'receiptSeenAs'>,
): Receipt => {
  switch (fact.kind) {
    case 'possibleDoubleNoted':
      return { ...receipt, perhaps: { of: fact.of } };
    case 'doubleRuledOut':
      return { ...receipt, perhaps: { of: fact.of, isRuledOut: true } };
    case 'receiptSeenAs':
      return { ...receipt, seenAs: [...(receipt.seenAs ?? []), { id: fact.id, source: fact.source }] };
    case 'receiptUnseen': {
      const { seenAs = [], ...rest } = receipt;
      const left = seenAs.filter(({ id }) => id !== fact.id);
      return { ...rest, ...(left.length === 0 ? {} : { seenAs: left }) };
    }
  }
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

const taken = (receipt: Pick<Receipt, 'id' | 'free'>, amount: AmountMinor): AmountMinor => {
  const rest = subtract(receipt.free, amount);
  if (rest < zero) throw new RangeError(`receipt ${receipt.id}: ${amount} taken, ${receipt.free} free`);
  return rest;
};
