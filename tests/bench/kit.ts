/**
 * What a bench hands over: one line per figure, printed with its target and the limit measured beside it.
 * From: `tests/bench/**`. Next: `tests/bench/main.ts` prints the table.
 */
export type BenchLine = {
  /** What was done, in a few words: `load 100k documents by batches`. */
  job: string;
  figure: number;
  /** `documents/s`, `ms p99`, `µs`, `ratio`, `MB`. */
  unit: string;
  /** What it should reach, as a person writes it: `≥ 20,000`. */
  target?: string;
  /** Whether the figure reaches the target. */
  met?: boolean;
  /** The bare limit measured in the same run, in the same unit. */
  limit?: number;
};

export type Bench = { name: string; run(): Promise<BenchLine[]> };

/** Milliseconds `work` took, by the real clock. */
export const timedMs = async (work: () => unknown): Promise<number> => {
  const startedAtMs = performance.now();
  await work();
  return performance.now() - startedAtMs;
};

/** The value below which `share` (0 to 1) of the values lie. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
