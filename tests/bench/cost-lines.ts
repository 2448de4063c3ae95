/**
 * Lines of what reads cost in request units, small ledger beside large, and the meter that counts them.
 * From: benches of reads. Next: the bench table.
 */
import type { BenchLine } from './kit.ts';

export type Meter = { units: () => number; charged: (operation: string, requestUnits: number) => void };

export const newMeter = (): Meter => {
  let spent = 0;
  return {
    units: () => {
      const units = spent;
      spent = 0;
      return units;
    },
    charged: (_operation, requestUnits) => void (spent += requestUnits),
  };
};

/** What costs nothing at all stays so. */
const ratioOf = (large: number, small: number): number =>
  small === 0 ? (large === 0 ? 1 : 99) : large / small;

/** A figure with its target, and its ratio to that of 10k invoices; of the page, to that beside ten accounts. */
export const linesOf = (job: string, small: number, large: number, most: number | undefined): BenchLine[] => [
  {
    ...{ job, figure: large, unit: 'RU', limit: small },
    ...(most === undefined ? {} : { target: `≤ ${most}`, met: large <= most }),
  },
  {
    job: `${job}, to that of 10k`,
    figure: ratioOf(large, small),
    unit: 'ratio',
    target: '≤ 1.2',
    met: ratioOf(large, small) <= 1.2,
  },
];
