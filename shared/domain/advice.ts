/**
 * A remittance advice: which documents a payment is for, told by the payer, with its money here, coming or never.
 * From: uploaded advices (`advice-lines.ts`). Next: the receipt it belongs to is divided by it (`designate.ts`); while
 * the money has not come, the accounts it names are held from chasing (`says-paid.ts`).
 */
import type { DesignatedLine } from './allocation-input.ts';
import { daysBetween, type Day } from './calendar.ts';
import { escapeId, longestId, type HashText } from './document-ids.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { Receipt } from './receipt.ts';

/** `lapsed`: the money did not come in time; should it come after all, it is still divided by the advice. */
export const adviceStates = ['waiting', 'matched', 'lapsed'] as const;
export type AdviceState = (typeof adviceStates)[number];

export type Advice = {
  companyId: string;
  id: string;
  source: string;
  /** What the payer calls the payment: a bank's reference, that of a checkout, the receipt of a journal. */
  reference: string;
  /** The newest upload that told it, and the ISO instant it speaks of. */
  importId: string;
  asOf: string;
  /** The company's day on which it came first. */
  cameOn: Day;
  currency: Currency;
  /** What its lines come to: the money to look for. More than 0. */
  total: AmountMinor;
  lines: readonly DesignatedLine[];
  /** The clerk looks for the money from this day on; the last day its items are held. */
  traceFrom: Day;
  heldUntil: Day;
  state: AdviceState;
  /** The receipt that was its money. */
  receiptId?: string;
};

/** The same payment told again by the same source for the same accounts is the same advice, newer. */
export const adviceIdOf = (
  { source, reference, currency }: Pick<Advice, 'source' | 'reference' | 'currency'>,
  accountIds: readonly string[],
  hashText: HashText,
): string => {
  const accounts = hashText(JSON.stringify([...new Set(accountIds)].toSorted())).slice(0, 12);
  const whole = `advice:${[source, reference, currency, accounts].map(escapeId).join(':')}`;
  return whole.length <= longestId ? whole : `advice:~sha256:${hashText(whole)}`;
};

/** Accounts its lines name. */
export const accountsOf = ({ lines, companyId }: Pick<Advice, 'lines' | 'companyId'>): string[] => [
  ...new Set(lines.flatMap(({ account }) => (account?.companyId === companyId ? [account.accountId] : []))),
];

/** What banks write where there is no reference. */
const saysNothing = /^(|nonref|notprovided|none|0+)$/i;

/** References by which the money of an advice is known. */
export const referencesOf = ({ bankReference, structuredReference = '' }: Receipt): string[] =>
  [bankReference, structuredReference].filter((one) => !saysNothing.test(one.trim()));

/** Days the value of the money may lie before the advice came, and after. */
const mostDaysBefore = 30;
const mostDaysAfter = 60;

/** Whether the receipt may be the money of the advice: by its reference, or by its sum from an account it names. */
const bondOf = (advice: Advice, receipt: Receipt): 'reference' | 'sum' | undefined => {
  const days = daysBetween(advice.cameOn, receipt.valueOn);
  if (advice.currency !== receipt.currency || days < -mostDaysBefore || days > mostDaysAfter)
    return undefined;
  if (receipt.returns.length > 0) return undefined;
  const accounts = accountsOf(advice);
  const isTheirs = receipt.payer !== undefined && accounts.includes(receipt.payer.accountId);
  const isNobodys = receipt.payer === undefined || accounts.length === 0;
  // a head office pays what is its branches'; with one reference for all its wires the sum tells them apart
  const mayBe = isTheirs || isNobodys || receipt.amount === advice.total;
  if (referencesOf(receipt).includes(advice.reference) && mayBe) return 'reference';
  return isTheirs && receipt.amount === advice.total ? 'sum' : undefined;
};

/** By reference before by sum; the only one, or the only one of exactly the sum. Several: a person chooses. */
const onlyOf = <One>(
  all: readonly One[],
  bond: (one: One) => 'reference' | 'sum' | undefined,
  isExact: (one: One) => boolean,
): One | undefined => {
  const byReference = all.filter((one) => bond(one) === 'reference');
  const some = byReference.length > 0 ? byReference : all.filter((one) => bond(one) === 'sum');
  const chosen = some.length > 1 ? some.filter(isExact) : some;
  return chosen.length === 1 ? chosen[0] : undefined;
};

/** The advice that tells of this money. */
export const adviceFor = (receipt: Receipt, advices: readonly Advice[]): Advice | undefined =>
  onlyOf(
    advices.filter(({ state }) => state !== 'matched'),
    (advice) => bondOf(advice, receipt),
    ({ total }) => total === receipt.amount,
  );

/** The money this advice tells of, among what no other advice has. */
export const receiptFor = (advice: Advice, receipts: readonly Receipt[]): Receipt | undefined =>
  receipts.find(({ advices }) => advices?.includes(advice.id)) ??
  onlyOf(
    receipts.filter(({ advices = [] }) => advices.length === 0),
    (receipt) => bondOf(advice, receipt),
    ({ amount }) => amount === advice.total,
  );
