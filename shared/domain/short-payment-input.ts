/**
 * What the reading of a short payment is given and what it answers.
 * From: an allocated line that is less than its item, the account, the policy. Next: `short-payment.ts`.
 */
import type { Day } from './calendar.ts';
import type { Item } from './item.ts';
import type { AmountMinor, Currency } from './money.ts';

export type ShortPayment = {
  item: Pick<Item, 'open' | 'tax' | 'discountTiers' | 'retention' | 'currency'>;
  /** Money for the item, more than 0 and less than is open. */
  paid: AmountMinor;
  paidOn: Day;
  /** Open credits of the account in the item's currency, below 0. */
  credits: readonly { id: string; open: AmountMinor }[];
  /** Rates the account withholds, in hundredths of a percent; empty where it withholds none. */
  withholdingRates: readonly number[];
  isCrossBorder: boolean;
  /** What the payer gave in remittance or portal. */
  reason?: string;
  claimNumber?: string;
  saidPartPayment: boolean;
  hasPlan: boolean;
};

/** Limits in euro cents (`euro-limits.ts`), percents in hundredths. */
export type ShortPaymentPolicy = {
  graceDays: number;
  discountSlackCents: number;
  lateDiscountCents: number;
  withholdingSlack: number;
  certificateDays: number;
  bankCharge: { cents: number; percent: number };
  smallest: { cents: number; percent: number };
  small: { cents: number; percent: number };
  partPercent: number;
  reviewCents: number;
  /** Words of the payers' reasons, in capitals, to codes of cases. */
  codes: Readonly<Record<string, string>>;
  factors: Readonly<Record<Currency, number>>;
};

/** Amounts in the item's currency; together with what is paid they are what was open. */
export type Reading =
  | { reads: 'discount-taken'; discount: AmountMinor }
  /** Granted by the journal that told of the payment. */
  | { reads: 'discount-told'; discount: AmountMinor }
  | { reads: 'discount-late'; discount: AmountMinor; deduction: AmountMinor; code: 'DISC' }
  | { reads: 'discount-tolerated'; discount: AmountMinor; tolerated: AmountMinor }
  | { reads: 'tax-withheld'; withheld: AmountMinor; code: 'WHT'; certificateDays: number }
  | { reads: 'retention-kept'; retained: AmountMinor }
  | { reads: 'credit-taken'; creditIds: readonly string[]; proposed: AmountMinor }
  | { reads: 'bank-charge'; writtenOff: AmountMinor }
  | { reads: 'small-difference'; writtenOff: AmountMinor }
  | { reads: 'claimed-deduction'; deduction: AmountMinor; code: string; claimNumber?: string }
  | { reads: 'part-payment'; stays: AmountMinor }
  | {
      reads: 'unexplained-deduction';
      deduction: AmountMinor;
      code: 'OTHER';
      handling: 'monthly-review' | 'coded-by-clerk';
    };
