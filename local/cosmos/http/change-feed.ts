/**
 * Pages of the change feed: latest versions after a write number, in the order of writes.
 * From: GET of the documents with `a-im: Incremental Feed`; `if-none-match` carries the write number
 * (`*` = from now), `if-modified-since` a time, key and range headers the part of the container.
 * Next: 200 with documents or 304, always with the etag to go on from.
 */
import type { HttpCall } from '../../kit/http-service.ts';
import { emptyFeedCharge, lookCharge } from '../charges.ts';
import { badRequest } from '../refusal.ts';
import { writtenAfter } from '../store/change-feed.ts';
import { isExpired, nowSeconds, type Container } from '../store/container.ts';
import { parseKey } from '../store/partition-key.ts';
import { liesIn } from '../store/ranges.ts';
import type { Row } from '../store/row.ts';
import { longestPageBytes, pageSize } from './bodies.ts';
import type { OpenDatabase, Reply } from './open-database.ts';
import { partitionsUnder, rangeOf } from './query-scope.ts';

export const answerFeed = ({ ranges }: OpenDatabase, container: Container, call: HttpCall): Reply => {
  const { headers } = call;
  if (headers['a-im'] !== 'Incremental Feed')
    throw badRequest(
      `Change feed mode ${headers['a-im']} is not part of the local Cosmos DB: only Incremental Feed is`,
    );
  const after = startOf(headers['if-none-match'], container);
  const sinceMs = timeOf(headers['if-modified-since']);
  const seconds = nowSeconds(container);
  const size = pageSize(call);
  const texts: string[] = [];
  let etag = container.lsn;
  let [bytes, charge, last] = [0, 0, after];
  for (const row of rowsInScope(ranges, container, headers, after)) {
    if (isExpired(row, seconds) || row.tsSeconds * 1000 < sinceMs) continue;
    const text = `${row.json().slice(0, -1)},"_lsn":${row.lsn}}`;
    bytes += text.length;
    if (texts.length >= size || (bytes > longestPageBytes && texts.length > 0)) {
      etag = last;
      break;
    }
    texts.push(text);
    charge += lookCharge(row.bytes);
    last = row.lsn;
  }
  return {
    status: texts.length === 0 ? 304 : 200,
    body: `{"_rid":"${container.ids.rid}","Documents":[${texts.join(',')}],"_count":${texts.length}}`,
    headers: { etag: `"${etag}"`, 'x-ms-item-count': String(texts.length) },
    charge: Math.max(charge, emptyFeedCharge),
    operation: 'feed',
  };
};

const timeOf = (since: string | undefined): number => {
  const atMs = since === undefined ? -Infinity : Date.parse(since);
  if (Number.isNaN(atMs)) throw badRequest(`If-Modified-Since ${since} is not a time`);
  return atMs;
};

const startOf = (etag: string | undefined, { lsn }: Container): number => {
  if (etag === undefined) return 0;
  if (etag === '*') return lsn;
  const match = /^"?(\d{1,15})"?$/.exec(etag);
  if (!match) throw badRequest(`If-None-Match ${etag} is not an etag of this change feed`);
  return Number(match[1]);
};

/** A partition's own rows are sorted; anything wider is picked out of the container's feed. */
function* rowsInScope(
  ranges: OpenDatabase['ranges'],
  container: Container,
  headers: HttpCall['headers'],
  after: number,
): Generator<Row> {
  const header = headers['x-ms-documentdb-partitionkey'];
  if (header !== undefined) {
    const partitions = partitionsUnder(container, parseKey(header, container.definition.keys));
    const rows = partitions.flatMap(({ items }) => [...items.values()].filter((row) => row.lsn > after));
    return yield* rows.toSorted((a, b) => a.lsn - b.lsn);
  }
  const range = rangeOf(ranges, headers);
  for (const row of writtenAfter(container, after)) if (liesIn(row.partition, range)) yield row;
}
