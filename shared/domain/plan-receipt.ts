/**
 * Distributes the free money of a receipt: the ladder, then what each short line and each rest means.
 * From: a receipt whose payer is known, the items of the accounts it may pay. Next: `reserve-portions.ts` sets the
 * portions aside; the plan stays on the receipt, so that a crash later posts what was decided, not something new.
 */
import type { AccountItem } from './account.ts';
import { allocate } from './allocation.ts';
import type {
  Allocation,
  AllocationLimits,
  AllocationLine,
  DesignatedLine,
  OpenItem,
  StandsBack,
} from './allocation-input.ts';
import { provisionalOf } from './evolve.ts';
import { subtract, sum, zero, type AmountMinor } from './money.ts';
import { readOverPayment, type ItemPayment, type OverPayment } from './over-payment.ts';
import { isSameAccount, type AccountRef, type Receipt, type ReceiptPlan } from './receipt.ts';
import type { WantedPortion } from './reserve-portions.ts';
import type { Reading, ShortPaymentPolicy } from './short-payment-input.ts';
import { readShortPayment } from './short-payment.ts';
import { toldReadings } from './told-short.ts';

/** How an account pays, as far as somebody has said so. */
export type PayerRules = {
  isOldestFirst: boolean;
  /** In hundredths of a percent. */
  withholdingRates: readonly number[];
  isCrossBorder: boolean;
};

export type Candidate = { account: AccountRef; item: AccountItem; standsBack?: StandsBack };

/** An account whose items the money may be for, and how far it stands back behind the payer's own. */
export type PayableAccount = Omit<Candidate, 'item'>;

export type PlanInput = {
  receipt: Receipt;
  payer: AccountRef;
  /** Every account the money may be for, the payer's among them. */
  accounts?: readonly PayableAccount[];
  candidates: readonly Candidate[];
  reference?: readonly DesignatedLine[];
  remittance?: readonly DesignatedLine[];
  /** A closed item the payer named, and what was paid for it before. */
  named?: { account: AccountRef; itemId: string; earlier: readonly ItemPayment[] };
  rules: PayerRules;
  limits: AllocationLimits;
  policy: ShortPaymentPolicy;
};

export type PlannedReceipt = { plan: ReceiptPlan; wanted: readonly WantedPortion[] };

/** @throws RangeError when nothing is free. */
export const planReceipt = (input: PlanInput): PlannedReceipt => {
  const { receipt, payer, candidates, reference, remittance, rules, limits } = input;
  const { currency, valueOn, text } = receipt;
  const allocation = allocate({
    money: { amount: receipt.free, currency, valueOn, text },
    items: candidates.map(openItemOf),
    ...(reference === undefined ? {} : { reference }),
    ...(remittance === undefined ? {} : { remittance }),
    isOldestFirst: rules.isOldestFirst,
    limits,
  });
  const { rung, reason, offsets, proposals, lines, onAccount } = allocation;
  const reservationId = reservationAfter(receipt);
  const rest: WantedPortion = { account: payer, amount: onAccount, currency, ...overOf(input, onAccount) };
  return {
    plan: { reservationId, rung, reason, offsets, proposals },
    wanted: [...lines.map((line) => portionOf(input, allocation, line)), ...(onAccount > 0 ? [rest] : [])],
  };
};

/** The name of the ladder's next reservation. */
export const reservationAfter = ({ portions }: Receipt): string =>
  `ladder-${new Set(portions.map(({ reservationId }) => reservationId)).size + 1}`;

/** What an item still claims: money on its way to the ERP is as good as paid. */
export const openItemOf = ({ account, item, standsBack }: Candidate): OpenItem => ({
  ...{ id: item.id, number: item.number, currency: item.currency, dueOn: item.dueOn },
  ...{ documentOn: item.documentOn, discountTiers: item.discountTiers, account },
  open: subtract(item.open, provisionalOf(item)),
  isDisputed: item.erpBlock !== undefined,
  ...(standsBack === undefined ? {} : { standsBack }),
});

const portionOf = (input: PlanInput, allocation: Allocation, line: AllocationLine): WantedPortion => {
  const { account, itemId, amount } = line;
  const readings = readingsOf(input, allocation, line);
  const { currency } = input.receipt;
  return { account, itemId, amount, currency, ...(readings.length === 0 ? {} : { readings }) };
};

/** Credits the payer took off are no part of what is missing. */
const readingsOf = (input: PlanInput, { offsets, rung }: Allocation, line: AllocationLine): Reading[] => {
  const ofItem = (one: { account: AccountRef; itemId: string }): boolean =>
    one.itemId === line.itemId && isSameAccount(one.account, line.account);
  const found = input.candidates.find(({ account, item }) => ofItem({ account, itemId: item.id }));
  if (found === undefined) return [];
  const takenOff = sum(...offsets.filter(ofItem).map(({ amount }) => amount));
  const open = subtract(openItemOf(found).open, takenOff);
  if (subtract(open, line.amount) <= 0) return [];
  const told = toldReadings({ ...found.item, open }, line, input.receipt.valueOn, input.policy);
  return told ?? [readingOf(input, { ...found.item, open }, line, rung === 'oldest-first')];
};

const readingOf = (
  { receipt, candidates, rules, policy }: PlanInput,
  item: AccountItem,
  { account, amount, reason, claimNumber }: AllocationLine,
  isPart: boolean,
): Reading => {
  const credits = candidates
    .filter((one) => isSameAccount(one.account, account) && one.item.currency === item.currency)
    .flatMap(({ item: { id, open } }) => (open < 0 ? [{ id, open }] : []));
  const read = readShortPayment(
    {
      ...{ item, paid: amount, paidOn: receipt.valueOn, credits, hasPlan: false },
      ...{ withholdingRates: rules.withholdingRates, isCrossBorder: rules.isCrossBorder },
      saidPartPayment: isPart || saysPartPayment(receipt.text),
      ...(reason === undefined ? {} : { reason }),
      ...(claimNumber === undefined ? {} : { claimNumber }),
    },
    policy,
  );
  // without limits in this currency nothing is called small or taken: the rest stays ordinary debt
  return read.ok ? read.value : { reads: 'part-payment', stays: subtract(item.open, amount) };
};

const partWords =
  /\b(part(ial)?[ -]?pay(ment)?|on account|teilzahlung|abschlag|akonto|acompte|instal?ment)\b/i;

const saysPartPayment = (text: string): boolean => partWords.test(text);

const overOf = ({ receipt, named }: PlanInput, onAccount: AmountMinor): { over?: OverPayment } => {
  if (named === undefined || onAccount <= zero) return {};
  const { account, itemId, earlier } = named;
  const { id: receiptId, currency, valueOn: paidOn } = receipt;
  const payment = { receiptId, account, itemId, amount: onAccount, currency, paidOn };
  return { over: readOverPayment(payment, onAccount, earlier) };
};
