/**
 * Numbers and days of the demo company: the same for the same seed, on every machine.
 * From: a seed. Next: `world.ts` and its neighbours. Amounts are whole minor units, days ISO text.
 */

export type Numbers = {
  /** A whole number from 0, below the bound. */
  below(bound: number): number;
  /** A whole number between the two, both included. */
  between(least: number, most: number): number;
  oneOf<Value>(values: readonly Value[]): Value;
  /** Shares that are far apart, as sums of invoices are; above 0. */
  share(): number;
};

export const numbersFrom = (seed: number): Numbers => {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    oneOf: (values) => values[below(values.length)]!,
    share: () => 0.25 + next() ** 3 * 4,
  };
};

const dayMs = 86_400_000;

export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);
export const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;
export const isWeekend = (day: string): boolean => [0, 6].includes(new Date(day).getUTCDay());
export const endOfMonth = (day: string): string => {
  const date = new Date(day);
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
};

/** Parts by their shares whose sum is the whole, to the cent; each is at least 1. */
export const divided = (whole: number, shares: readonly number[]): number[] => {
  const all = shares.reduce((sum, share) => sum + share, 0);
  const parts = shares.map((share) => Math.max(1, Math.floor((whole * share) / all)));
  const rest = whole - parts.reduce((sum, part) => sum + part, 0);
  parts[0] = (parts[0] ?? 0) + rest;
  return parts;
};
