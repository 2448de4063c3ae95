/**
 * What the stores of feeds share: an empty company, an arrival noted.
 * From: the stores, on Cosmos and in memory. Next: `feed-store.ts`.
 */
import { forgiveGaps, type Arrival, type Arrived } from '../domain/freshness.ts';
import type { CompanyFeeds } from './feed-store.ts';

export const noCompanyFeeds = (companyId: string): CompanyFeeds => ({ companyId, scopes: {}, arrivals: [] });

/** The company with the file noted; the very same value when it tells nothing new. */
export const withArrival = (
  before: CompanyFeeds,
  file: Arrived,
  arrive: (known: Arrival | undefined, file: Arrived) => Arrival,
): CompanyFeeds => {
  const isSame = (one: Arrival) => one.kind === file.kind && one.source === file.source;
  const known = before.arrivals.find(isSame);
  const next = arrive(known, file);
  if (JSON.stringify(next) === JSON.stringify(known)) return before;
  const others = before.arrivals
    .filter((one) => !isSame(one))
    .map((one) => (file.kind === 'snapshot' && one.kind === 'delta' ? forgiveGaps(one) : one));
  return { ...before, arrivals: [...others, next].toSorted(byName) };
};

const byName = (a: Arrival, b: Arrival): number =>
  `${a.kind} ${a.source}` < `${b.kind} ${b.source}` ? -1 : 1;
