/**
 * A receipt: one wire or one checkout, and where each unit of it is.
 * From: bank files, journals, the portal. Next: `reserve-portions.ts`, `post-portion.ts` and their neighbours
 * decide facts; the `receipts` container keeps what `evolve-receipt.ts` makes of them.
 * Every unit is free (unidentified without a payer, else unassigned), in a portion, or returned: the three add up
 * to the amount after every fact (B5), because every fact is one move from a debit to a credit side (M3).
 */
import type { DesignatedLine, Offset, Proposal, Rung } from './allocation-input.ts';
import type { Day } from './calendar.ts';
import type { Exchange } from './exchange.ts';
import { subtract, sum, type AmountMinor, type Currency } from './money.ts';
import type { Outcome } from './outcome.ts';
import type { OverPayment } from './over-payment.ts';
import type { Reading } from './short-payment-input.ts';

/** A debtor at one company; a receipt may pay several companies. */
export type AccountRef = { companyId: string; accountId: string };

/** Where money of a receipt can be. A fact takes it from its debit side and puts it on its credit side. */
export type ReceiptSide = 'bank' | 'unidentified' | 'unassigned' | 'reserved' | 'account';

export type Move = { amount: AmountMinor; debit: ReceiptSide; credit: ReceiptSide };

export type ReceiptHead = {
  id: string;
  companyId: string;
  /** The bank file, journal or portal it came from. */
  source: string;
  /** Who keyed it in by hand. */
  by?: string;
  /** Absent while nobody knows who paid. */
  payer?: AccountRef;
  valueOn: Day;
  postedOn: Day;
  /** ISO instant at which it arrived here; feeds older than it say nothing about it. */
  receivedAt: string;
  /** ISO instant of the payment itself, where known; a bank line knows only its day. */
  paidAt?: string;
  currency: Currency;
  /** What was captured; more than 0. */
  amount: AmountMinor;
  method: string;
  bankReference: string;
  structuredReference?: string;
  /** What may name a person stays out of the facts: text of the transfer, name and account of the payer. */
  text: string;
  payerName?: string;
  payerBankAccount?: string;
  standing: 'provisional' | 'confirmed';
};

/** What the account let the money of a portion settle. */
export type PortionUse = { itemId: string; changeId: string; amount: AmountMinor };

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
  /** Why it is less than its item, decided when it was reserved. */
  readings?: readonly Reading[];
  /** What it is where it is more than its item takes. */
  over?: OverPayment;
  /** A feed took it off its item before it arrived here: it lowers no claim again. */
  isShown?: true;
  state: 'reserved' | 'posted' | 'released' | 'reversed';
  /** The account's item or note that carries it, once posted. */
  paymentId?: string;
  /** In the item's currency; what is missing to the amount lies on account. */
  uses: readonly PortionUse[];
};

/** `joined`: it is the money of another receipt. */
export type MoneyReturn = {
  id: string;
  kind: 'refund' | 'chargeback' | 'undone' | 'joined';
  amount: AmountMinor;
  on: Day;
};

/** How the ladder distributed the money, for the clerk and for the posting of what the payer took off. */
export type ReceiptPlan = {
  reservationId: string;
  rung: Rung;
  reason: string;
  /** Credits the payer took off; each account posts its own before its first portion. */
  offsets: readonly Offset[];
  proposals: readonly Proposal[];
};

export type Receipt = ReceiptHead & {
  free: AmountMinor;
  portions: readonly Portion[];
  returns: readonly MoneyReturn[];
  /** What the payer, or the journal, said it is for. */
  designation?: readonly DesignatedLine[];
  /** Remittance advices whose money it is. */
  advices?: readonly string[];
  /** The last one; absent while the ladder has not been climbed. */
  plan?: ReceiptPlan;
  /** The feed that showed it, once one did. */
  confirmedBy?: string;
  /** Lines of other sources that tell of the same money: a journal's of a bank line, or the other way round. */
  seenAs?: readonly { id: string; source: string }[];
  /** A payment keyed in that it may be: it settles nothing until a person has said so, or not. */
  perhaps?: { of: string; isRuledOut?: true };
  /** Snapshots newer than the receipt that did not show it. */
  missingInFeeds: readonly string[];
};

type Named = { portionId: string };

