/**
 * Many operations in one request: atomic (one key, all or nothing) or bulk (each on its own).
 * From: `batch()` and `executeBulkOperations()` of the SDK. Next: one outcome per operation, in order.
 */
import type { HttpCall } from '../../kit/http-service.ts';
import { missCharge } from '../charges.ts';
import { badRequest, Refusal } from '../refusal.ts';
import { keyText, wholeKey, type KeyPart } from '../store/partition-key.ts';
import { begin } from '../store/transaction.ts';
import { isTrue, parseBody, refuseTriggers, wantsNoBody } from './bodies.ts';
import { runOperation, type ItemOperation, type Outcome } from './item-operations.ts';
import type { OpenContainer, Reply } from './open-database.ts';

const mostOperations = 100;
const longestBatchBytes = 2 * 1024 * 1024;

type BatchOperation = ItemOperation & { partitionKey: string | undefined };

const kinds = new Map<unknown, ItemOperation['kind']>([
  ['Create', 'create'],
  ['Upsert', 'upsert'],
  ['Read', 'read'],
  ['Replace', 'replace'],
  ['Delete', 'delete'],
  ['Patch', 'patch'],
]);

export const answerBatch = (open: OpenContainer, call: HttpCall): Reply => {
  refuseTriggers(call);
  const operations = parseOperations(call);
  const atomic = isTrue(call.headers['x-ms-cosmos-batch-atomic']);
  const outcomes = atomic ? runAtomic(open, call, operations) : runEach(open, call, operations);
  const bodies = !wantsNoBody(call);
  return {
    status: outcomes.every(succeeded) ? 200 : 207,
    body: `[${outcomes.map((outcome, index) => toText(outcome, bodies || operations[index]!.kind === 'read')).join(',')}]`,
    charge: outcomes.reduce((sum, { charge }) => sum + charge, 0),
    operation: atomic ? 'batch' : 'bulk',
  };
};

type Result = Outcome & { refusal?: Refusal };

const succeeded = ({ status }: Result): boolean => status < 400;

const runAtomic = (open: OpenContainer, { headers }: HttpCall, operations: BatchOperation[]): Result[] => {
  const { keys } = open.container.definition;
  const transaction = begin(open.container, wholeKey(headers['x-ms-documentdb-partitionkey'], keys));
  const done: Result[] = [];
  for (const operation of operations) {
    if (operation.partitionKey !== undefined && !isSameKey(operation.partitionKey, transaction.key, keys))
      throw badRequest('All operations of a batch must have the same partition key');
    const result = attempt(() => runOperation(transaction, operation, keys));
    done.push(result);
    if (!succeeded(result))
      return operations.map((_, index) => (index === done.length - 1 ? result : dependent()));
  }
  transaction.commit(open.journal);
  return done;
};

/** Compared as values: header and operation may escape the same letters differently. */
const isSameKey = (text: string, key: readonly KeyPart[], paths: readonly string[]): boolean =>
  keyText(wholeKey(text, paths)) === keyText(key);

const runEach = (open: OpenContainer, { headers }: HttpCall, operations: BatchOperation[]): Result[] => {
  const goesOn = isTrue(headers['x-ms-cosmos-batch-continue-on-error'] ?? 'true');
  const { keys } = open.container.definition;
  let stopped = false;
  return operations.map((operation) => {
    if (stopped) return dependent();
    const result = attempt(() => {
      const transaction = begin(open.container, wholeKey(operation.partitionKey, keys));
      const outcome = runOperation(transaction, operation, keys);
      transaction.commit(open.journal);
      return outcome;
    });
    stopped = !goesOn && !succeeded(result);
    return result;
  });
};

const attempt = (run: () => Outcome): Result => {
  try {
    return run();
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, charge: missCharge, refusal: error };
    throw error;
  }
};

/** Not done because another operation failed. */
const dependent = (): Result => ({ status: 424, charge: 0 });

const toText = ({ status, row, charge, refusal }: Result, withBody: boolean): string => {
  let text = `{"statusCode":${status},"requestCharge":${charge.toFixed(2)}`;
  if (row) text += `,"eTag":${JSON.stringify(row.etag)}`;
  if (row && withBody && status !== 304) text += `,"resourceBody":${row.json()}`;
  if (refusal) text += `,"subStatusCode":${refusal.substatus},"message":${JSON.stringify(refusal.message)}`;
  return `${text}}`;
};

const parseOperations = (call: HttpCall): BatchOperation[] => {
  if (call.body.length > longestBatchBytes)
    throw new Refusal(
      413,
      `Request size is too large: a batch has at most 2,097,152 bytes, not ${call.body.length}`,
    );
  const operations = parseBody(call);
  if (!Array.isArray(operations) || operations.length === 0)
    throw badRequest('The body of a batch must be a list of operations');
  if (operations.length > mostOperations)
    throw badRequest(`Batch request has more operations than what is supported: ${mostOperations}`);
  return operations.map(parseOperation);
};

const parseOperation = (value: unknown): BatchOperation => {
  const given = (value ?? {}) as Record<string, unknown>;
  const kind = kinds.get(given.operationType);
  if (!kind) {
    const words = typeof given.operationType === 'string' ? given.operationType : 'without operationType';
    throw badRequest(`Batch operation ${words} is not known`);
  }
  const text = (name: string): string | undefined => {
    const found = given[name];
    if (found === undefined || typeof found === 'string') return found;
    throw badRequest(`${name} of a batch operation must be a string`);
  };
  return {
    kind,
    id: text('id'),
    body: given.resourceBody,
    ifMatch: text('ifMatch'),
    ifNoneMatch: text('ifNoneMatch'),
    partitionKey: text('partitionKey'),
  };
};
