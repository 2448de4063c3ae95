/**
 * A company: a legal entity whose receivables are kept, and what holds for all its accounts.
 * From: `company` in settings, every version kept. Next: every workflow that decides for one of its accounts.
 */
import type { Currency } from './money.ts';

/** Who owns the book: the ERP, mirrored here to the cent, or Dunwell (`defaults.md` §1). */
export type LedgerMode = 'erpLed' | 'dunwellLed';

/** What every new invoice of a company is held against; a customer's own terms go before the company's. */
export type InvoiceRules = {
  /** Where an invoice has no due day and no terms that are a code; in the words of `terms.ts`. */
  termsCode?: string;
  /** The same for public bodies; absent: as for all others. */
  publicTermsCode?: string;
  /** What no invoice may lack: without it, it is posted and held from delivery and chasing. */
  wanted: readonly ('purchaseOrder' | 'attachment')[];
};

export type Company = {
  companyId: string;
  legalName: string;
  mode: LedgerMode;
  /** IANA zone of its calendar day, such as `Europe/Berlin`. */
  zone: string;
  /** ISO 3166-1 alpha-2; its holidays are not business days. */
  country: string;
  currency: Currency;
  invoices?: InvoiceRules;
  /** Source whose customers are the accounts, and whose word counts where sources differ; absent: the first one. */
  leadingSource?: string;
};
