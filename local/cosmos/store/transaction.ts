/**
 * A transaction within one logical partition: staged beside the store, then committed as a whole or dropped.
 * From: single operations and batches. Next: `commit` puts the rows in place and one record in the journal,
 * so that a torn record loses all of it or nothing. All of it runs in one turn of the event loop.
 */
import type { Journal } from '../../kit/journal.ts';
import { Refusal } from '../refusal.ts';
import type { JsonObject } from '../sql/types.ts';
import { displace, isExpired, nowSeconds, partitionOf, place, type Container } from './container.ts';
import { expiryOf } from './item-rules.ts';
import type { KeyPart } from './partition-key.ts';
import { Row, type Partition } from './row.ts';
import { uniqueTexts } from './unique-keys.ts';

/** What the journal keeps of a step: an item number and its body, or the id of what went. */
export type StepRecord = [itemNumber: number, body: JsonObject] | [id: string];
export type CommitRecord = { lsn: number; ts: number; key: (KeyPart | object)[]; steps: StepRecord[] };

type Step = { put: Row } | { drop: Row; lsn: number };

export type Transaction = {
  key: KeyPart[];
  /** The item as it is inside this transaction; expired items are absent. */
  get(id: string): Row | undefined;
  /** Stages a new version or a new item. @throws Refusal 409 on a unique key, 400 on a bad ttl */
  put(body: JsonObject, bytes: number): Row;
  drop(row: Row): void;
  commit(journal: Journal): void;
};

export const begin = (container: Container, key: KeyPart[]): Transaction => {
  const partition = partitionOf(container, key);
  const seconds = nowSeconds(container);
  const steps: Step[] = [];
  const staged = new Map<string, Row | undefined>();
  let { lsn, itemNumber } = container;

  const drop = (row: Row) => {
    lsn += 1;
    steps.push({ drop: row, lsn });
    staged.set(row.id, undefined);
  };

  const stored = (id: string) => (staged.has(id) ? staged.get(id) : partition.items.get(id));

  return {
    key,
    get: (id) => {
      const row = stored(id);
      return row && isExpired(row, seconds) ? undefined : row;
    },
    put: (body, bytes) => {
      const expiresAtSeconds = expiryOf(body, seconds, container.definition.defaultTtlSeconds);
      for (const holder of uniqueHolders(container, partition, staged, body)) {
        if (!isExpired(holder, seconds)) throw uniqueConflict();
        drop(holder);
      }
      let before = stored(body.id as string);
      if (before && isExpired(before, seconds)) {
        drop(before);
        before = undefined;
      }
      if (!before) itemNumber += 1;
      const fields = { body, bytes, partition, lsn: (lsn += 1), tsSeconds: seconds, expiresAtSeconds };
      const row = new Row({ ...fields, itemNumber: before?.itemNumber ?? itemNumber });
      steps.push({ put: row });
      staged.set(row.id, row);
      return row;
    },
    drop,
    commit: (journal) => {
      if (steps.length === 0) return;
      journal.append(toRecord(container.lsn + 1, seconds, key, steps));
      for (const step of steps)
        if ('put' in step) place(container, step.put);
        else displace(container, step.drop, step.lsn);
      for (const listener of container.listeners) listener();
    },
  };
};

/** Other items that hold a unique value of this body. */
function* uniqueHolders(
  container: Container,
  partition: Partition,
  staged: ReadonlyMap<string, Row | undefined>,
  body: JsonObject,
): Generator<Row> {
  if (!partition.unique) return;
  const texts = uniqueTexts(body, container.definition);
  for (const text of texts) {
    const holder = partition.unique.get(text);
    if (holder && holder.id !== body.id && !staged.has(holder.id)) yield holder;
  }
  for (const row of staged.values())
    if (
      row &&
      row.id !== body.id &&
      uniqueTexts(row.body, container.definition).some((text) => texts.includes(text))
    )
      yield row;
}

const uniqueConflict = (): Refusal =>
  new Refusal(409, 'Unique index constraint violation: another item of this partition has these values');

const toRecord = (
  lsn: number,
  ts: number,
  key: readonly KeyPart[],
  steps: readonly Step[],
): CommitRecord => ({
  lsn,
  ts,
  key: key.map((part) => (part === undefined ? {} : part)),
  steps: steps.map((step): StepRecord =>
    'put' in step ? [step.put.itemNumber, step.put.body] : [step.drop.id],
  ),
});
