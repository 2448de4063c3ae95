/**
 * `ReceiptStore` on Cosmos DB, container `receipts`, key /companyId, /receiptId.
 * From: the ledger's cash workflows. Next: one `receipt` document and its `entry:` documents, written in one
 * batch under the receipt's etag. Lists read one company by indexed state, page by page.
 */
import type { Container } from '@azure/cosmos';
import { appendToReceipt } from '../domain/receipt-entry.ts';
import { isInScope } from '../domain/scope.ts';
import { listedBy, receiptDocumentsOf } from '../ports/receipt-documents.ts';
import type { LoadedReceipt, ReceiptKey, ReceiptStore } from '../ports/receipt-store.ts';
import type { Charged } from './cosmos-accounts.ts';
import { writeReceiptOnce } from './cosmos-receipt-append.ts';
import { hashOfContent } from './entry-hash.ts';
import { parseReceipt, parseReceiptEntry } from './receipt-shapes.ts';

const entriesQuery = `SELECT TOP @limit * FROM c
  WHERE c.kind = 'entry' AND c.version > @version AND c.version <= @last ORDER BY c.version`;
const pageQuery = (by: ReturnType<typeof listedBy>[0]): string => `SELECT TOP @limit * FROM c
  WHERE c.kind = 'receipt' AND c.${by} = @value
  AND (c.receivedOn > @at OR (c.receivedOn = @at AND c.receiptId > @id)) ORDER BY c.${by}, c.receivedOn, c.receiptId`;

export const cosmosReceipts = (
  container: () => Container,
  charged: Charged = () => undefined,
): ReceiptStore => ({
  load: async (scope, key) =>
    isInScope(scope, key.companyId) ? readReceipt(container(), charged, key) : none(key),
  append: async (scope, { mark, ...before }, change, head) => {
    if (!isInScope(scope, before.companyId)) throw new Error(`receipt ${before.receiptId} is out of scope`);
    const append = appendToReceipt(before, change, hashOfContent, head);
    return writeReceiptOnce(container(), charged, append, receiptDocumentsOf(append), mark);
  },
  entries: async (scope, { companyId, receiptId }, { afterVersion, limit }) => {
    if (!isInScope(scope, companyId)) return [];
    const values = { limit, version: afterVersion, last: afterVersion + limit };
    const found = await query(
      container(),
      charged,
      'receipt entries',
      [companyId, receiptId],
      entriesQuery,
      values,
    );
    return found.map(parseReceiptEntry);
  },
  list: async (scope, companyId, which, { limit, after }) => {
    if (!isInScope(scope, companyId)) return { receipts: [] };
    const [at = '', id = ''] = after?.split(' ') ?? [];
    const [by, value] = listedBy(which);
    const values = { limit, value, at, id };
    const found = await query(container(), charged, 'receipt list', [companyId], pageQuery(by), values);
    const stored = found.map(parseReceipt);
    const last = stored.length < limit ? undefined : stored.at(-1);
    const receipts = stored.map(({ receipt }) => receipt);
    return last === undefined ? { receipts } : { receipts, after: `${last.receivedOn} ${last.receiptId}` };
  },
});

const query = async (
  container: Container,
  charged: Charged,
  operation: string,
  partitionKey: string[],
  text: string,
  values: Record<string, string | number>,
): Promise<unknown[]> => {
  const parameters = Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value }));
  const answer = await container.items
    .query<unknown>({ query: text, parameters }, { partitionKey })
    .fetchAll();
  charged(operation, answer.requestCharge);
  return answer.resources;
};

const none = ({ companyId, receiptId }: ReceiptKey): LoadedReceipt => ({
  ...{ companyId, receiptId },
  ...{ version: 0, lastHash: '', mark: undefined },
});

const readReceipt = async (
  container: Container,
  charged: Charged,
  key: ReceiptKey,
): Promise<LoadedReceipt> => {
  const answer = await container.item('receipt', [key.companyId, key.receiptId]).read<object>();
  charged('receipt', answer.requestCharge);
  if (answer.resource === undefined) return none(key);
  const { version, lastHash, receipt } = parseReceipt(answer.resource);
  return { ...none(key), version, lastHash, receipt, mark: answer.etag };
};
