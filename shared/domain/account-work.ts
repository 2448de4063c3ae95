/**
 * What is to be done for one account, as one line of a posting part.
 * From: ingestion (documents, allocations, master data) and reconciliation (snapshots). Next: the ledger's
 * posting workflow reads the line, loads the account and decides; doing a line twice changes nothing.
 */
import type { AllocationRow, DeltaRow, DocumentRow } from './feed-rows.ts';
import type { MatchReason } from './customer-sources.ts';
import type { FeedScope } from './imports.ts';
import type { ApStatusRow, ContactRow, CustomerRow } from './other-rows.ts';

export type AccountWork = { accountId: string; accountName?: string } & (
  | {
      /** The account's rows in a snapshot, all of them or one range of keys. */
      do: 'reconcile';
      source: string;
      scope: FeedScope;
      asOf: string;
      /** Of the snapshot accepted before, where there is one; of the first of those the same to the byte. */
      previousAsOf?: string;
      rows: readonly DocumentRow[];
      /** Where the account's rows are several lines: the item ids this one speaks for, after < id ≤ upTo. */
      keys?: { after?: string; upTo?: string };
      /** Items that may not be closed: their rows were refused or held. `all`: a key could not be read. */
      withheld: readonly string[] | 'all';
    }
  | {
      /** Documents as they are now (delta, invoices, typed in), each newer than what is known or ignored. */
      do: 'update';
      source: string;
      rows: readonly DeltaRow[];
      /** Invoices stand in full, their payments in rows that name them. */
      partPayments?: 'gross';
    }
  | {
      /** Documents and allocations of a journal: they post and explain, and set no open amount by themselves. */
      do: 'journal';
      source: string;
      documents: readonly DocumentRow[];
      allocations: readonly AllocationRow[];
    }
  | {
      /** Closed-item history: posted and cleared on the days named. */
      do: 'history';
      source: string;
      rows: readonly DeltaRow[];
    }
  | {
      /** Master data of the account as its source has it; what a person confirmed stays. */
      do: 'customers';
      /** Whose file it is; its own number of the customer is `externalId`, where that is not the account's. */
      source: string;
      /** ISO instant of the file. */
      asOf: string;
      rows: readonly CustomerRow[];
      match?: { externalId: string; reason: MatchReason; by?: string };
      /** It decides where sources differ. */
      isLeading?: boolean;
    }
  | {
      do: 'contacts';
      rows: readonly ContactRow[];
    }
  | {
      /** Where its invoices stand in the customer's AP portal; amounts are not touched. */
      do: 'apStatus';
      source: string;
      rows: readonly ApStatusRow[];
    }
);
