/**
 * `ReceiptStore` in memory; documents are kept as JSON would bring them back, so that only what survives writing does.
 * From and next: workflows under test.
 */
import { appendToReceipt } from '../../../shared/domain/receipt-entry.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import {
  isListed,
  receiptDocumentsOf,
  receiptMark,
  type ReceiptDocument,
  type ReceiptEntryDocument,
} from '../../../shared/ports/receipt-documents.ts';
import type { LoadedReceipt, ReceiptKey, ReceiptStore } from '../../../shared/ports/receipt-store.ts';
import { asWritten } from './as-written.ts';
import { hashOfContent } from '../../../shared/azure/entry-hash.ts';

type Partition = { receipt?: ReceiptDocument; entries: ReceiptEntryDocument[] };

export const memoryReceipts = (): ReceiptStore => {
  const partitions = new Map<string, Partition>();
  const of = ({ companyId, receiptId }: ReceiptKey): Partition => {
    const id = JSON.stringify([companyId, receiptId]);
    const known = partitions.get(id) ?? { entries: [] };
    partitions.set(id, known);
    return known;
  };
  return {
    load: async (scope, key) => (isInScope(scope, key.companyId) ? loadedFrom(of(key), key) : none(key)),
    append: async (scope, { mark, ...before }, change, head) => {
      if (!isInScope(scope, before.companyId)) throw new Error(`receipt ${before.receiptId} is out of scope`);
      const append = appendToReceipt(before, change, hashOfContent, head);
      const documents = receiptDocumentsOf(append);
      const partition = of(before);
      if (String(partition.entries.length) !== (mark ?? '0')) return { outcome: 'version-conflict' };
      partition.receipt = asWritten(documents.receipt);
      partition.entries.push(asWritten(documents.entry));
      return { outcome: 'appended', loaded: loadedFrom(partition, before), entry: append.entry };
    },
    entries: async (scope, key, { afterVersion, limit }) =>
      isInScope(scope, key.companyId)
        ? of(key)
            .entries.slice(afterVersion, afterVersion + limit)
            .map(({ entry }) => entry)
        : [],
    list: async (scope, companyId, which, { limit, after }) => {
      if (!isInScope(scope, companyId)) return { receipts: [] };
      const page = [...partitions.values()]
        .flatMap(({ receipt }) => (receipt === undefined ? [] : [receipt]))
        .filter((one) => one.companyId === companyId && isListed(one, which))
        .filter((one) => receiptMark(one) > (after ?? ''))
        .toSorted((a, b) => (receiptMark(a) < receiptMark(b) ? -1 : 1))
        .slice(0, limit);
      const last = page.length < limit ? undefined : page.at(-1);
      const receipts = page.map(({ receipt }) => receipt);
      return last === undefined ? { receipts } : { receipts, after: receiptMark(last) };
    },
  };
};

const none = ({ companyId, receiptId }: ReceiptKey): LoadedReceipt => ({
  ...{ companyId, receiptId },
  ...{ version: 0, lastHash: '', mark: undefined },
});

const loadedFrom = ({ receipt }: Partition, key: ReceiptKey): LoadedReceipt => {
  if (receipt === undefined) return none(key);
  const { version, lastHash, receipt: kept } = receipt;
  return { ...none(key), version, lastHash, receipt: kept, mark: String(version) };
};
