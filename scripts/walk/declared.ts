/**
 * What a snapshot must come to, as declared in a file beside it.
 * From: `YYYY-MM-DD.json`. Next: `rows` and `controlSums` of its upload, in minor units.
 */
import { z } from 'zod';
import { decimalsOf } from '../../shared/domain/currencies.ts';
import { amountReader } from '../../shared/domain/amount-text.ts';
import { plainAmountStyle } from '../../shared/domain/amount-style.ts';

/** A whole number is minor units; a text such as `1234.50` is an amount. */
const shape = z.looseObject({
  rows: z.int().min(0).optional(),
  sums: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});

/** @throws when it is not such a file, or a sum is none of its currency. */
export const declaredBeside = (text: string): { rows?: number; sums?: Record<string, number> } => {
  const { rows, sums } = shape.parse(JSON.parse(text));
  return {
    ...(rows === undefined ? {} : { rows }),
    ...(sums === undefined
      ? {}
      : { sums: Object.fromEntries(Object.entries(sums).map(([code, sum]) => [code, minorOf(code, sum)])) }),
  };
};

const minorOf = (currency: string, sum: number | string): number => {
  if (typeof sum === 'number' && Number.isSafeInteger(sum)) return sum;
  const decimals = decimalsOf(currency);
  if (!decimals.ok) throw new Error(decimals.detail);
  const minor = amountReader(plainAmountStyle, decimals.value)(String(sum));
  if (!minor.ok) throw new Error(`sum of ${currency}: ${minor.detail}`);
  return minor.value;
};
