/**
 * Request units by the size of an item, after Microsoft's published table.
 * From: sizes in bytes of the item's JSON. Next: `x-ms-request-charge` and the counts.
 * Between two sizes of the table the charge is interpolated, above 1 MB continued at the last slope.
 */
type Step = { kilobytes: number; read: number; write: number };

const table: Step[] = [
  { kilobytes: 1, read: 1, write: 4.95 },
  { kilobytes: 2, read: 1.04, write: 6.29 },
  { kilobytes: 4, read: 1.14, write: 6.67 },
  { kilobytes: 8, read: 1.33, write: 7.04 },
  { kilobytes: 16, read: 1.67, write: 9.52 },
  { kilobytes: 32, read: 2.19, write: 11.23 },
  { kilobytes: 64, read: 4.76, write: 22.67 },
  { kilobytes: 128, read: 9.95, write: 48.19 },
  { kilobytes: 256, read: 20.28, write: 98.29 },
  { kilobytes: 1024, read: 145.9, write: 625 },
];

/** What a query costs before it has looked at anything, once per physical range it visits. */
export const queryBaseCharge = 2.3;
/** What a refused operation or a read of an absent item costs. */
export const missCharge = 1;
/** An empty read of the change feed costs about as much as a point read. */
export const emptyFeedCharge = 1;

/**
 * The part of an item's point-read charge that a query or a feed pays for it. A query whose filters are
 * indexed pays for what it returns; one with an unindexed filter pays for every item it had to look at.
 */
const shareOfRead = 0.05;

export const readCharge = (bytes: number): number => interpolate(bytes, 'read');

/** Create, replace, upsert, patch and delete alike; for a delete the size of what went. */
export const writeCharge = (bytes: number): number => interpolate(bytes, 'write');

export const lookCharge = (bytes: number): number => shareOfRead * interpolate(bytes, 'read');

const interpolate = (bytes: number, column: 'read' | 'write'): number => {
  const kilobytes = bytes / 1024;
  const first = table[0]!;
  if (kilobytes <= first.kilobytes) return first[column];
  const above = table.findIndex((step) => kilobytes <= step.kilobytes);
  const high = above < 0 ? table.length - 1 : above;
  const [from, to] = [table[high - 1]!, table[high]!];
  const slope = (to[column] - from[column]) / (to.kilobytes - from.kilobytes);
  return from[column] + slope * (kilobytes - from.kilobytes);
};
