/**
 * A receipt: one wire or one checkout, and where each unit of it is.
 * From: bank files, the portal, remittances. Next: `reserve-portions.ts`, `post-portion.ts` and their
 * neighbours decide facts; the `receipts` container keeps what `evolveReceipt` makes of them.
 * Every unit is free (unidentified without a payer, else unassigned), in a portion, or returned: the three add up
 * to the amount after every fact (B5), because every fact is one move from a debit to a credit side (M3).
 */
import type { Day } from './calendar.ts';
import type { Exchange } from './exchange.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { escapeId } from './document-ids.ts';

/** A debtor at one company; a receipt may pay several companies. */
export type AccountRef = { companyId: string; accountId: string };

/** Where money of a receipt can be. A fact takes it from its debit side and puts it on its credit side. */
export type ReceiptSide = 'bank' | 'unidentified' | 'unassigned' | 'reserved' | 'account';

export type Move = { amount: AmountMinor; debit: ReceiptSide; credit: ReceiptSide };

export type ReceiptHead = {
  id: string;
  companyId: string;
  /** Absent while nobody knows who paid. */
  payer?: AccountRef;
  valueOn: Day;
  postedOn: Day;
  /** ISO instant at which it arrived here; feeds older than it say nothing about it. */
  receivedAt: string;
  currency: Currency;
  /** What was captured; more than 0. */
  amount: AmountMinor;
  method: string;
  bankReference: string;
  text: string;
  standing: 'provisional' | 'confirmed';
};

export type Portion = {
  id: string;
  /** The reservation that made it; one makes all its portions or none. */
  reservationId: string;
  account: AccountRef;
  /** Absent: on account. */
  itemId?: string;
  /** In the receipt's currency; more than 0. */
  amount: AmountMinor;
  /** Only where the item has another currency: the stored rate and what is settled there. */
  exchange?: Exchange;
  state: 'reserved' | 'posted' | 'released' | 'reversed';
};

export type MoneyReturn = { id: string; kind: 'refund' | 'chargeback'; amount: AmountMinor; on: Day };

export type Receipt = ReceiptHead & {
  free: AmountMinor;
  portions: readonly Portion[];
  returns: readonly MoneyReturn[];
  /** The feed that showed it, once one did. */
  confirmedBy?: string;
  /** Snapshots newer than the receipt that did not show it. */
  missingInFeeds: readonly string[];
};

export type ReceiptFact =
  | ({ kind: 'receipt-identified'; payer: AccountRef } & Move)
  | ({ kind: 'portion-reserved'; portion: Omit<Portion, 'state'> } & Move)
  | ({ kind: 'portion-released'; portionId: string; because: string } & Move)
  | ({ kind: 'portion-posted'; portionId: string; entryId: string } & Move)
  | ({ kind: 'portion-reversed'; portionId: string; entryId: string; because: string } & Move)
  | ({ kind: 'money-returned'; returned: MoneyReturn } & Move)
  | { kind: 'receipt-confirmed'; by: string }
  | { kind: 'receipt-missing-in-feed'; asOf: string };

export type ReceiptDecision<Code extends string> = Outcome<readonly ReceiptFact[], Code>;

/** The receipt as it arrived: all of it free. */
export const receiveMoney = (head: ReceiptHead): Outcome<Receipt, 'receipt-amount-not-positive'> =>
  head.amount > 0
    ? done({ ...head, free: head.amount, portions: [], returns: [], missingInFeeds: [] })
    : refuse('receipt-amount-not-positive', `receipt ${head.id} is over ${head.amount}`);

/** The side on which the free money of a receipt lies. */
export const freeSide = (receipt: Receipt): 'unidentified' | 'unassigned' =>
  receipt.payer === undefined ? 'unidentified' : 'unassigned';

export const portionWith = (receipt: Receipt, portionId: string): Portion | undefined =>
  receipt.portions.find(({ id }) => id === portionId);

/** Whether the portion still holds money. */
export const isLive = ({ state }: Portion): boolean => state === 'reserved' || state === 'posted';

/** Same reservation, account and item: same id, so that doing it twice is once. */
export const portionId = (
  receiptId: string,
  reservationId: string,
  account: AccountRef,
  itemId: string | undefined,
): string =>
  [
    'portion',
    receiptId,
    reservationId,
    account.companyId,
    account.accountId,
    ...(itemId === undefined ? [] : [itemId]),
  ]
    .map(escapeId)
    .join(':');

/** Money in live portions. */
export const heldByPortions = (receipt: Receipt): AmountMinor =>
  sum(...receipt.portions.filter(isLive).map(({ amount }) => amount));

/** Refunds and chargebacks so far. */
export const returnedOf = (receipt: Receipt): AmountMinor =>
  sum(...receipt.returns.map(({ amount }) => amount));

/** What is nowhere, or there twice; 0 on every receipt that the rules here made (B5). */
export const unaccountedFor = (receipt: Receipt): AmountMinor =>
  subtract(receipt.amount, sum(receipt.free, heldByPortions(receipt), returnedOf(receipt)));

/**
 * The receipt after a fact.
 * @throws RangeError when the fact takes more than is free: a fact that no decision of ours made.
 */
export const evolveReceipt = (receipt: Receipt, fact: ReceiptFact): Receipt => {
  switch (fact.kind) {
    case 'receipt-identified':
      return { ...receipt, payer: fact.payer };
    case 'portion-reserved':
      return {
        ...receipt,
        free: taken(receipt, fact.amount),
        portions: [...receipt.portions, { ...fact.portion, state: 'reserved' }],
      };
    case 'portion-released':
      return { ...withState(receipt, fact.portionId, 'released'), free: sum(receipt.free, fact.amount) };
    case 'portion-posted':
      return withState(receipt, fact.portionId, 'posted');
    case 'portion-reversed':
      return { ...withState(receipt, fact.portionId, 'reversed'), free: sum(receipt.free, fact.amount) };
    case 'money-returned':
      return {
        ...receipt,
        free: taken(receipt, fact.amount),
        returns: [...receipt.returns, fact.returned],
      };
    case 'receipt-confirmed':
      return { ...receipt, standing: 'confirmed', confirmedBy: fact.by };
    case 'receipt-missing-in-feed':
      return { ...receipt, missingInFeeds: [...receipt.missingInFeeds, fact.asOf] };
  }
};

export const evolveAll = (receipt: Receipt, facts: readonly ReceiptFact[]): Receipt =>
  facts.reduce(evolveReceipt, receipt);

const withState = (receipt: Receipt, id: string, state: Portion['state']): Receipt => ({
  ...receipt,
  portions: receipt.portions.map((portion) => (portion.id === id ? { ...portion, state } : portion)),
});

const taken = (receipt: Receipt, amount: AmountMinor): AmountMinor => {
  const rest = subtract(receipt.free, amount);
  if (rest < zero) throw new RangeError(`receipt ${receipt.id}: ${amount} taken, ${receipt.free} free`);
  return rest;
};
