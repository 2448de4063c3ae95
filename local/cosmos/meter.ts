/**
 * Counts calls and request units per operation and container, and throttles when told to.
 * From: every answer. Next: `counts()` of the service; 429 answers.
 */
export type Meter = {
  add(operation: string, container: string, charge: number): void;
  note(what: string): void;
  counts(): Record<string, number>;
  /** Milliseconds until the container may be asked again; 0 when it may. Always 0 without a limit. */
  waitMs(container: string): number;
};

type Bucket = { units: number; filledAtMs: number };

/** `throughputRUs` is request units a second per container, as a container's own throughput is. */
export const createMeter = (throughputRUs: number | undefined): Meter => {
  const counts: Record<string, number> = {};
  const buckets = new Map<string, Bucket>();

  const add = (name: string, amount: number) => {
    counts[name] = (counts[name] ?? 0) + amount;
  };

  const bucketOf = (container: string, limit: number): Bucket => {
    const nowMs = performance.now();
    const bucket = buckets.get(container) ?? { units: limit, filledAtMs: nowMs };
    bucket.units = Math.min(limit, bucket.units + ((nowMs - bucket.filledAtMs) / 1000) * limit);
    bucket.filledAtMs = nowMs;
    buckets.set(container, bucket);
    return bucket;
  };

  return {
    add: (operation, container, charge) => {
      const name = container === '' ? operation : `${operation} ${container}`;
      add(name, 1);
      if (charge > 0) add(`ru ${name}`, charge);
      if (throughputRUs !== undefined) bucketOf(container, throughputRUs).units -= charge;
    },
    note: (what) => add(what, 1),
    counts: () => Object.fromEntries(Object.entries(counts).map(([name, sum]) => [name, rounded(sum)])),
    waitMs: (container) => {
      if (throughputRUs === undefined) return 0;
      const { units } = bucketOf(container, throughputRUs);
      return units > 0 ? 0 : Math.ceil((-units / throughputRUs) * 1000) + 1;
    },
  };
};

/** Charges are told to the hundredth. */
const rounded = (sum: number): number => Math.round(sum * 100) / 100;
