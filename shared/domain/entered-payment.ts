/**
 * A payment keyed by a person: what is wrong with it at entry, field by field, the row it is received as, and which
 * money that is here already may be the same (R9, R110).
 * From: the payment entry route, bank lines that come later. Next: the ledger receives the row like a bank's.
 */
import type { DesignatedLine } from './allocation-input.ts';
import { addDays, daysBetween, type Day } from './calendar.ts';
import { decimalsOf } from './currencies.ts';
import { itemIdOf, type HashText } from './document-ids.ts';
import { manualSource } from './entered-item.ts';
import type { AllocationRow, ReceiptRow } from './feed-rows.ts';
import type { ItemKind } from './item.ts';
import { sum, zero, type AmountMinor, type Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';
import { returnedOf, type Receipt } from './receipt.ts';

export type PaidLine = {
  kind: ItemKind;
  number: string;
  fiscalYear?: string;
  part: string;
  amount: AmountMinor;
  reason?: string;
};

/** Amounts positive. */
export type EnteredPayment = {
  accountId: string;
  valueOn: Day;
  /** Today of the company when absent. */
  postedOn?: Day;
  currency: Currency;
  amount: AmountMinor;
  method: string;
  /** What the bank or the cheque calls it: by it the bank's own line is known again. */
  reference: string;
  payerName?: string;
  text?: string;
  /** What the payer says it is for. */
  lines: readonly PaidLine[];
  /** A person looked: it is not the one that looks the same. */
  isAnother: boolean;
};

export type PaymentFaultCode =
  | 'unknown-currency'
  | 'amount-not-possible'
  | 'payment-day-not-possible'
  | 'payment-reference-missing'
  | 'payment-lines-exceed';
export type PaymentFault = { field: string; code: PaymentFaultCode; detail: string };

/** Days a payment lies back at most. */
const mostDaysBack = 3_653;
/** What people write where there is no reference. */
const saysNothing = /^(|nonref|notprovided|none|n\/?a|[0\-.]+)$/i;

/** All that is wrong with it; none: it can be received. */
export const paymentFaults = (entered: EnteredPayment, today: Day): PaymentFault[] => {
  const { amount, currency, valueOn, postedOn = today, reference, lines } = entered;
  const told = sum(zero, ...lines.map((line) => line.amount));
  const isFar = (on: Day): boolean => on > today || on < addDays(today, -mostDaysBack);
  return [
    ...fault(!decimalsOf(currency).ok, 'currency', 'unknown-currency', `${currency} is no currency in use`),
    ...fault(amount <= 0, 'amount', 'amount-not-possible', 'it comes to nothing'),
    ...fault(isFar(valueOn), 'valueOn', 'payment-day-not-possible', `${valueOn} is not by ${today}`),
    ...fault(isFar(postedOn), 'postedOn', 'payment-day-not-possible', `${postedOn} is not by ${today}`),
    ...fault(saysNothing.test(reference), 'reference', 'payment-reference-missing', 'it names nothing'),
    ...fault(
      told > amount,
      'lines',
      'payment-lines-exceed',
      `they come to ${told}, the payment to ${amount}`,
    ),
  ];
};

const fault = (holds: boolean, field: string, code: PaymentFaultCode, detail: string): PaymentFault[] =>
  holds ? [{ field, code, detail }] : [];

/** The same payer, day, amount and reference is the same payment; how it is written does not matter. */
export const nameOfPayment = (
  { accountId, valueOn, currency, amount, reference }: EnteredPayment,
  hashText: HashText,
): string =>
  `keyed-${hashText(JSON.stringify([accountId, valueOn, currency, amount, plain(reference)])).slice(0, 40)}`;

export const rowOfPayment = (entered: EnteredPayment, receiptId: string, today: Day): ReceiptRow => {
  const { accountId, valueOn, postedOn = today, currency, amount, method, reference, payerName } = entered;
  return {
    ...{ row: 1, receiptId, accountId, valueOn, postedOn, currency, amount, method },
    ...{ bankReference: reference, text: entered.text ?? '' },
    ...(payerName === undefined ? {} : { payerName }),
  };
};

export const rowsOfLines = (
  { accountId, currency, lines, postedOn, valueOn }: EnteredPayment,
  fromId: string,
): AllocationRow[] =>
  lines.map(({ reason, ...line }, at) => ({
    ...{ ...line, row: at + 1, fromId, accountId, currency, discount: zero, difference: zero },
    ...{ postedOn: postedOn ?? valueOn, isReversal: false },
    ...(reason === undefined ? {} : { reasonCode: reason }),
  }));

/** Items its lines name, with the place of the line. */
export const itemsOfLines = (
  { lines }: EnteredPayment,
  hashText: HashText,
): (Pick<DesignatedLine, 'itemId'> & { itemId: string; field: string })[] =>
  lines.map(({ kind: type, number, part, fiscalYear }, at) => ({
    itemId: itemIdOf({ type, number, part, ...(fiscalYear === undefined ? {} : { fiscalYear }) }, hashText),
    field: `lines.${at}.number`,
  }));

/** Days between the value days of a payment keyed in and the bank's line of it, where nothing else tells. */
export const daysOfLikeLines = 3;
/** Days between the value days of two tellings of one payment. */
const mostDaysApart = 5;

const plain = (reference: string): string =>
  reference
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\d]/gu, '');

