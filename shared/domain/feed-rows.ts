/**
 * What one row of a file says, once its cells are read: typed, signed from the debit side, still undecided.
 * From: `shared/formats` reads cells by a mapping profile. Next: ingestion checks and spreads rows by account,
 * reconciliation and posting decide what they change. Names and mail addresses are personal data: they never
 * enter an entry.
 */
import type { Day } from './calendar.ts';
import type { DiscountTier, Item, ItemKind } from './item.ts';
import type { AmountMinor, Currency } from './money.ts';

/** One open item of a snapshot, or one document of a delta or a journal. */
export type DocumentRow = {
  /** Data row in its file, from 1. */
  row: number;
  accountId: string;
  accountName?: string;
  contactEmail?: string;
  kind: ItemKind;
  number: string;
  fiscalYear?: string;
  part: string;
  /** Number of the document this one is the rest, the payment or the correction of. */
  originalNumber?: string;
  /** In a journal: the document of this type that the row takes back whole; it is no document itself. */
  reversesNumber?: string;
  documentOn: Day;
  postedOn: Day;
  dueOn: Day;
  currency: Currency;
  original: AmountMinor;
  open: AmountMinor;
  tax?: AmountMinor;
  discountTiers: readonly DiscountTier[];
  parties: Item['parties'];
  references: Item['references'];
  method?: string;
  assignedTo?: string;
  isInsured: boolean;
  isIntercompany: boolean;
  retention?: { amount: AmountMinor; releaseOn?: Day };
  erpBlock?: string;
  apStatus?: string;
  /** What the checks of the file already found wrong, though the row can be posted (`held-faults.ts`). */
  faults: readonly string[];
};

/** What a delta tells beyond the document as it is now. */
export type DeltaNews = {
  change: 'upsert' | 'cleared' | 'cancelled' | 'reopened';
  /** ISO instant; the newest wins. */
  changedAt: string;
  clearedOn?: Day;
  clearingDocument?: string;
  clearedBy?: 'payment' | 'credit' | 'writeOff' | 'residual' | 'other';
};
export type DeltaRow = DocumentRow & { news: DeltaNews };

/** Money that arrived, from a journal or a bank statement. */
export type ReceiptRow = {
  row: number;
  /** The source's own id, or one derived from the statement line. */
  receiptId: string;
  /** Who paid, where the source says so; absent: unidentified. */
  accountId?: string;
  valueOn: Day;
  postedOn: Day;
  currency: Currency;
  /** Positive: received. Negative: sent back, or a reversal of `reversesId`. */
  amount: AmountMinor;
  method: string;
  bankReference: string;
  /** Structured reference the payer was given, where there is one. */
  structuredReference?: string;
  text: string;
  payerName?: string;
  payerBankAccount?: string;
  reversesId?: string;
  /** References of what it takes back, where its file does not hold that. */
  reversesReferences?: string[];
  /** Why a bank sent it back, by its own code: `AM04`. */
  returnReason?: string;
};

/** Which document a receipt or a credit settled, from a journal or a remittance. */
export type AllocationRow = {
  row: number;
  /** Of the receipt, or of the credit document. */
  fromId: string;
  accountId?: string;
  kind: ItemKind;
  number: string;
  fiscalYear?: string;
  part: string;
  currency: Currency;
  amount: AmountMinor;
  discount: AmountMinor;
  difference: AmountMinor;
  reasonCode?: string;
  claimNumber?: string;
  postedOn: Day;
  /** Undoes an allocation told before. */
  isReversal: boolean;
};
