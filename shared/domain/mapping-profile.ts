/**
 * How one source writes its tables: which cell is which field, and in what notation. Everything about it is
 * declared by a person or comes with the product; nothing is guessed from the rows.
 * From: settings `profile:<name>` (every version kept) and `shared/formats/profile-*.ts`. Next: the readers
 * (dialect, encoding) and `shared/formats/rows-mapper.ts` (all else).
 */
import type { AmountStyle } from './amount-style.ts';
import type { DayFormat } from './day-text.ts';
import type { FileKind } from './imports.ts';
import type { ItemKind } from './item.ts';

export const textEncodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
] as const;
/** A byte order mark of the same encoding is skipped. */
export type TextEncoding = (typeof textEncodings)[number];

/** `quote: ''`: cells are never quoted. `skippedLines`: lines above the header, or above the first row. */
export type CsvDialect = {
  delimiter: ',' | ';' | '\t' | '|';
  quote: '"' | "'" | '';
  hasHeader: boolean;
  skippedLines: number;
};

/**
 * What one row tells. A journal mixes the first three, told apart by its `record` field. `bankLine`: a booking of a
 * bank statement, which is whole or refused.
 */
export const recordKinds = [
  'document',
  'receipt',
  'allocation',
  'bankLine',
  'delta',
  'closedItem',
  'customer',
  'contact',
  'sales',
  'orderHold',
  'apStatus',
  'exchangeRate',
] as const;
export type RecordKind = (typeof recordKinds)[number];

/**
 * Where a field comes from. Of several columns the first that is there and not blank counts: other spellings
 * of a name, or a fallback such as `doc_id`, else `row_id`. `otherwise` stands where all are blank.
 */
export type FieldMapping = {
  columns: readonly string[];
  otherwise?: string;
  /** Off unless declared: zeros in front belong to a number. */
  stripLeadingZeros?: boolean;
  /** Notations of this column where they differ from the others of the file. */
  days?: readonly DayFormat[];
};

/** How numbers and days are written. No two of the day formats may read the same text differently. */
export type Notation = { amounts: AmountStyle; days: readonly DayFormat[] };

/** A row that does not count by declaration, such as `isOpen` = 0; it is counted under `because`. */
export type SkipRule = { column: string; equals: readonly string[]; because: string };

export type MappingProfile = {
  name: string;
  version: number;
  file: FileKind;
  /** What a row is; `byRecordField` in a journal; `byClearedDate` where settled and open documents are mixed. */
  record: RecordKind | 'byRecordField' | 'byClearedDate';
  format: 'csv' | 'xlsx' | 'json';
  dialect: CsvDialect;
  encoding: TextEncoding;
  /** Absent: a locale is asked at upload (`withNotation`); ambiguous text is refused until one is declared. */
  notation?: Notation;
  /** Columns that make out this layout: all of one of these lists must be there. */
  recognisedBy: readonly (readonly string[])[];
  fields: Readonly<Partial<Record<string, FieldMapping>>>;
  /** Fields that may not be blank beyond those every row of its kind needs. */
  required: readonly string[];
  /** Fields whose absence does not refuse the row but is noted (`missing-purchase-order`, …). */
  wanted: readonly ('purchaseOrder' | 'attachment')[];
  /**
   * `inverted`: credits are written positive; of a bank, money that went out. `positiveCredits`: documents of credit kinds are.
   */
  sign: 'debitPositive' | 'inverted' | 'positiveCredits';
  /** Words of the `debitCredit` column, where amounts carry no sign of their own. */
  marks?: { debit: readonly string[]; credit: readonly string[] };
  /** `gross`: an invoice stays whole, its part payments are negative rows naming it. */
  partPayments: 'net' | 'gross';
  /** Words of the type column, any case. */
  kinds: Readonly<Record<string, ItemKind>>;
  /** Of a row without a type word, by the sign of its amount. */
  kindBySign: { debit: ItemKind; credit: ItemKind };
  /** The source's terms codes in the words of `terms.ts`; a code not here is read as it stands. */
  terms: Readonly<Record<string, string>>;
  /** Numbers begin again each year: the fiscal year belongs to the key and may not be blank. */
  numbersRepeatByYear: boolean;
  skips: readonly SkipRule[];
};
