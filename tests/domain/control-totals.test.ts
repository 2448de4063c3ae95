/** What a file says of itself against what was read of it: to the row, to the cent, in every currency of both. */
import { describe, expect, it } from 'vitest';
import { addSums, controlTotalsDiffer } from '../../shared/domain/control-totals.ts';
import type { Sums } from '../../shared/domain/imports.ts';
import { money } from '../support/account-examples.ts';

const sums = (of: Record<string, number>): Sums =>
  Object.fromEntries(Object.entries(of).map(([currency, amount]) => [currency, money(amount)]));
const codeOf = (
  declared: { rows?: number; sums?: Record<string, number> },
  read: Record<string, number>,
  rejected = 0,
): string | undefined =>
  controlTotalsDiffer({
    declared: {
      ...(declared.rows === undefined ? {} : { rows: declared.rows }),
      ...(declared.sums === undefined ? {} : { sums: sums(declared.sums) }),
    },
    counts: { rows: 3, accepted: 3 - rejected, rejected, repeated: 0 },
    readSums: sums(read),
  })?.code;

describe('control totals', () => {
  it.each<[string, Parameters<typeof codeOf>[0], Record<string, number>, number]>([
    ['the very rows and sums', { rows: 3, sums: { EUR: 100 } }, { EUR: 100 }, 0],
    ['nothing declared', {}, { EUR: 100 }, 0],
    ['a currency of nothing', { sums: { EUR: 100, USD: 0 } }, { EUR: 100 }, 0],
    ['sums beside rows nobody could read, all rows there', { rows: 3, sums: { EUR: 100 } }, { EUR: 60 }, 1],
  ])('%s: they agree', (_what, declared, read, rejected) => {
    expect(codeOf(declared, read, rejected)).toBeUndefined();
  });

  it.each<[string, Parameters<typeof codeOf>[0], Record<string, number>, number]>([
    ['a cent less', { sums: { EUR: 100 } }, { EUR: 99 }, 0],
    ['a cent more', { sums: { EUR: 100 } }, { EUR: 101 }, 0],
    ['a currency nobody declared', { sums: { EUR: 100 } }, { EUR: 100, USD: 5 }, 0],
    ['a currency that is not there', { sums: { EUR: 100, USD: 5 } }, { EUR: 100 }, 0],
    ['another sign', { sums: { EUR: 100 } }, { EUR: -100 }, 0],
    ['a row less', { rows: 4 }, {}, 0],
    ['a row more', { rows: 2 }, {}, 0],
    ['a row less beside one nobody could read', { rows: 4, sums: { EUR: 100 } }, { EUR: 60 }, 1],
  ])('%s: they differ', (_what, declared, read, rejected) => {
    expect(codeOf(declared, read, rejected)).toBe('control-total-mismatch');
  });

  it('sums are added currency by currency, and never beyond what is exact', () => {
    expect(addSums(sums({ EUR: 1 }), sums({ EUR: 2, USD: 3 }))).toEqual({ EUR: 3, USD: 3 });
    const most = sums({ EUR: Number.MAX_SAFE_INTEGER });
    expect(() => addSums(most, sums({ EUR: 1 }))).toThrow(RangeError);
  });
});
