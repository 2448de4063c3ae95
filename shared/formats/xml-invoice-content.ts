/**
 * What an e-invoice says, whichever syntax it is written in: the terms of EN 16931 that a receivable needs.
 * From: `ubl-invoice.ts`, `cii-invoice.ts`. Next: `xml-invoice-totals.ts` checks it, `xml-invoice.ts` makes it a
 * row. Amounts are as written: a credit note's are positive here.
 */
import type { Day } from '../domain/calendar.ts';
import type { DiscountTier } from '../domain/item.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';

/** Where a document may name the customer: each is a candidate for the account. */
export const customerIdKinds = [
  'supplierAssignedId',
  'buyerId',
  'buyerReference',
  'endpointId',
  'vatId',
  'taxId',
  'legalId',
] as const;
export type CustomerIdKind = (typeof customerIdKinds)[number];
export type CustomerId = { kind: CustomerIdKind; value: string; scheme?: string };

/** A file inside the invoice. Its name is shown, never used as a path; `decode` gives undefined for no base64. */
export type EmbeddedFile = {
  name: string;
  mime: string;
  bytes: number;
  decode: () => Uint8Array | undefined;
};

export type TaxPart = { taxable: AmountMinor; tax: AmountMinor; percent?: string };

export type InvoiceTotals = {
  lines?: AmountMinor;
  allowances?: AmountMinor;
  charges?: AmountMinor;
  taxExclusive: AmountMinor;
  taxInclusive: AmountMinor;
  tax?: AmountMinor;
  prepaid: AmountMinor;
  rounding: AmountMinor;
  payable: AmountMinor;
};

export type InvoiceContent = {
  format: 'ubl' | 'cii';
  number: string;
  typeCode: string;
  isCreditNote: boolean;
  /** Extension profiles settle part of the total through third parties: the payable amount is as written. */
  isExtended: boolean;
  currency: Currency;
  documentOn: Day;
  dueOn?: Day;
  termsTexts: readonly string[];
  discountTiers: readonly DiscountTier[];
  customerName?: string;
  contactEmail?: string;
  customerIds: readonly CustomerId[];
  references: {
    purchaseOrder?: string;
    salesOrder?: string;
    delivery?: string;
    contract?: string;
    buyerReference?: string;
    preceding: readonly string[];
  };
  shipTo?: string;
  paymentMeans?: string;
  lineAmounts: readonly AmountMinor[];
  allowanceAmounts: readonly AmountMinor[];
  chargeAmounts: readonly AmountMinor[];
  taxParts: readonly TaxPart[];
  totals: InvoiceTotals;
  attachments: readonly EmbeddedFile[];
};
