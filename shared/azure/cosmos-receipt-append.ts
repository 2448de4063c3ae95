/**
 * One append to a receipt as one atomic batch, written exactly once whatever the wire does.
 * From: `cosmos-receipts.ts`. Next: receipt and entry together, or nothing. An unknown outcome is settled by
 * reading the entry of that version back and comparing its hash.
 */
import type { Container, OperationInput } from '@azure/cosmos';
import type { ReceiptAppend } from '../domain/receipt-entry.ts';
import type { receiptDocumentsOf } from '../ports/receipt-documents.ts';
import type { ReceiptAppended } from '../ports/receipt-store.ts';
import type { Charged } from './cosmos-accounts.ts';
import { parseReceiptEntry } from './receipt-shapes.ts';
import { comeBackLater } from './come-back-later.ts';

type Documents = ReturnType<typeof receiptDocumentsOf>;

/** Tries of a batch whose outcome stays unknown before the work comes back another time. */
const mostTries = 4;

type Tried =
  | { is: 'written'; mark: string | undefined }
  | { is: 'refused'; statuses: number[] }
  | { is: 'unknown'; fault: unknown };

/** @throws when it stays unknown whether it was written, or the service refuses for no reason of ours. */
export const writeReceiptOnce = async (
  container: Container,
  charged: Charged,
  append: ReceiptAppend,
  documents: Documents,
  mark: string | undefined,
): Promise<ReceiptAppended> => {
  const appended = (newMark: string | undefined): ReceiptAppended => ({
    outcome: 'appended',
    loaded: { ...append.after, mark: newMark },
    entry: append.entry,
  });
  let fault: unknown;
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const tried = await tryBatch(container, charged, documents, mark);
    if (tried.is === 'written') return appended(tried.mark);
    const there = await hashThere(container, charged, documents);
    if (there !== undefined)
      return there === append.entry.hash
        ? appended(await markOf(container, charged, documents))
        : overtaken();
    if (tried.is === 'refused') return conflictOf(tried.statuses);
    fault = tried.fault;
  }
  throw fault;
};

const tryBatch = async (
  container: Container,
  charged: Charged,
  documents: Documents,
  mark: string | undefined,
): Promise<Tried> => {
  const { companyId, receiptId } = documents.receipt;
  try {
    const answer = await container.items.batch(operationsOf(documents, mark), [companyId, receiptId]);
    const results = answer.result ?? [];
    charged('receipt append', Number(answer.headers['x-ms-request-charge']));
    if (answer.code === 200) return { is: 'written', mark: results[0]?.eTag };
    return { is: 'refused', statuses: results.map(({ statusCode }) => statusCode) };
  } catch (fault) {
    if (isForGood(fault)) throw fault;
    return { is: 'unknown', fault };
  }
};

const operationsOf = ({ receipt, entry }: Documents, mark: string | undefined): OperationInput[] => {
  const [first, second] = [plain(receipt), plain(entry)];
  return [
    mark === undefined
      ? { operationType: 'Create', resourceBody: first }
      : { operationType: 'Replace', id: receipt.id, ifMatch: mark, resourceBody: first },
    { operationType: 'Create', resourceBody: second },
  ];
};

type Plain = Extract<OperationInput, { operationType: 'Create' }>['resourceBody'];

const plain = (document: object): Plain => JSON.parse(JSON.stringify(document)) as Plain;

/** Bad requests, missing rights and oversize stay what they are however often they are sent. */
const isForGood = (fault: unknown): boolean => {
  const { code } = fault as { code?: unknown };
  return typeof code === 'number' && [400, 401, 403, 404, 413].includes(code);
};

const hashThere = async (
  container: Container,
  charged: Charged,
  { entry: { id, companyId, receiptId } }: Documents,
): Promise<string | undefined> => {
  const answer = await container.item(id, [companyId, receiptId]).read<object>();
  charged('receipt read back', answer.requestCharge);
  return answer.resource === undefined ? undefined : parseReceiptEntry(answer.resource).hash;
};

/** The mark of the receipt if it is still the one of this append; else one that no receipt has. */
const markOf = async (
  container: Container,
  charged: Charged,
  { receipt: { companyId, receiptId, version } }: Documents,
): Promise<string> => {
  const answer = await container.item('receipt', [companyId, receiptId]).read<{ version: number }>();
  charged('receipt read back', answer.requestCharge);
  return answer.resource?.version === version ? answer.etag : 'overtaken';
};

const conflictOf = (statuses: readonly number[]): ReceiptAppended | Promise<ReceiptAppended> => {
  if (statuses.some((status) => [404, 409, 412].includes(status))) return overtaken();
  throw new Error(`the batch was refused: ${statuses.filter((status) => status !== 424).join(', ')}`);
};

/** Somebody else was first: whoever tries again does so at another time than they. */
const overtaken = async (): Promise<ReceiptAppended> => {
  await comeBackLater();
  return { outcome: 'version-conflict' };
};
