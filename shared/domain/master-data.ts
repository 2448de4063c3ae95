/**
 * What an account's customer is called, where to write, and what it asks of an invoice. Personal data: kept as a
 * `contact:` document beside the account, named by the journal and never in it.
 * From: feeds and people. Next: `held-faults.ts`, the account page, mails. A feed adds and corrects what came from
 * feeds; what a person confirmed stays (`defaults.md` §1).
 */
import type { Day } from './calendar.ts';
import type { CustomerDecision, CustomerSource } from './customer-sources.ts';
import type { AmountMinor, Currency } from './money.ts';

export type Contact = {
  name: string;
  email?: string;
  phone?: string;
  role?: string;
  language?: string;
  /** A person looked at it: a feed changes it no more. */
  isConfirmed?: boolean;
};

/** How a customer is to be treated, as people or segments say; the first rule that fits chooses its policy. */
export type Treatment = {
  /** By hand; goes before every rule. */
  policyId?: string;
  kind?: 'commercial' | 'wholesale' | 'manufacturer' | 'government';
  risk?: 'A' | 'B' | 'C' | 'D';
  isKey?: boolean;
  isIntercompany?: boolean;
  paysByDirectDebit?: boolean;
  mandate?: Mandate;
  /** Industry codes. */
  sic?: string;
  naics?: string;
  /** Days on which it runs payments, as far as known. */
  payRunsOn?: readonly Day[];
};

/** The customer's word that its account may be debited. */
export type Mandate = {
  reference: string;
  /** Days ahead a debit is announced; absent: 14. */
  announceDays?: number;
  /** False: one that came back for want of funds is not tried again. */
  mayRetry?: boolean;
};

export type MasterData = {
  name?: string;
  /** Rows of documents name whom they bill; only a file of customers says what a customer is called. */
  nameFrom?: 'rows' | 'customers';
  email?: string;
  address?: string;
  postalCode?: string;
  city?: string;
  country?: string;
  taxId?: string;
  termsCode?: string;
  currency?: Currency;
  creditLimit?: { amount: AmountMinor; currency: Currency };
  language?: string;
  parentId?: string;
  salesOwner?: string;
  segment?: string;
  requiresPurchaseOrder?: boolean;
  isClosed?: boolean;
  contacts?: readonly Contact[];
  treatment?: Treatment;
  /** Names of fields above that a person set or confirmed. */
  confirmed?: readonly string[];
  /** What each source of files of customers says, by source; the fields above are what comes of it. */
  sources?: Readonly<Record<string, CustomerSource>>;
  leadingSource?: string;
  /** By field: who decided between sources. */
  decisions?: Readonly<Record<string, CustomerDecision>>;
};

/** The id of the `contact:` document of an account at a version; a number, since a hash of a name would tell it. */
export const masterDataIdOf = (version: number): `contact:${string}` =>
  `contact:master:${String(version).padStart(10, '0')}`;

/** What is known after a feed has spoken; the very same object when it says nothing new. */
export const masterDataAfter = (known: MasterData, news: MasterData): MasterData => {
  const fresh = Object.entries(news).filter(
    ([name, value]) =>
      value !== undefined &&
      name !== 'confirmed' &&
      !known.confirmed?.includes(name) &&
      JSON.stringify(known[name as keyof MasterData]) !== JSON.stringify(value),
  );
  return fresh.length === 0 ? known : { ...known, ...Object.fromEntries(fresh) };
};
