/**
 * The six things that can happen to one item, within a transaction.
 * From: `items.ts` (one per request) and `batch.ts` (many). Next: the outcome becomes an answer or a line of one.
 */
import { readCharge, writeCharge } from '../charges.ts';
import { badRequest, notFound, Refusal, substatus } from '../refusal.ts';
import { compileQuery } from '../sql/compile-query.ts';
import { SqlError } from '../sql/types.ts';
import { acceptItem, checkId } from '../store/item-rules.ts';
import { checkKey } from '../store/partition-key.ts';
import { applyPatch, parsePatch } from '../store/patch.ts';
import type { Row } from '../store/row.ts';
import type { Transaction } from '../store/transaction.ts';

export type ItemOperation = {
  kind: 'create' | 'upsert' | 'read' | 'replace' | 'delete' | 'patch';
  /** Absent for create and upsert, whose id is in the body. */
  id?: string | undefined;
  body?: unknown;
  ifMatch?: string | undefined;
  ifNoneMatch?: string | undefined;
};

/** `row` is what the item is now; none after a delete. */
export type Outcome = { status: number; row?: Row; charge: number };

/** @throws Refusal with the service's status: 400, 404, 409, 412, 413. Nothing is staged then that matters. */
export const runOperation = (
  transaction: Transaction,
  operation: ItemOperation,
  keyPaths: readonly string[],
): Outcome => {
  const { kind, body, ifMatch } = operation;
  if (kind === 'create' || kind === 'upsert') return write(transaction, operation, keyPaths);
  const row = existing(transaction, operation.id);
  if (kind === 'read') return read(row, operation.ifNoneMatch);
  checkIfMatch(row, ifMatch);
  if (kind === 'delete') return remove(transaction, row);
  if (kind === 'patch') return patch(transaction, row, body, keyPaths);
  const accepted = acceptItem(body);
  if (accepted.body.id !== row.id) throw badRequest('The id of an item cannot be changed');
  checkKey(accepted.body, transaction.key, keyPaths);
  return stored(200, transaction.put(accepted.body, accepted.bytes));
};

const existing = (transaction: Transaction, id: string | undefined): Row => {
  checkId(id);
  const row = transaction.get(id);
  if (!row) throw notFound(`item ${id}`);
  return row;
};

const write = (
  transaction: Transaction,
  { kind, body: given, ifMatch, ifNoneMatch }: ItemOperation,
  keyPaths: readonly string[],
): Outcome => {
  const { body, bytes } = acceptItem(given);
  checkKey(body, transaction.key, keyPaths);
  const before = transaction.get(body.id as string);
  if (before && kind === 'create')
    throw new Refusal(409, 'Entity with the specified id already exists in the system.');
  if (before && ifNoneMatch !== undefined && isNamed(before, ifNoneMatch)) throw preconditionFailed();
  if (before) checkIfMatch(before, ifMatch);
  return stored(before ? 200 : 201, transaction.put(body, bytes));
};

const read = (row: Row, ifNoneMatch: string | undefined): Outcome => {
  const unchanged = ifNoneMatch !== undefined && isNamed(row, ifNoneMatch);
  return { status: unchanged ? 304 : 200, row, charge: unchanged ? 1 : readCharge(row.bytes) };
};

const remove = (transaction: Transaction, row: Row): Outcome => {
  transaction.drop(row);
  return { status: 204, charge: writeCharge(row.bytes) };
};

const patch = (transaction: Transaction, row: Row, given: unknown, keyPaths: readonly string[]): Outcome => {
  const { steps, condition } = parsePatch(given, keyPaths);
  if (condition !== undefined && !meets(row, condition))
    throw new Refusal(412, 'The condition of the patch is not met', substatus.conditionNotMet);
  const { body, bytes } = acceptItem(applyPatch(row.body, steps));
  return stored(200, transaction.put(body, bytes));
};

const meets = (row: Row, condition: string): boolean => {
  try {
    return compileQuery(`SELECT * ${condition}`).each(row, new Map()).length > 0;
  } catch (error) {
    if (error instanceof SqlError) throw badRequest(`Patch condition: ${error.message} (${error.words})`);
    throw error;
  }
};

const stored = (status: number, row: Row): Outcome => ({ status, row, charge: writeCharge(row.bytes) });

const isNamed = (row: Row, etag: string): boolean => etag === '*' || etag === row.etag;

const checkIfMatch = (row: Row, ifMatch: string | undefined): void => {
  if (ifMatch !== undefined && !isNamed(row, ifMatch)) throw preconditionFailed();
};

const preconditionFailed = (): Refusal =>
  new Refusal(412, 'Operation cannot be performed because one of the specified precondition is not met.');
