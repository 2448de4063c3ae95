/**
 * Which rows a query may have to look at: by key header, range, or keys that WHERE pins.
 * From: request headers and the compiled query. Next: `query-pages.ts` walks the rows in a stable order.
 */
import type { HttpCall } from '../../kit/http-service.ts';
import { badRequest } from '../refusal.ts';
import type { Json } from '../sql/types.ts';
import { isExpired, nowSeconds, type Container } from '../store/container.ts';
import { effectiveKey } from '../store/epk.ts';
import { keyText, parseKey, type KeyPart } from '../store/partition-key.ts';
import { liesIn, rangeById, rangesTouched, wholeRange, type KeyRange } from '../store/ranges.ts';
import type { Partition, Row } from '../store/row.ts';

export type Pinned = { path: string[]; values: Json[] }[];

export type Scope = {
  /** In the order of ordinals. */
  partitions: Iterable<Partition>;
  /** When WHERE pins `id` under a key or a part of one: the only ids that can match. */
  ids: string[] | undefined;
  /** Physical ranges this request visits. */
  ranges: number;
  /** True when neither headers nor WHERE keep the query to one logical partition or one range. */
  crossPartition: boolean;
  /** The one whole key WHERE pins, as an effective key. */
  pinnedEpk: string | undefined;
};

const mostPinnedKeys = 100;

/** @throws Refusal 400 when the headers name a key or range that cannot be. */
export const scopeOf = (
  container: Container,
  ranges: readonly KeyRange[],
  { headers }: HttpCall,
  pinned: Pinned,
): Scope => {
  const paths = container.definition.keys;
  const header = headers['x-ms-documentdb-partitionkey'];
  const ids = pinnedIds(pinned);
  if (header !== undefined) {
    const key = parseKey(header, paths);
    const whole = key.length === paths.length;
    const span = prefixSpan(key);
    return {
      partitions: partitionsUnder(container, key),
      ids,
      ranges: whole ? 1 : rangesTouched(ranges, span),
      crossPartition: false,
      pinnedEpk: undefined,
    };
  }
  const range = rangeOf(ranges, headers);
  const keys = pinnedKeys(pinned, paths);
  const whole = keys?.every((key) => key.length === paths.length) ?? false;
  const one = whole && keys?.length === 1 ? effectiveKey(keys[0]!) : undefined;
  return {
    partitions: within(keys ? underAll(container, keys) : container.partitions.values(), range),
    ids: whole ? ids : undefined,
    ranges: one === undefined ? rangesTouched(ranges, range) : 1,
    crossPartition: headers['x-ms-documentdb-partitionkeyrangeid'] === undefined && one === undefined,
    pinnedEpk: one,
  };
};

/** The range of keys a request is restricted to. @throws Refusal 400 */
export const rangeOf = (ranges: readonly KeyRange[], headers: HttpCall['headers']): KeyRange => {
  const id = headers['x-ms-documentdb-partitionkeyrangeid'];
  const range = id === undefined ? wholeRange : rangeById(ranges, id);
  const [min, max] = [headers['x-ms-start-epk'] ?? range.min, headers['x-ms-end-epk'] ?? range.max];
  if (!/^[0-9A-Fa-f]*$/.test(min + max)) throw badRequest('A range of effective keys must be hexadecimal');
  return { id: range.id, min: min > range.min ? min : range.min, max: max < range.max ? max : range.max };
};

const prefixSpan = (key: readonly KeyPart[]): KeyRange => {
  const min = effectiveKey(key);
  return { id: '', min, max: `${min}FF` };
};

function* within(partitions: Iterable<Partition>, range: KeyRange): Generator<Partition> {
  for (const partition of partitions) if (liesIn(partition, range)) yield partition;
}

/** The partition of a whole key, or all partitions under a prefix. */
export const partitionsUnder = (container: Container, key: readonly KeyPart[]): Partition[] => {
  if (key.length === container.definition.keys.length) {
    const one = container.partitions.get(keyText(key));
    return one ? [one] : [];
  }
  const siblings = [...(container.byFirstPart.get(keyText(key.slice(0, 1))) ?? [])];
  return siblings.filter((partition) => key.every((part, level) => partition.key[level] === part));
};

const underAll = (container: Container, keys: readonly KeyPart[][]): Partition[] => {
  const found = new Set(keys.flatMap((key) => partitionsUnder(container, key)));
  return [...found].toSorted((a, b) => a.ordinal - b.ordinal);
};

/** Every key, or leading part of it, that a matching item can have; undefined when WHERE does not say. */
const pinnedKeys = (pinned: Pinned, paths: readonly string[]): KeyPart[][] | undefined => {
  let keys: KeyPart[][] = [[]];
  for (const path of paths) {
    const values = pinned.find((one) => `/${one.path.join('/')}` === path)?.values.filter(isScalar);
    if (!values) break;
    keys = keys.flatMap((key) => values.map((value) => [...key, value]));
    if (keys.length > mostPinnedKeys) return undefined;
  }
  return keys[0]?.length === 0 ? undefined : keys;
};

const isScalar = (value: Json): value is Exclude<KeyPart, undefined> =>
  typeof value !== 'object' || value === null;

const pinnedIds = (pinned: Pinned): string[] | undefined =>
  distinct(
    pinned.find(({ path }) => path.join('/') === 'id')?.values.filter((value) => typeof value === 'string'),
  );

const distinct = (ids: string[] | undefined): string[] | undefined => ids && [...new Set(ids)];

/** The rows of a scope, expired ones left out; from `after` on when resuming. */
export function* rowsOf(
  container: Container,
  { partitions, ids }: Pick<Scope, 'partitions' | 'ids'>,
  from: { ordinal: number; itemNumber: number } = { ordinal: 0, itemNumber: 0 },
): Generator<Row> {
  const seconds = nowSeconds(container);
  for (const partition of partitions) {
    if (partition.ordinal < from.ordinal) continue;
    const first = partition.ordinal === from.ordinal ? from.itemNumber : 0;
    for (const row of ids ? byIds(partition, ids) : partition.items.values())
      if (row.itemNumber >= first && !isExpired(row, seconds)) yield row;
  }
}

const byIds = ({ items }: Partition, ids: readonly string[]): Row[] =>
  ids
    .map((id) => items.get(id))
    .filter((row) => row !== undefined)
    .toSorted((a, b) => a.itemNumber - b.itemNumber);
