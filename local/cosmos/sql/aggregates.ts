/**
 * COUNT, SUM, AVG, MIN and MAX over the rows of a group. Undefined arguments do not count.
 * From: `run.ts` adds the argument of each row. Next: the result takes the call's place in the answer.
 */
import type { AggregateName } from './function-table.ts';
import type { Value } from './values.ts';
import { compareValues } from './values.ts';

export type Tally = { add(value: Value): void; result(): Value };

const count = (): Tally => {
  let rows = 0;
  return {
    add: (value) => {
      if (value !== undefined) rows += 1;
    },
    result: () => rows,
  };
};

/** Anything that is no number spoils the sum for good: no value. */
const sumUp = (resultOf: (sum: number, rows: number) => Value) => (): Tally => {
  let sum = 0;
  let rows = 0;
  let spoilt = false;
  return {
    add: (value) => {
      if (value === undefined) return;
      rows += 1;
      if (typeof value === 'number') sum += value;
      else spoilt = true;
    },
    result: () => (spoilt ? undefined : resultOf(sum, rows)),
  };
};

/** `sign` 1 keeps the greatest, -1 the least, by the order of ORDER BY. */
const extreme = (sign: 1 | -1) => (): Tally => {
  let best: Value;
  return {
    add: (value) => {
      if (value === undefined) return;
      if (best === undefined || compareValues(value, best) * sign > 0) best = value;
    },
    result: () => best,
  };
};

/** A fresh tally per group and aggregate call. */
export const tallies: Record<AggregateName, () => Tally> = {
  COUNT: count,
  SUM: sumUp((sum) => sum),
  AVG: sumUp((sum, rows) => (rows === 0 ? undefined : sum / rows)),
  MIN: extreme(-1),
  MAX: extreme(1),
};
