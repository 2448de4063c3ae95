/**
 * One container in memory: partitions of rows, the feed of their writes, what expires when.
 * From: `transaction.ts` commits into it, `container-journal.ts` replays into it.
 * Next: HTTP reads items, the query part scans rows, the feed part walks writes.
 */
import type { ContainerTopology } from '../../../shared/contracts/topology.ts';
import { appendToFeed } from './change-feed.ts';
import { keyText, type KeyPart } from './partition-key.ts';
import type { ContainerIds } from './rid.ts';
import type { Partition, Row } from './row.ts';
import { forgetUnique, rememberUnique } from './unique-keys.ts';

export type Container = {
  name: string;
  database: string;
  definition: ContainerTopology;
  ids: ContainerIds;
  /** By key text, in the order of ordinals. */
  partitions: Map<string, Partition>;
  /** Hierarchical keys only: the partitions under each first level. */
  byFirstPart: Map<string, Set<Partition>>;
  /** The last write's number and the last new item's number. */
  lsn: number;
  itemNumber: number;
  liveItems: number;
  /** Rows in the order of their writes; rows no longer live are skipped and now and then dropped. */
  feed: Row[];
  /** By the second in which they end. */
  expiring: Map<number, Set<Row>>;
  /** Called after each commit. */
  listeners: Set<() => void>;
  nowMs: () => number;
};

export const createContainer = (
  identity: Pick<Container, 'name' | 'database' | 'definition' | 'ids' | 'nowMs'>,
): Container => ({
  ...identity,
  partitions: new Map(),
  byFirstPart: new Map(),
  lsn: 0,
  itemNumber: 0,
  liveItems: 0,
  feed: [],
  expiring: new Map(),
  listeners: new Set(),
});

export const nowSeconds = (container: Container): number => Math.floor(container.nowMs() / 1000);

/** Whether the business clock has passed the row's TTL. */
export const isExpired = (row: Row, seconds: number): boolean => row.expiresAtSeconds <= seconds;

/** The partition of a whole key: the stored one, or a new one not yet attached. */
export const partitionOf = (container: Container, key: KeyPart[]): Partition => {
  const text = keyText(key);
  const { ids, definition } = container;
  const unique = definition.uniqueKeys.length > 0 ? new Map<string, Row>() : undefined;
  return (
    container.partitions.get(text) ?? {
      key,
      keyText: text,
      ids,
      ordinal: 0,
      items: new Map<string, Row>(),
      unique,
      epk: undefined,
    }
  );
};

/** Puts a row where its predecessor was, or last in its partition. */
export const place = (container: Container, row: Row, ordinal = row.itemNumber): void => {
  const { partition } = row;
  if (partition.items.size === 0) attach(container, partition, ordinal);
  const before = partition.items.get(row.id);
  if (before) {
    before.live = false;
    forgetUnique(before, container.definition);
    forgetExpiry(container, before);
  } else container.liveItems += 1;
  partition.items.set(row.id, row);
  rememberUnique(row, container.definition);
  container.lsn = Math.max(container.lsn, row.lsn);
  container.itemNumber = Math.max(container.itemNumber, row.itemNumber);
  appendToFeed(container, row);
  if (row.expiresAtSeconds !== Infinity) expireLater(container, row);
};

/** Takes a row away; `lsn` is the number of the delete. */
export const displace = (container: Container, row: Row, lsn: number): void => {
  const { partition } = row;
  row.live = false;
  partition.items.delete(row.id);
  forgetUnique(row, container.definition);
  forgetExpiry(container, row);
  container.liveItems -= 1;
  container.lsn = Math.max(container.lsn, lsn);
  if (partition.items.size === 0) detach(container, partition);
};

const attach = (container: Container, partition: Partition, ordinal: number): void => {
  partition.ordinal = ordinal;
  container.partitions.set(partition.keyText, partition);
  if (partition.key.length < 2) return;
  const first = keyText(partition.key.slice(0, 1));
  const siblings = container.byFirstPart.get(first);
  if (siblings) siblings.add(partition);
  else container.byFirstPart.set(first, new Set([partition]));
};

const detach = (container: Container, partition: Partition): void => {
  container.partitions.delete(partition.keyText);
  const first = keyText(partition.key.slice(0, 1));
  const siblings = container.byFirstPart.get(first);
  siblings?.delete(partition);
  if (siblings?.size === 0) container.byFirstPart.delete(first);
};

const expireLater = (container: Container, row: Row): void => {
  const others = container.expiring.get(row.expiresAtSeconds);
  if (others) others.add(row);
  else container.expiring.set(row.expiresAtSeconds, new Set([row]));
};

/** A version that is past would otherwise stay in memory until its second comes, perhaps for months. */
const forgetExpiry = ({ expiring }: Container, row: Row): void => {
  const others = expiring.get(row.expiresAtSeconds);
  others?.delete(row);
  if (others?.size === 0) expiring.delete(row.expiresAtSeconds);
};
