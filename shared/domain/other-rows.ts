/**
 * What a row of the other files says: customers, contacts, closed items, sales, order holds, AP status, rates.
 * From: `shared/formats` reads cells by a mapping profile, as for `feed-rows.ts`. Next: ingestion keeps master
 * data and histories. Names, addresses and phone numbers are personal data: they never enter an entry.
 */
import type { Day } from './calendar.ts';
import type { DocumentRow } from './feed-rows.ts';
import type { AmountMinor, Currency } from './money.ts';

export type CustomerRow = {
  row: number;
  accountId: string;
  name: string;
  address?: string;
  postalCode?: string;
  city?: string;
  /** The account it belongs to, where the source names it beside its own number of the customer. */
  ledgerAccount?: string;
  /** ISO 3166-1 alpha-2. */
  country?: string;
  taxId?: string;
  termsCode?: string;
  currency?: Currency;
  creditLimit?: AmountMinor;
  segment?: string;
  language?: string;
  /** Whom to write to, where no file of contacts names anybody. */
  contactEmail?: string;
  /** Account of its head office, where it has one. */
  parentId?: string;
  salesOwner?: string;
  isClosed: boolean;
  /** Absent: the file does not say. */
  requiresPurchaseOrder?: boolean;
};

export type ContactRow = {
  row: number;
  accountId: string;
  name: string;
  email?: string;
  phone?: string;
  role?: string;
  language?: string;
};

/** A document that is settled: history for behaviour, baseline and replay. `open` is 0. */
export type ClosedItemRow = DocumentRow & { clearedOn: Day; clearingDocument?: string };

export type SalesRow = {
  row: number;
  fromOn: Day;
  toOn: Day;
  currency: Currency;
  accountId?: string;
  gross: AmountMinor;
  net?: AmountMinor;
  creditNotes?: AmountMinor;
};

export type OrderHoldRow = {
  row: number;
  accountId: string;
  orderNumber: string;
  currency: Currency;
  amount: AmountMinor;
  heldOn: Day;
  reason?: string;
};

export type ApStatusRow = {
  row: number;
  accountId: string;
  number: string;
  fiscalYear?: string;
  part: string;
  status: string;
  statusOn: Day;
  payOn?: Day;
};

/** `toMinor` minor units of `to` are worth `fromMinor` of `from`, as in `exchange.ts`. */
export type ExchangeRateRow = {
  row: number;
  from: Currency;
  to: Currency;
  on: Day;
  fromMinor: AmountMinor;
  toMinor: AmountMinor;
};
