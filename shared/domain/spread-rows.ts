/**
 * Rows between the two phases of ingestion: read, spread by account, not yet held against each other.
 * From: phase 1, as lines of `rows/<bucket>/<step>.ndjson`. Next: phase 2 sorts them (`duplicates.ts`).
 */
import type { AllocationRow, DeltaNews, DeltaRow, DocumentRow, ReceiptRow } from './feed-rows.ts';
import { referenceKeyOf, type ReferenceRow } from './reference.ts';
import type { ApStatusRow, ContactRow, CustomerRow } from './other-rows.ts';
import { fullRow, shortRow, type ShortRow } from './short-rows.ts';

export type SpreadRow =
  | { is: 'document'; itemId: string; row: DocumentRow | DeltaRow }
  /** Refused, as far as account and key were readable: nothing is closed for its absence. */
  | { is: 'refused'; accountId: string; itemId?: string }
  | { is: 'receipt'; row: ReceiptRow }
  | { is: 'allocation'; row: AllocationRow }
  | { is: 'customer'; row: CustomerRow }
  | { is: 'contact'; row: ContactRow }
  | { is: 'apStatus'; row: ApStatusRow }
  /** Of no account's journal: kept beside them. */
  | { is: 'reference'; told: ReferenceRow };

export type SpreadDocument = Extract<SpreadRow, { is: 'document' }>;

/** As it lies in its file. */
export type SpreadLine =
  Exclude<SpreadRow, SpreadDocument> | (Omit<SpreadDocument, 'row'> & { row: ShortRow });

export const lineOf = (spread: SpreadRow): SpreadLine =>
  spread.is === 'document' ? { ...spread, row: shortRow(spread.row) } : spread;

/** `news`: what every document of the file tells. */
export const spreadOf = (line: SpreadLine, news: DeltaNews | undefined): SpreadRow =>
  line.is === 'document' ? { ...line, row: fullRow(line.row, news) } : line;

/** What decides the bucket: all rows of an account or advice lie together, an allocation with its receipt. */
export const spreadKeyOf = (spread: SpreadRow): string => {
  switch (spread.is) {
    case 'document':
    case 'customer':
    case 'contact':
    case 'apStatus':
      return spread.row.accountId;
    case 'refused':
      return spread.accountId;
    case 'receipt':
      return spread.row.receiptId;
    case 'allocation':
      return spread.row.fromId;
    case 'reference':
      return spread.told.kind === 'remittance' ? spread.told.row.fromId : referenceKeyOf(spread.told);
  }
};
