/**
 * Cells to typed rows, or every reason why not.
 * From: rows of any reader, a mapping profile. Next: ingestion spreads accepted rows by account and keeps the
 * refused ones for a person.
 *
 *   const mapper = rowMapper(profile, header, usualPolicy(asOf));   // a refusal when the header does not suit
 *   if (mapper.ok) for (const row of rows) mapper.value(row);       // RowOutcome; no row depends on another
 *
 * Codes of reasons: structure, broken-encoding, cell-too-long (the row as a whole, column `*`);
 * identifier-missing, identifier-not-valid, text-too-long, value-missing, unknown-currency, unknown-type,
 * unknown-record, invalid-amount, scale-exceeded, amount-too-large, sign-mismatch, open-above-original,
 * invalid-mark, locale-needed, invalid-date, date-out-of-window, due-date-missing, invalid-percent, invalid-flag,
 * invalid-instant, unknown-change, unknown-clearing, unknown-country, invalid-rate.
 * Codes of faults, with which a row is taken: zero-total, tax-mismatch, price-differs-from-order,
 * due-date-not-by-terms, due-before-document, missing-purchase-order, missing-attachment.
 */
import type { AllocationRow, DeltaRow, DocumentRow, ReceiptRow } from '../domain/feed-rows.ts';
import type { MappingProfile, RecordKind } from '../domain/mapping-profile.ts';
import { columnKey } from '../domain/mapping-profile-choice.ts';
import type {
  ApStatusRow,
  ClosedItemRow,
  ContactRow,
  CustomerRow,
  ExchangeRateRow,
  OrderHoldRow,
  SalesRow,
} from '../domain/other-rows.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import type { BankRow } from './bank-shape.ts';
import { bankRowIn } from './rows-bank.ts';
import { documentIn, type DocumentOptions, type RowKey } from './rows-document.ts';
import { doubledColumns, fault, type Line, type RowReason } from './rows-fields.ts';
import { allocationIn, newsIn, receiptIn } from './rows-journal.ts';
import { apStatusIn, contactIn, customerIn, exchangeRateIn, orderHoldIn, salesIn } from './rows-other.ts';
import type { CellRow } from './rows.ts';
import { valuesOf, type RowPolicy } from './rows-values.ts';

export type FileRow =
  | { record: 'document'; row: DocumentRow }
  | { record: 'delta'; row: DeltaRow }
  | { record: 'closedItem'; row: ClosedItemRow }
  | { record: 'receipt'; row: ReceiptRow }
  | { record: 'allocation'; row: AllocationRow }
  | { record: 'bankLine'; row: BankRow }
  | { record: 'customer'; row: CustomerRow }
  | { record: 'contact'; row: ContactRow }
  | { record: 'sales'; row: SalesRow }
  | { record: 'orderHold'; row: OrderHoldRow }
  | { record: 'apStatus'; row: ApStatusRow }
  | { record: 'exchangeRate'; row: ExchangeRateRow };

export type RowOutcome =
  | ({ is: 'accepted' } & FileRow)
  /** `accountId` and `key` as far as they could be read, so that nothing is closed for its absence. */
  | {
      is: 'refused';
      row: number;
      reasons: readonly RowReason[];
      accountId?: string;
      keys?: readonly RowKey[];
    }
  | { is: 'skipped'; row: number; because: string };

/** `column-missing`, `duplicate-column`: the header does not suit the profile. */
export const rowMapper = (
  profile: MappingProfile,
  header: readonly string[],
  policy: RowPolicy,
): Outcome<(row: CellRow) => RowOutcome, 'column-missing' | 'duplicate-column'> => {
  const doubled = doubledColumns(profile, header);
  if (doubled.length > 0) return refuse('duplicate-column', `more than one column ${doubled.join(', ')}`);
  const names = new Set(header.map(columnKey));
  const suits = profile.recognisedBy.some((needed) => needed.every((name) => names.has(columnKey(name))));
  if (!suits) return refuse('column-missing', `profile ${profile.name} needs ${neededColumns(profile)}`);
  const values = valuesOf(profile, header, policy);
  const options: DocumentOptions = { profile, values, open: openOf(profile) };
  const skipped = skipper(profile, header);
  return done((source) => {
    const because = source.problem === undefined ? skipped(source) : undefined;
    if (because !== undefined) return { is: 'skipped', row: source.row, because };
    const line: Line = { row: source.row, source, reasons: [] };
    if (source.problem !== undefined) return broken(source, source.problem);
    const record = recordOf(line, options);
    if (record === undefined) return { is: 'refused', row: source.row, reasons: line.reasons };
    return readRow(line, record, options);
  });
};

