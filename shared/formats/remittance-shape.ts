/**
 * What a remittance advice says: which documents a payment was for, and what could not be read of it.
 * From: `remittance-*.ts`. Next: `remittance.ts`, then ingestion assigns the receipt by it.
 */
import type { AmountStyle } from '../domain/amount-style.ts';
import type { Day } from '../domain/calendar.ts';
import type { DayFormat } from '../domain/day-text.ts';
import type { AllocationRow } from '../domain/feed-rows.ts';
import type { ItemKind } from '../domain/item.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';

export const remittanceFormats = ['csv', 'text', 'ubl', 'pdf'] as const;
export type RemittanceFormat = (typeof remittanceFormats)[number];

/** A document that is open, as the ledger knows it. */
export type KnownDocument = {
  number: string;
  kind: ItemKind;
  part: string;
  fiscalYear?: string;
  accountId?: string;
};

export type RemittanceRules = {
  /** Id of the receipt it explains, where it is known; else the payment reference of the advice is used. */
  fromId?: string;
  accountId?: string;
  currency: Currency;
  /** Day the allocations are of: the day of the payment. */
  postedOn: Day;
  /** How amounts are written; without it plain text is not read, for `1.234` has two meanings. */
  amountStyle?: AmountStyle;
  /** The open documents of the payer: only these are found in text. */
  known: readonly KnownDocument[];
  csv?: {
    delimiter: ',' | ';' | '\t' | '|';
    encoding: 'utf-8' | 'windows-1252';
    skipLines?: number;
    columns: {
      number: string;
      amount: string;
      discount?: string;
      difference?: string;
      reasonCode?: string;
      claimNumber?: string;
      currency?: string;
    };
    dayFormat?: DayFormat;
  };
};

/** A line that names money or a document and could not be read for certain. */
export type UnreadLine = { row: number; code: string; detail: string };

export type Remittance = {
  allocations: readonly AllocationRow[];
  total: AmountMinor;
  /** What the advice says the payment was, where it does. */
  declaredTotal?: AmountMinor;
  paymentReference?: string;
  unread: readonly UnreadLine[];
};
