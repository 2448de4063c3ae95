/**
 * What the ladder is given and what it answers.
 * From: a receipt's free money, the open items of the accounts it may pay, remittances. Next: `allocation.ts`.
 */
import type { Day } from './calendar.ts';
import type { Item } from './item.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { AccountRef } from './receipt.ts';

/** An open item of one of the accounts: above 0 it is owed, below 0 it is a credit. */
export type OpenItem = Pick<
  Item,
  'id' | 'number' | 'currency' | 'open' | 'dueOn' | 'documentOn' | 'discountTiers'
> & {
  account: AccountRef;
  isDisputed: boolean;
  /** Of another account of the payer's group: taken by its amount only when none of the payer's own fits, or never. */
  standsBack?: StandsBack;
};

/** `unlessNamed`: money does not go to another company on a guess. */
export type StandsBack = 'unlessNothingElse' | 'unlessNamed';

/** What the payer said one amount is for; a credit that the payer takes off is below 0. */
export type DesignatedLine = {
  /** Our item, from a checkout or a structured reference, or the document number as the payer wrote it. */
  itemId?: string;
  number?: string;
  /** Where the line says whose item it is; else it may be of any account of the payer. */
  account?: AccountRef;
  amount: AmountMinor;
} & ToldShort;

/** Why less was paid than the item: the payer's words, or what a journal has posted beside the payment. */
export type ToldShort = {
  reason?: string;
  claimNumber?: string;
  /** Of a journal alone, more than 0: granted there. */
  discount?: AmountMinor;
  /** Of a journal alone, more than 0: settled there otherwise, for the reason. */
  difference?: AmountMinor;
};

export type AllocationInput = {
  money: { amount: AmountMinor; currency: Currency; valueOn: Day; text: string };
  items: readonly OpenItem[];
  /** Lines of the checkout, or of the structured reference the payer used. */
  reference?: readonly DesignatedLine[];
  remittance?: readonly DesignatedLine[];
  /** Only for accounts set so. */
  isOldestFirst: boolean;
  limits: AllocationLimits;
};

export type AllocationLimits = {
  /** Days after a discount's last day in which it is still granted. */
  graceDays: number;
  /** Most items of a combination, and most steps of the search for one. */
  combinationItems: number;
  searchSteps: number;
  /** A payment of one named item is short, not of part, while the rest is below this percent of the item. */
  partPaymentPercent: number;
};

export const defaultAllocationLimits: AllocationLimits = {
  graceDays: 3,
  combinationItems: 8,
  searchSteps: 200_000,
  partPaymentPercent: 20,
};

/** Money of the receipt for an item; the payer's reason goes with it to the reading of a short payment. */
export type AllocationLine = { account: AccountRef; itemId: string; amount: AmountMinor } & ToldShort;

/** A credit the payer took off: lowers credit and item by the same amount, within one account. */
export type Offset = { account: AccountRef; creditId: string; itemId: string; amount: AmountMinor };

export type Rung =
  | 'reference'
  | 'remittance'
  | 'numbers-in-text'
  | 'exact-amount'
  | 'overdue-total'
  | 'statement-total'
  | 'only-combination'
  | 'oldest-first'
  | 'on-account';

/** Items a person may choose for the money, best first. */
export type Proposal = {
  because: 'named' | 'same-amount' | 'combination' | 'oldest-first';
  items: readonly { account: AccountRef; itemId: string }[];
};

export type Allocation = {
  rung: Rung;
  /** Why this rung, or why none, for the clerk. */
  reason: string;
  lines: readonly AllocationLine[];
  offsets: readonly Offset[];
  /** What no line takes. */
  onAccount: AmountMinor;
  proposals: readonly Proposal[];
};

/** The same order whatever order items came in: by due day, account and id. */
export const byDueDay = (a: OpenItem, b: OpenItem): number => compare(sortKey(a), sortKey(b));

const sortKey = ({ dueOn, account, id }: OpenItem): readonly string[] => [
  dueOn,
  account.companyId,
  account.accountId,
  id,
];

const compare = (a: readonly string[], b: readonly string[]): number => {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
};

/** Only what was told. */
export const toldShortOf = ({ reason, claimNumber, discount, difference }: ToldShort): ToldShort => ({
  ...(reason === undefined ? {} : { reason }),
  ...(claimNumber === undefined ? {} : { claimNumber }),
  ...(discount === undefined ? {} : { discount }),
  ...(difference === undefined ? {} : { difference }),
});

/** One item of one account, whatever other items share its id elsewhere. */
export const keyOf = ({ account, id }: Pick<OpenItem, 'account' | 'id'>): string =>
  JSON.stringify([account.companyId, account.accountId, id]);
