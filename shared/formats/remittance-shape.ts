/**
 * What a remittance advice says: which documents a payment was for, and what could not be read of it.
 * From: `remittance-*.ts`. Next: `remittance.ts`, then ingestion keeps it for the money it speaks of.
 */
import type { Day } from '../domain/calendar.ts';
import type { AllocationRow } from '../domain/feed-rows.ts';
import type { Notation } from '../domain/mapping-profile.ts';
import type { AmountMinor, Currency } from '../domain/money.ts';

/** Tables of columns are read by a mapping profile. A PDF is kept and not read: what it shows can lie in any order. */
export type RemittanceFormat = 'text' | 'ubl';

export type RemittanceRules = {
  /** What its payment is called where the advice gives no reference. */
  fromId: string;
  currency: Currency;
  /** Day the allocations are of: the day of the payment. */
  postedOn: Day;
  /** How amounts and days are written; without it plain text is not read, for `1.234` has two meanings. */
  notation?: Notation;
};

/** A line that names money and could not be read for certain, as it stood. */
export type UnreadLine = { row: number; code: string; detail: string; text: string };

export type Remittance = {
  fromId: string;
  allocations: readonly AllocationRow[];
  total: AmountMinor;
  /** What the advice says the payment was, where it does. */
  declaredTotal?: AmountMinor;
  unread: readonly UnreadLine[];
};
