/**
 * An import: one file on its way into the ledger, and what became of each of its rows.
 * From: uploads. Next: ingestion moves it through its states, `import-store.ts` keeps it, the report shows it.
 */
import type { AttachmentKey } from './attachment.ts';
import type { Day } from './calendar.ts';
import type { CashSums } from './cash-moves.ts';
import type { AmountMinor, Currency } from './money.ts';
import type { Difference, Movements } from './morning-check.ts';
import type { ReceiptState } from './receipt.ts';

/** What a file holds (`defaults.md` §2). */
export const fileKinds = [
  'snapshot',
  'delta',
  'journal',
  'invoices',
  'bankStatement',
  'remittance',
  'customers',
  'contacts',
  'closedItems',
  'sales',
  'orderHolds',
  'apStatus',
  'exchangeRates',
  'document',
] as const;
export type FileKind = (typeof fileKinds)[number];

export const fileFormats = [
  ...['csv', 'xlsx', 'json', 'ubl', 'cii'],
  ...['camt053', 'mt940', 'bai2', 'bankCsv', 'pdf', 'text'],
] as const;

/** Why a paper that no machine reads was not taken: its lines are typed in. */
export const toTypeIn = 'advice-to-type-in';

/** The whole company, one currency of it, or a named range of accounts. */
export type FeedScope = {
  currency?: Currency;
  accounts?: { name: string; from: string; to: string };
};

/** What stands between the cells of a CSV. */
export type CsvDelimiter = ',' | ';' | '\t' | '|';

/** Sums by currency, in minor units from the debit side. */
export type Sums = Readonly<Record<Currency, AmountMinor>>;

/**
 * receiving: blocks arrive. reading and checking: phases 1 and 2. reconciling: a snapshot before its guards are
 * passed. held: a person decides. posting: parts go to accounts. done, refused: the end.
 */
export type ImportState =
  'receiving' | 'reading' | 'checking' | 'reconciling' | 'held' | 'posting' | 'done' | 'refused';

export type ImportDocument = {
  companyId: string;
  importId: string;
  kind: FileKind;
  format: string;
  source: string;
  /** Name of the mapping profile and its version, where cells are mapped. */
  profile?: { name: string; version: number };
  /** How it is to be read, as declared at upload. */
  reading?: { profile?: string; locale?: string; encoding?: string; delimiter?: CsvDelimiter };
  /** How its source was read before with this profile, where nothing is said of numbers and days this time. */
  remembered?: { locale: string; encoding?: string };
  /** Between its cells, where the header told it and not the profile. */
  delimiter?: CsvDelimiter;
  /** Of a paper: the document it belongs to, where its sender says so and not its name alone. */
  paper?: AttachmentKey;
  /** Papers kept beside the document, and those that were not, with the reason. */
  papers?: { kept: number; refused: readonly { name: string; code: string }[] };
  /** The row of another import that this one corrects. */
  corrects?: { importId: string; row: number };
  fileName: string;
  bytes: number;
  sha256: string;
  scope: FeedScope;
  /** ISO instant of extraction; of a snapshot always. */
  asOf?: string;
  sequence?: number;
  declared: { rows?: number; sums?: Sums };
  state: ImportState;
  /** Why it is held or refused: a problem code, and what was found. */
  because?: { code: string; detail: string };
  /** How many buckets its rows are spread over. */
  buckets: number;
  /** Where each phase goes on after a crash. */
  progress: {
    phase: string;
    bytesRead: number;
    /** Number of the next row; 1 before the first. */
    nextRow?: number;
    step: number;
    bucketsDone: number;
    partsSent: number;
  };
  counts: { rows: number; accepted: number; rejected: number; repeated: number };
  rejectedBy: Readonly<Record<string, number>>;
  /** Rows the profile leaves out by declaration; not counted as rows. */
  skippedBy?: Readonly<Record<string, number>>;
  /** Open amounts of every row that could be read, repeated and conflicting ones too: what totals are held against. */
  readSums?: Sums;
  /** Of a bank statement: the last day it tells of. */
  bookedOn?: Day;
  /** Open amounts of the accepted rows. */
  sums: Sums;
  /** Rows refused whose account could not be read: nothing is closed by absence while there are any. */
  unreadableKeys: number;
  /** How many posting parts there are, once known; it is done when each has its result. */
  parts?: number;
  by: string;
  receivedAt: string;
  changedAt: string;
};

/** A row that was not taken: what stood where, and why, so that it can be corrected and sent again. */
export type RejectedRow = {
  row: number;
  reasons: readonly { column: string; value: string; code: string; detail: string }[];
  /** The cells as they stood, by column. */
  cells: Readonly<Record<string, string>>;
  state: 'open' | 'corrected' | 'dropped';
  /** The import that carried the correction. */
  correctedBy?: string;
};

/** What posting one part of an import came to. */
export type PartResult = {
  part: string;
  accounts: number;
  entries: number;
  rows: number;
  /** Rows that changed the ledger, said what it knew, or were not taken at the account. */
  posted: number;
  unchanged: number;
  refusedBy: Readonly<Record<string, number>>;
  /** By how much the open amounts changed. */
  change: Sums;
  /** How money moved: what came in, and where it is. */
  cash?: CashSums;
  /** Results still to come of what this part took in: a receipt to be settled, an advice to be followed. */
  awaits?: number;
  /** Of such a result: where the money is, or that it has not come. */
  settled?: ReceiptState | 'waiting';
  /** Of a snapshot's part: how reconciling moved open amounts; together they are `change`. */
  movements?: Readonly<Record<Currency, Movements>>;
  /** Of a snapshot's part: accounts whose book is not what the rows say. */
  differences?: readonly Difference[];
};

/** What phase 2 leaves of one account: one line of `accounts/<bucket>.ndjson`. */
export type AccountRows<Row> = {
  accountId: string;
  accountName?: string;
  /** In the order of their keys, each key once. */
  rows: readonly Row[];
  /** Item ids of rows that were refused or held: they are not closed. */
  refusedKeys: readonly string[];
  /** A row of the account was refused whose key could not be read: none of its items is closed. */
  hasUnreadableKey: boolean;
};
