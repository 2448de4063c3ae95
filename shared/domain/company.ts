/**
 * A company: a legal entity whose receivables are kept, and what holds for all its accounts.
 * From: `company` in settings, every version kept. Next: every workflow that decides for one of its accounts.
 */
import type { Currency } from './money.ts';

/** Who owns the book: the ERP, mirrored here to the cent, or Dunwell (`defaults.md` §1). */
export type LedgerMode = 'erpLed' | 'dunwellLed';

export type Company = {
  companyId: string;
  legalName: string;
  mode: LedgerMode;
  /** IANA zone of its calendar day, such as `Europe/Berlin`. */
  zone: string;
  /** ISO 3166-1 alpha-2; its holidays are not business days. */
  country: string;
  currency: Currency;
};