/** All of it went back: nothing of it is here. */
export const isTakenBack = (receipt: Receipt): boolean => returnedOf(receipt) === receipt.amount;

type Told = Pick<Receipt, 'amount' | 'currency' | 'valueOn' | 'bankReference'> & {
  payer?: Receipt['payer'];
  structuredReference?: string;
  text?: string;
};

const mayBeOne = (receipt: Receipt, told: Told): boolean =>
  !isTakenBack(receipt) &&
  receipt.amount === told.amount &&
  receipt.currency === told.currency &&
  Math.abs(daysBetween(receipt.valueOn, told.valueOn)) <= mostDaysApart &&
  (receipt.payer === undefined ||
    told.payer === undefined ||
    receipt.payer.accountId === told.payer.accountId);

/**
 * Money that may be what somebody is keying in: they are asked. Another reference is another payment, but not where the
 * bank told the same sum of the same account within days.
 */
export const isPerhaps = (receipt: Receipt, told: Told): boolean =>
  mayBeOne(receipt, told) &&
  (saysNothing.test(receipt.bankReference.trim()) ||
    isNamedBy(told.bankReference, receipt) ||
    isLikeBankLine(receipt, told));

const isLikeBankLine = (receipt: Receipt, { payer, valueOn }: Told): boolean =>
  receipt.source !== manualSource &&
  receipt.payer !== undefined &&
  payer !== undefined &&
  Math.abs(daysBetween(receipt.valueOn, valueOn)) <= daysOfLikeLines;

/** Whether a bank's line is the payment somebody keyed in before: its reference stands in the line. */
export const isKeyedMoney = (receipt: Receipt, line: Told): boolean =>
  receipt.source === manualSource && mayBeOne(receipt, line) && isNamedBy(receipt.bankReference, line);

/** A short reference is only known where it stands by itself. */
const shortest = 4;

const isNamedBy = (
  reference: string,
  { bankReference, structuredReference = '', text = '' }: Told,
): boolean => {
  const wanted = plain(reference);
  const whole = [bankReference, structuredReference].map(plain);
  const words = text.split(/[\s,;]+/).map(plain);
  return whole.includes(wanted) || (wanted.length >= shortest && words.includes(wanted));
};

/**
 * Whether it can be taken back: keyed by a person, and nobody has used it since. What its own posting settled is no
 * use; a bank's line, a feed or an advice that knows it, or money that went back, is.
 */
export const mayTakeBack = (
  receipt: Receipt,
  undoId: string,
): Outcome<true, 'not-typed-in' | 'payment-used'> => {
  if (receipt.source !== manualSource)
    return refuse('not-typed-in', `${receipt.id} came from ${receipt.source}.`);
  const others = receipt.returns.filter(({ id }) => id !== undoId);
  const seen = [...(receipt.seenAs ?? []).map(({ source }) => source), ...(receipt.advices ?? [])];
  const by = [
    ...seen,
    ...(receipt.confirmedBy === undefined ? [] : [receipt.confirmedBy]),
    ...others.map(({ kind }) => kind),
  ];
  const [first] = by;
  return first === undefined ? done(true) : refuse('payment-used', `${receipt.id} is known to ${first}.`);
};
