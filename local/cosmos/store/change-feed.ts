/**
 * The change feed: the latest version of each item, in the order of writes. Deletes leave no trace,
 * as in the service's latest-version mode.
 * From: every committed row. Next: `http/change-feed.ts` pages it.
 */
import type { Container } from './container.ts';
import type { Row } from './row.ts';

/** Stale entries are dropped once they outnumber the live ones and this. */
const slack = 4096;

export const appendToFeed = (container: Container, row: Row): void => {
  container.feed.push(row);
  if (container.feed.length > 2 * container.liveItems + slack)
    container.feed = container.feed.filter((entry) => entry.live);
};

/** Live rows written after `lsn`, oldest first. */
export function* writtenAfter(container: Container, lsn: number): Generator<Row> {
  const { feed } = container;
  for (let at = firstAfter(feed, lsn); at < feed.length; at += 1) if (feed[at]!.live) yield feed[at]!;
}

const firstAfter = (feed: readonly Row[], lsn: number): number => {
  let [low, high] = [0, feed.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (feed[middle]!.lsn > lsn) high = middle;
    else low = middle + 1;
  }
  return low;
};
