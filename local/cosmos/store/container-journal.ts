/**
 * How a container survives: one record per commit, replayed at start, compacted when mostly history.
 * From: the journal file of the container. Next: the container in memory, with the same item numbers,
 * write numbers, etags and order as before.
 */
import { DamagedState, memoryJournal, openJournal, type Journal } from '../../kit/journal.ts';
import type { JsonObject } from '../sql/types.ts';
import { displace, partitionOf, place, type Container } from './container.ts';
import { expiryOf } from './item-rules.ts';
import type { KeyPart } from './partition-key.ts';
import { Row, type Partition } from './row.ts';
import type { CommitRecord } from './transaction.ts';

type HeadRecord = { keys: readonly string[]; lsn: number; itemNumber: number };
type RowRecord = {
  row: [itemNumber: number, lsn: number, ts: number, ordinal: number, body: JsonObject];
  key: CommitRecord['key'];
};
type AnyRecord = HeadRecord | RowRecord | CommitRecord;

/** Lines of history beside the live items that a start leaves alone. */
const defaultSlackLines = 10_000;

/** Opens the container's file and replays it. @throws DamagedState */
export const openContainerJournal = (
  container: Container,
  file: string | undefined,
  slackLines = defaultSlackLines,
): Journal => {
  if (file === undefined) return memoryJournal();
  const journal = openJournal(file, (record: AnyRecord) => replay(container, file, record));
  restoreOrder(container);
  if (journal.lines() === 0) journal.append(headOf(container));
  if (journal.lines() > 2 * container.liveItems + slackLines) journal.rewrite(snapshot(container));
  return journal;
};

const replay = (container: Container, file: string, record: AnyRecord): void => {
  if ('keys' in record) return replayHead(container, file, record);
  if ('row' in record) return replayRow(container, record);
  const partition = partitionOf(container, toKey(record.key));
  for (const [index, step] of record.steps.entries()) {
    const lsn = record.lsn + index;
    if (step.length === 2)
      placeRow(container, partition, step[1], { itemNumber: step[0], lsn, ts: record.ts });
    else displace(container, partition.items.get(step[0])!, lsn);
  }
};

const replayHead = (container: Container, file: string, { keys, lsn, itemNumber }: HeadRecord): void => {
  const wanted = container.definition.keys;
  if (keys.join() !== wanted.join())
    throw new DamagedState(file, 1, `its partition key was ${keys.join()} and is ${wanted.join()} now`);
  container.lsn = lsn;
  container.itemNumber = itemNumber;
};

const replayRow = (container: Container, { row, key }: RowRecord): void => {
  const [itemNumber, lsn, ts, ordinal, body] = row;
  placeRow(container, partitionOf(container, toKey(key)), body, { itemNumber, lsn, ts }, ordinal);
};

const placeRow = (
  container: Container,
  partition: Partition,
  body: JsonObject,
  { itemNumber, lsn, ts: tsSeconds }: { itemNumber: number; lsn: number; ts: number },
  ordinal = itemNumber,
): void => {
  const expiresAtSeconds = expiryOf(body, tsSeconds, container.definition.defaultTtlSeconds);
  const bytes = Buffer.byteLength(JSON.stringify(body));
  place(
    container,
    new Row({ body, bytes, partition, itemNumber, lsn, tsSeconds, expiresAtSeconds }),
    ordinal,
  );
};

const toKey = (key: CommitRecord['key']): KeyPart[] =>
  key.map((part) => (typeof part === 'object' && part !== null ? undefined : part));

const fromKey = (key: readonly KeyPart[]): CommitRecord['key'] =>
  key.map((part) => (part === undefined ? {} : part));

const headOf = ({ definition, lsn, itemNumber }: Container): HeadRecord => ({
  keys: definition.keys,
  lsn,
  itemNumber,
});

/** Live rows in the order of their writes, so that the feed is rebuilt as it was. */
function* snapshot(container: Container): Generator<AnyRecord> {
  yield headOf(container);
  for (const { live, itemNumber, lsn, tsSeconds, partition, body } of container.feed)
    if (live)
      yield { row: [itemNumber, lsn, tsSeconds, partition.ordinal, body], key: fromKey(partition.key) };
}

/** A snapshot comes in write order; pages need partitions by ordinal and items by number. */
const restoreOrder = (container: Container): void => {
  for (const partition of container.partitions.values())
    partition.items = sorted(partition.items, (row) => row.itemNumber);
  container.partitions = sorted(container.partitions, (partition) => partition.ordinal);
  for (const [first, siblings] of container.byFirstPart)
    container.byFirstPart.set(first, new Set([...siblings].toSorted((a, b) => a.ordinal - b.ordinal)));
};

const sorted = <T>(map: Map<string, T>, rank: (value: T) => number): Map<string, T> => {
  let last = -1;
  for (const value of map.values()) {
    if (rank(value) < last) return new Map([...map].toSorted(([, a], [, b]) => rank(a) - rank(b)));
    last = rank(value);
  }
  return map;
};
