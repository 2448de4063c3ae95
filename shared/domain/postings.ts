/**
 * The two sides of every movement of money (M3): what is debited, what is credited, one amount.
 * From: the decisions beside this file. Next: `evolve.ts` keeps the ledger accounts of an account by them.
 * A ledger account's balance carries the sign of the debit side; over all of them the sum is 0.
 */
import type { ItemKind } from './item.ts';
import { negate, type AmountMinor, type Currency } from './money.ts';

/** The first three hold open items; all others stand against them. */
export const ledgerAccounts = [
  'receivables',
  'unapplied',
  'requested',
  'billed',
  'credited',
  'adjusted',
  'interest',
  'fees',
  'requestsIssued',
  'cash',
  'impliedCash',
  'unexplained',
  'clearing',
  'discounts',
  'bankCharges',
  'smallDifferences',
  'withheldTax',
  'writtenOff',
  'recovered',
  'exchangeDifferences',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

export type Posting = {
  debit: LedgerAccount;
  credit: LedgerAccount;
  /** Never negative. */
  amount: AmountMinor;
  currency: Currency;
};

/** Why an open amount went down without an application made here. */
export const reductionReasons = [
  'payment',
  'implied',
  'unexplained',
  'credit',
  'residual',
  'discount',
  'bankCharge',
  'smallDifference',
  'withholdingTax',
  'writeOff',
  'refund',
  'returned',
  'undone',
] as const;
export type ReductionReason = (typeof reductionReasons)[number];

/** The ledger account that stands against an open item that goes down. */
const againstReduction: Record<Exclude<ReductionReason, 'undone'>, LedgerAccount> = {
  payment: 'cash',
  implied: 'impliedCash',
  unexplained: 'unexplained',
  credit: 'clearing',
  residual: 'clearing',
  discount: 'discounts',
  bankCharge: 'bankCharges',
  smallDifference: 'smallDifferences',
  withholdingTax: 'withheldTax',
  writeOff: 'writtenOff',
  refund: 'cash',
  returned: 'cash',
};

/** The ledger account that stands against a new item; a deduction is the rest of an item that was cleared. */
const againstNew: Record<ItemKind, LedgerAccount> = {
  invoice: 'billed',
  debitNote: 'billed',
  retention: 'billed',
  draft: 'billed',
  deduction: 'clearing',
  creditNote: 'credited',
  paymentOnAccount: 'cash',
  interest: 'interest',
  fee: 'fees',
  downPaymentRequest: 'requestsIssued',
};

/** Where the open amount of a kind is kept. */
export const ledgerAccountOf = (kind: ItemKind): LedgerAccount =>
  kind === 'paymentOnAccount' ? 'unapplied' : kind === 'downPaymentRequest' ? 'requested' : 'receivables';

/** Kinds we owe rather than are owed: their amounts are negative. */
export const isCreditKind = (kind: ItemKind): boolean => kind === 'creditNote' || kind === 'paymentOnAccount';

type OfItem = { kind: ItemKind; currency: Currency };

/** An open amount that moves away from zero, against another ledger account. */
const raising = (item: OfItem, against: LedgerAccount, amount: AmountMinor): Posting => {
  const own = ledgerAccountOf(item.kind);
  const sides = isCreditKind(item.kind) ? { debit: against, credit: own } : { debit: own, credit: against };
  return { ...sides, amount, currency: item.currency };
};

/** The same movement the other way round. */
export const turned = (posting: Posting): Posting => ({
  ...posting,
  debit: posting.credit,
  credit: posting.debit,
});

/** A new item of this size. */
export const postingOfNew = (item: OfItem, amount: AmountMinor): Posting =>
  raising(item, againstNew[item.kind], amount);

/** An item that goes down for this reason; undone, its posting is turned round. */
export const postingOfReduction = (item: OfItem, by: ReductionReason, amount: AmountMinor): Posting =>
  turned(raising(item, by === 'undone' ? againstNew[item.kind] : againstReduction[by], amount));

/** An item whose claim was raised after it was posted. */
export const postingOfAdjustment = (item: OfItem, amount: AmountMinor): Posting =>
  raising(item, 'adjusted', amount);

/** A payment or credit that settles an item: one open item goes down against the other. */
export const postingOfSettlement = (credit: OfItem, item: OfItem, amount: AmountMinor): Posting => ({
  debit: ledgerAccountOf(credit.kind),
  credit: ledgerAccountOf(item.kind),
  amount,
  currency: item.currency,
});

/** Cash worth more than it settles is a gain, worth less a loss; both sides in the item's currency. */
export const postingOfExchange = (gain: AmountMinor, currency: Currency): Posting => ({
  ...(gain < 0
    ? { debit: 'exchangeDifferences', credit: 'cash' }
    : { debit: 'cash', credit: 'exchangeDifferences' }),
  amount: gain < 0 ? negate(gain) : gain,
  currency,
});
