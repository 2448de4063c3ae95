/**
 * Requests about one item: create, upsert, read, replace, patch, delete.
 * From: `dispatch.ts`. Next: one operation in a transaction of its own.
 */
import type { HttpCall } from '../../kit/http-service.ts';
import { begin } from '../store/transaction.ts';
import { wholeKey } from '../store/partition-key.ts';
import { isTrue, parseBody, refuseTriggers, wantsNoBody } from './bodies.ts';
import { runOperation, type ItemOperation } from './item-operations.ts';
import type { OpenContainer, Reply } from './open-database.ts';

const kinds: Record<string, ItemOperation['kind']> = {
  GET: 'read',
  PUT: 'replace',
  PATCH: 'patch',
  DELETE: 'delete',
};

export const createOrUpsert = (open: OpenContainer, call: HttpCall): Reply =>
  answerItem(open, call, {
    kind: isTrue(call.headers['x-ms-documentdb-is-upsert']) ? 'upsert' : 'create',
    body: parseBody(call),
  });

/** The method says what is done to the item. Undefined for methods the service does not have. */
export const kindOf = (method: string): ItemOperation['kind'] | undefined => kinds[method];

export const changeItem = (
  open: OpenContainer,
  call: HttpCall,
  kind: ItemOperation['kind'],
  id: string,
): Reply =>
  answerItem(open, call, {
    kind,
    id,
    ...(kind === 'replace' || kind === 'patch' ? { body: parseBody(call) } : {}),
  });

const answerItem = (
  { container, journal }: OpenContainer,
  call: HttpCall,
  operation: ItemOperation,
): Reply => {
  const { headers } = call;
  refuseTriggers(call);
  const { keys } = container.definition;
  const transaction = begin(container, wholeKey(headers['x-ms-documentdb-partitionkey'], keys));
  const conditions = { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
  const { status, row, charge } = runOperation(transaction, { ...operation, ...conditions }, keys);
  transaction.commit(journal);
  const reply: Reply = { status, charge, operation: operation.kind };
  if (!row) return reply;
  const isBare = status === 304 || (operation.kind !== 'read' && wantsNoBody(call));
  return { ...reply, headers: { etag: row.etag }, ...(isBare ? {} : { body: row.json() }) };
};
