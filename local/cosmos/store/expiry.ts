/**
 * Takes expired items out of memory and the journal. Readers never see an expired item anyway, so this
 * sweeps when it is cheap (every few real seconds and after a jump of the business clock), not to the second.
 * From: the TTL of rows. Next: removals in the journal.
 */
import type { Journal } from '../../kit/journal.ts';
import { nowSeconds, type Container } from './container.ts';
import type { Row } from './row.ts';
import { begin } from './transaction.ts';

export const sweepEveryMs = 5_000;

export const sweepExpired = (container: Container, journal: Journal): void => {
  const seconds = nowSeconds(container);
  for (const [endSecond, rows] of container.expiring) {
    if (endSecond > seconds) continue;
    for (const row of rows) remove(container, journal, row);
  }
};

const remove = (container: Container, journal: Journal, row: Row): void => {
  const transaction = begin(container, row.partition.key);
  transaction.drop(row);
  transaction.commit(journal);
};
