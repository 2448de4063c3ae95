/**
 * Where the money of a receipt is, and what one cause moved of it.
 * From: the entries of a receipt. Next: the report of the import that brought it, in words a clerk adds up:
 * received = allocated + on account + unidentified + unassigned.
 */
import { evolveAll, replayReceipt } from './evolve-receipt.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import type { ReceiptEntry } from './receipt-entry.ts';
import {
  heldByPortions,
  isLive,
  isSameAccount,
  returnedOf,
  unusedOf,
  type AccountRef,
  type Portion,
  type Receipt,
  type ReceiptFact,
} from './receipt.ts';

/** In minor units of the receipt's currency; of what a cause moved each may be negative. */
export type CashFigures = {
  /** Came in, less what went back. */
  received: AmountMinor;
  /** Settles items. */
  allocated: AmountMinor;
  /** Set aside for an account and settles nothing yet. */
  onAccount: AmountMinor;
  /** Nobody knows who paid. */
  unidentified: AmountMinor;
  /** Of a known payer, and on no account yet. */
  unassigned: AmountMinor;
  /** Of all this: beside the book until the ERP's feed shows it. */
  provisional: AmountMinor;
};
export type CashSums = Readonly<Record<Currency, CashFigures>>;

export const noCash: CashFigures = {
  ...{ received: zero, allocated: zero, onAccount: zero },
  ...{ unidentified: zero, unassigned: zero, provisional: zero },
};

const names = Object.keys(noCash) as (keyof CashFigures)[];

const combined = (a: CashFigures, b: CashFigures, by: typeof subtract): CashFigures =>
  Object.fromEntries(names.map((name) => [name, by(a[name], b[name])])) as CashFigures;

/** Sums of several results, by currency. */
export const addCash = (a: CashSums, b: CashSums): CashSums => {
  const all: Record<Currency, CashFigures> = { ...a };
  for (const [currency, figures] of Object.entries(b))
    all[currency] = combined(all[currency] ?? noCash, figures, (one, other) => sum(one, other));
  return all;
};

/** Where all of it is. */
export const cashOf = (receipt: Receipt): CashFigures => {
  const { amount, free, payer, portions, standing } = receipt;
  const onAccount = sum(...portions.filter(isLive).map(idleIn));
  const held = heldByPortions(receipt);
  return {
    received: subtract(amount, returnedOf(receipt)),
    ...{ allocated: subtract(held, onAccount), onAccount },
    unidentified: payer === undefined ? free : zero,
    unassigned: payer === undefined ? zero : free,
    provisional: standing === 'provisional' ? subtract(amount, returnedOf(receipt)) : zero,
  };
};

/** In the receipt's currency; of money that came in another one all or nothing of a portion is used. */
const idleIn = (portion: Portion): AmountMinor => {
  const { state, amount, exchange, uses } = portion;
  if (state === 'reserved') return amount;
  if (exchange === undefined) return unusedOf(portion);
  return uses.length === 0 ? amount : zero;
};

export type CashMoved = {
  currency: Currency;
  figures: CashFigures;
  /** Entries the cause made on the receipt. */
  entries: number;
  /** Accounts any of its money was set aside for. */
  accounts: readonly AccountRef[];
};

/** What entries of one cause moved. `entries` are all of the receipt, from the first. */
export const cashMovedBy = (
  entries: readonly ReceiptEntry[],
  isOwn: (entry: ReceiptEntry) => boolean,
): CashMoved | undefined => {
  let receipt: Receipt | undefined;
  let figures = noCash;
  for (const entry of entries) {
    const before = receipt === undefined ? noCash : cashOf(receipt);
    receipt = receipt === undefined ? replayReceipt(entry.facts) : evolveAll(receipt, entry.facts);
    if (isOwn(entry)) figures = addOne(figures, combined(cashOf(receipt), before, subtract));
  }
  return (
    receipt && {
      ...{ currency: receipt.currency, figures, entries: entries.filter(isOwn).length },
      accounts: eachOnce(entries.flatMap(({ facts }) => facts.flatMap(accountsIn))),
    }
  );
};

const addOne = (a: CashFigures, b: CashFigures): CashFigures =>
  combined(a, b, (one, other) => sum(one, other));

const accountsIn = (fact: ReceiptFact): AccountRef[] => {
  if (fact.kind === 'portionReserved') return [fact.portion.account];
  return fact.kind === 'allocationPlanned' ? fact.plan.offsets.map(({ account }) => account) : [];
};

const eachOnce = (accounts: readonly AccountRef[]): AccountRef[] =>
  accounts.filter((one, at) => accounts.findIndex((other) => isSameAccount(one, other)) === at);