export type ReceiptFact =
  | ({ kind: 'moneyReceived'; head: FactHead } & Move)
  | ({ kind: 'receiptIdentified'; payer: AccountRef } & Move)
  | { kind: 'designationNoted'; lines: readonly DesignatedLine[]; adviceId?: string }
  /** The ladder's division does not stand any more: its portions are taken back, then it is climbed again. */
  | { kind: 'allocationDropped'; because: string }
  | { kind: 'allocationPlanned'; plan: ReceiptPlan }
  | ({ kind: 'portionReserved'; portion: NewPortion } & Move)
  | ({ kind: 'portionReleased'; because: string } & Named & Move)
  | ({ kind: 'portionPosted'; paymentId: string; uses: readonly PortionUse[] } & Named & Move)
  | ({ kind: 'portionApplied'; use: PortionUse } & Named)
  | ({ kind: 'portionUnapplied'; changeId: string; because: string } & Named)
  | ({ kind: 'portionReversed'; entryId: string; because: string } & Named & Move)
  | ({ kind: 'moneyReturned'; returned: MoneyReturn } & Move)
  /** It did not go back after all; the journal keeps that it was to. */
  | ({ kind: 'returnUndone'; returnId: string; because: string } & Move)
  | { kind: 'possibleDoubleNoted' | 'doubleRuledOut'; of: string }
  | { kind: 'receiptUnseen'; id: string }
  | { kind: 'receiptSeenAs'; id: string; source: string }
  | { kind: 'receiptConfirmed'; by: string }
  | { kind: 'receiptMissingInFeed'; asOf: string };

/** A head as facts know it, without what may name a person. */
export type FactHead = Omit<ReceiptHead, 'text' | 'payerName' | 'payerBankAccount'>;
export type NewPortion = Omit<Portion, 'state' | 'uses' | 'paymentId'>;

export type ReceiptDecision<Code extends string> = Outcome<readonly ReceiptFact[], Code>;

/** The side on which the free money of a receipt lies. */
export const freeSide = (receipt: Pick<Receipt, 'payer'>): 'unidentified' | 'unassigned' =>
  receipt.payer === undefined ? 'unidentified' : 'unassigned';

export const portionWith = (receipt: Receipt, portionId: string): Portion | undefined =>
  receipt.portions.find(({ id }) => id === portionId);

/** Whether the portion still holds money. */
export const isLive = ({ state }: Pick<Portion, 'state'>): boolean =>
  state === 'reserved' || state === 'posted';

export const isSameAccount = (a: AccountRef, b: AccountRef): boolean =>
  a.companyId === b.companyId && a.accountId === b.accountId;

/** Money in live portions. */
export const heldByPortions = (receipt: Receipt): AmountMinor =>
  sum(...receipt.portions.filter(isLive).map(({ amount }) => amount));

/** Refunds and chargebacks so far. */
export const returnedOf = (receipt: Receipt): AmountMinor =>
  sum(...receipt.returns.map(({ amount }) => amount));

/** What is nowhere, or there twice; 0 on every receipt that the rules here made (B5). */
export const unaccountedFor = (receipt: Receipt): AmountMinor =>
  subtract(receipt.amount, sum(receipt.free, heldByPortions(receipt), returnedOf(receipt)));

/** What of a posted portion settles nothing, in the currency of its account's money. */
export const unusedOf = ({ amount, exchange, uses, state }: Portion): AmountMinor =>
  state === 'posted'
    ? subtract(exchange?.settles ?? amount, sum(...uses.map((use) => use.amount)))
    : subtract(amount, amount);

/**
 * unidentified: nobody knows who paid. unassigned: free money of a known payer. posting: portions are on
 * their way to accounts. onAccount: some of it settles nothing yet. settled: nothing to do.
 */
export const receiptStates = ['unidentified', 'unassigned', 'posting', 'onAccount', 'settled'] as const;
export type ReceiptState = (typeof receiptStates)[number];

export const stateOf = (receipt: Receipt): ReceiptState => {
  if (receipt.portions.some(({ state }) => state === 'reserved')) return 'posting';
  if (receipt.free > 0) return freeSide(receipt);
  return receipt.portions.some((portion) => unusedOf(portion) > 0) ? 'onAccount' : 'settled';
};
