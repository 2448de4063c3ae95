/**
 * What one append to a receipt writes, as documents, and whether it fits.
 * From: the stores, on Cosmos and in memory. Next: one atomic batch.
 */
import type { Day } from '../domain/calendar.ts';
import { entryIdOf } from '../domain/document-ids.ts';
import { stateOf, type Receipt, type ReceiptState } from '../domain/receipt.ts';
import type { ReceiptAppend, ReceiptEntry } from '../domain/receipt-entry.ts';
import { largestReceiptBytes, type ReceiptKey, type ReceiptList } from './receipt-store.ts';

export type ReceiptDocument = ReceiptKey & {
  id: 'receipt';
  kind: 'receipt';
  state: ReceiptState;
  standing: Receipt['standing'];
  bankReference: string;
  /** Amount and currency, to be found by. */
  sum: string;
  /** ISO instant; lists go by it. */
  receivedOn: string;
  version: number;
  lastHash: string;
  receipt: Receipt;
};
export type ReceiptEntryDocument = ReceiptKey & {
  id: string;
  kind: 'entry';
  version: number;
  entry: ReceiptEntry;
};

/** @throws RangeError when one append cannot hold it. */
export const receiptDocumentsOf = ({
  after,
  entry,
}: ReceiptAppend): { receipt: ReceiptDocument; entry: ReceiptEntryDocument } => {
  const { companyId, receiptId, version, lastHash, receipt } = after;
  if (receipt === undefined) throw new RangeError(`receipt ${receiptId} holds nothing`);
  const key = { companyId, receiptId };
  const documents = {
    receipt: {
      ...({ ...key, id: 'receipt', kind: 'receipt', version, lastHash, receipt } as const),
      ...{ state: stateOf(receipt), standing: receipt.standing, receivedOn: receipt.receivedAt },
      ...{ bankReference: receipt.bankReference, sum: sumText(receipt) },
    },
    entry: { ...key, id: entryIdOf(version), kind: 'entry', version, entry } as const,
  };
  const bytes = new TextEncoder().encode(JSON.stringify(documents)).length;
  if (bytes > largestReceiptBytes)
    throw new RangeError(`${bytes} bytes in one append, at most ${largestReceiptBytes}`);
  return documents;
};

/** `EUR 12300` */
export const sumText = ({ amount, currency }: Pick<Receipt, 'amount' | 'currency'>): string =>
  `${currency} ${amount}`;

/** The field a list goes by, and its value. */
export const listedBy = (which: ReceiptList): ['state' | 'standing' | 'bankReference' | 'sum', string] => {
  if ('state' in which) return ['state', which.state];
  if ('sum' in which) return ['sum', sumText(which.sum)];
  return 'standing' in which ? ['standing', which.standing] : ['bankReference', which.bankReference];
};

/** Whether a receipt belongs on a list. */
export const isListed = (document: ReceiptDocument, which: ReceiptList): boolean => {
  const [field, value] = listedBy(which);
  return document[field] === value;
};

/** What a page of receipts comes after: instant and id, which holds no space. */
export const receiptMark = ({ receivedOn, receiptId }: ReceiptDocument): string =>
  `${receivedOn} ${receiptId}`;

/** Comes before every receipt of that day or a later one. */
export const receiptMarkAt = (day: Day): string => `${day} `;
