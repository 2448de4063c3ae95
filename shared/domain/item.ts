/**
 * An item of an account: one document, or one instalment of it, that owes or is owed money.
 * From: feeds, manual posting, short payments. Next: aging, allocation, dunning, statements.
 * Amounts carry the sign of the debit side: an invoice is positive, a credit note negative; `open` moves from
 * `original` towards zero.
 */
import type { Day } from './calendar.ts';
import type { Reminded } from './dunning-position.ts';
import type { AmountMinor, Currency } from './money.ts';

export const itemKinds = [
  'invoice',
  'creditNote',
  'debitNote',
  'paymentOnAccount',
  'deduction',
  'interest',
  'fee',
  'retention',
  'downPaymentRequest',
  'draft',
] as const;
export type ItemKind = (typeof itemKinds)[number];

/** A percent that may be taken off when paid by a day; percent in hundredths (2 % is 200). */
export type DiscountTier = { percentHundredths: number; untilOn: Day };

/** Who settled an item is known only as happening between two snapshots. */
export type ClearingSpan = { fromAt: string; toAt: string };

export type Item = {
  /** `item:<type>:<number>[:<year>][:<part>]` */
  id: string;
  kind: ItemKind;
  source: string;
  number: string;
  fiscalYear?: string;
  /** Instalment or line; '1' where there is only one. */
  part: string;
  /** The item this one is the rest or the correction of. */
  originalId?: string;
  documentOn: Day;
  postedOn: Day;
  /** The due day as first posted; amendments change only `dueOn`. */
  firstDueOn: Day;
  dueOn: Day;
  currency: Currency;
  original: AmountMinor;
  open: AmountMinor;
  tax?: AmountMinor;
  discountTiers: readonly DiscountTier[];
  /** Sold-to, ship-to, site, sales owner: they route problems and do not owe. */
  parties: { soldTo?: string; shipTo?: string; site?: string; salesOwner?: string };
  references: { purchaseOrder?: string; order?: string; delivery?: string; text?: string };
  method?: string;
  assignedTo?: string;
  isInsured: boolean;
  isIntercompany: boolean;
  /** Part of the open amount held back until its release day. */
  retention?: { amount: AmountMinor; releaseOn?: Day };
  /** Why a deduction was taken (`DISC`, `WHT`, `OTHER` or a mapped code), and the payer's number for it. */
  reasonCode?: string;
  claimNumber?: string;
  /** A block or dispute code the ERP sent. */
  erpBlock?: string;
  apStatus?: string;
  /** The day the customer's own system says it is paid on, of an approved one. */
  apPayOn?: Day;
  /** The day of that status. */
  apStatusOn?: Day;
  /** What holds it from delivery and chasing though it is posted (`held-faults.ts`); absent: nothing. */
  faults?: readonly string[];
  /** ISO instant of the newest news of it alone (a delta, a document typed in); older news is ignored. */
  newsAt?: string;
  /** The import, and the row of its file, that told of it first: the original is kept beside the import. */
  readFrom?: { importId: string; row: number };
  clearedBetween?: ClearingSpan;
  /** Dunning stage reached, and the message that carried it. */
  stage: number;
  carriedBy?: string;
  reminded?: Reminded;
};