const neededColumns = ({ recognisedBy }: MappingProfile): string =>
  recognisedBy.map((needed) => needed.join(', ')).join('; or ');

const openOf = ({ file }: MappingProfile): DocumentOptions['open'] =>
  file === 'snapshot' ? 'needed' : 'asOriginal';

const broken = ({ row }: CellRow, problem: NonNullable<CellRow['problem']>): RowOutcome => ({
  is: 'refused',
  row,
  reasons: [{ column: '*', value: '', code: problem.code, detail: problem.detail }],
});

/** Rows whose cells are all blank, and those the profile leaves out, by what they are counted under. */
const skipper = (profile: MappingProfile, header: readonly string[]) => {
  const keys = header.map(columnKey);
  const rules = profile.skips.map(({ column, equals, because }) => ({
    at: keys.indexOf(columnKey(column)),
    words: new Set(equals),
    because,
  }));
  return ({ cells }: CellRow): string | undefined => {
    if (cells.every((cell) => cell.trim() === '')) return 'blank-row';
    return rules.find(({ at, words }) => at >= 0 && words.has(cells[at]?.trim() ?? ''))?.because;
  };
};

const records: Readonly<Record<string, RecordKind>> = {
  document: 'document',
  receipt: 'receipt',
  allocation: 'allocation',
};

const recordOf = (line: Line, options: DocumentOptions): RecordKind | undefined => {
  const { record } = options.profile;
  if (record === 'byRecordField') return recordIn(line, options);
  if (record !== 'byClearedDate') return record;
  return options.values.cell(line, 'clearedDate').text === '' ? 'document' : 'closedItem';
};

const recordIn = (line: Line, { values }: DocumentOptions): RecordKind | undefined => {
  const cell = values.cell(line, 'record');
  const word = cell.text.toLowerCase();
  return Object.hasOwn(records, word)
    ? records[word]
    : fault(line, cell, 'unknown-record', 'document, receipt or allocation');
};

const readRow = (line: Line, record: RecordKind, options: DocumentOptions): RowOutcome => {
  if (record === 'document' || record === 'delta' || record === 'closedItem')
    return documentOutcome(line, record, options);
  const { values } = options;
  switch (record) {
    case 'receipt':
      return outcome(line, record, receiptIn(line, options));
    case 'allocation':
      return outcome(line, record, allocationIn(line, options));
    case 'bankLine':
      return outcome(line, record, bankRowIn(line, options));
    case 'customer':
      return outcome(line, record, customerIn(line, options));
    case 'contact':
      return outcome(line, record, contactIn(line, values));
    case 'sales':
      return outcome(line, record, salesIn(line, values));
    case 'orderHold':
      return outcome(line, record, orderHoldIn(line, values));
    case 'apStatus':
      return outcome(line, record, apStatusIn(line, values));
    case 'exchangeRate':
      return outcome(line, record, exchangeRateIn(line, values));
  }
};

const outcome = (line: Line, record: RecordKind, row: FileRow['row'] | undefined): RowOutcome =>
  row === undefined
    ? { is: 'refused', row: line.row, reasons: line.reasons }
    : ({ is: 'accepted', record, row } as RowOutcome);

const documentOutcome = (
  line: Line,
  record: 'document' | 'delta' | 'closedItem',
  options: DocumentOptions,
): RowOutcome => {
  const news = record === 'delta' ? newsIn(line, options) : undefined;
  const isSettled = record === 'closedItem' || news?.change === 'cleared' || news?.change === 'cancelled';
  const clearedOn = record === 'closedItem' ? clearedDay(line, options) : undefined;
  const clearingDocument =
    record === 'closedItem' ? options.values.identifier(line, 'clearingDocument', false) : undefined;
  const read = documentIn(line, isSettled ? { ...options, open: 'none' } : options);
  const { document } = read;
  if (document === undefined) return { is: 'refused', row: line.row, reasons: line.reasons, ...read };
  if (news !== undefined) return { is: 'accepted', record: 'delta', row: { ...document, news } };
  if (clearedOn === undefined) return { is: 'accepted', record: 'document', row: document };
  const cleared = { ...document, clearedOn, ...(clearingDocument !== undefined && { clearingDocument }) };
  return { is: 'accepted', record: 'closedItem', row: cleared };
};

const clearedDay = (line: Line, { values }: DocumentOptions) => {
  const cell = values.cell(line, 'clearedDate');
  return cell.text === ''
    ? fault(line, cell, 'invalid-date', 'a closed item has a clearing date')
    : values.documentDay(line, 'clearedDate');
};
