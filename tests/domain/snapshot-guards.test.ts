/** The guards of a snapshot at their borders: one more is one too many. */
import { describe, expect, it } from 'vitest';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { Manifest } from '../../shared/domain/manifest.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { guardSnapshot, type Guarded } from '../../shared/domain/snapshot-guards.ts';

type Facts = Pick<ImportDocument, 'asOf' | 'scope' | 'declared' | 'counts' | 'sums' | 'readSums'>;

const asOf = '2026-11-21T05:00:00Z';
const before = (rows: number, cents: number): Manifest => ({
  ...{ importId: 'one', asOf: '2026-11-20T05:00:00Z', rows, items: { EUR: rows }, buckets: 1 },
  ...{ sums: { EUR: amountOf(cents) }, guardedAt: asOf, acceptedAt: asOf },
});
const facts = (accepted: number, cents: number, rejected = 0, more: Partial<Facts> = {}): Facts => ({
  ...{ asOf, scope: {}, declared: {}, sums: { EUR: amountOf(cents) } },
  counts: { rows: accepted + rejected, accepted, rejected, repeated: 0 },
  ...more,
});
const said = (guarded: Guarded): string => ('code' in guarded ? `${guarded.is} ${guarded.code}` : guarded.is);
const guard = (now: Facts, last?: Manifest): string => said(guardSnapshot(now, last, 'erpLed', false));

describe('a fall', () => {
  it('of 20 % of 1,000 items passes, one more is held', () => {
    expect(guard(facts(800, 100_000), before(1_000, 100_000))).toBe('passed');
    expect(guard(facts(799, 100_000), before(1_000, 100_000))).toBe('held snapshot-shrank');
  });

  it('of 50 items passes whatever their share, 51 are held', () => {
    expect(guard(facts(10, 100), before(60, 100))).toBe('passed');
    expect(guard(facts(9, 100), before(60, 100))).toBe('held snapshot-shrank');
  });

  it('of 20 % of the sum passes, one cent more is held', () => {
    expect(guard(facts(1_000, 80_000), before(1_000, 100_000))).toBe('passed');
    expect(guard(facts(1_000, 79_999), before(1_000, 100_000))).toBe('held snapshot-shrank');
  });

  it('of the sum of 50 items passes, of 51 it is held', () => {
    expect(guard(facts(50, 1), before(50, 100_000))).toBe('passed');
    expect(guard(facts(51, 1), before(51, 100_000))).toBe('held snapshot-shrank');
  });

  it('of one currency is held though another one grew', () => {
    const last = { ...before(200, 100_000), items: { EUR: 100, USD: 100 } };
    const sums = { EUR: amountOf(900_000), USD: amountOf(10) };
    const then = { ...last, sums: { EUR: amountOf(100_000), USD: amountOf(100_000) } };
    expect(guard(facts(200, 0, 0, { sums }), then)).toBe('held snapshot-shrank');
  });

  it('lets through what a person released, but not what is wrong in itself', () => {
    const [fallen, last] = [facts(100, 1), before(1_000, 100_000)];
    expect(said(guardSnapshot(fallen, last, 'erpLed', true))).toBe('passed');
    const short = { ...fallen, declared: { rows: 101 } };
    expect(said(guardSnapshot(short, last, 'erpLed', true))).toBe('refused control-total-mismatch');
  });
});

describe('refused rows', () => {
  it('up to 10 pass in a small file, 11 are held', () => {
    expect(guard(facts(5, 100, 10))).toBe('passed');
    expect(guard(facts(5, 100, 11))).toBe('held too-many-rejects');
  });

  it('up to 2 % of 1,000 rows pass, one more is held', () => {
    expect(guard(facts(980, 100, 20))).toBe('passed');
    expect(guard(facts(979, 100, 21))).toBe('held too-many-rejects');
  });
});

describe('what a file declares', () => {
  const declared = { rows: 3, sums: { EUR: amountOf(300) } };
  const repeated = { rows: 3, accepted: 2, rejected: 0, repeated: 1 };

  it('counts its repeated rows and their amounts, as checking does', () => {
    const now = facts(2, 200, 0, { declared, counts: repeated, readSums: { EUR: amountOf(300) } });
    expect(guard(now)).toBe('passed');
  });

  it('is not met by a file cut short, with and without repeated rows', () => {
    const cut = { ...repeated, rows: 2, accepted: 1 };
    const readSums = { EUR: amountOf(200) };
    expect(guard(facts(1, 100, 0, { declared, counts: cut, readSums }))).toBe(
      'refused control-total-mismatch',
    );
    expect(guard(facts(2, 200, 0, { declared }))).toBe('refused control-total-mismatch');
  });

  it('is held against the cent in every currency it names or has', () => {
    const sums = { EUR: amountOf(300), USD: amountOf(1) };
    expect(guard(facts(3, 0, 0, { declared, sums }))).toBe('refused control-total-mismatch');
    expect(guard(facts(3, 300, 0, { declared }))).toBe('passed');
  });
});

describe('a snapshot', () => {
  it('as of the same instant as the accepted one, in any spelling, is older', () => {
    const same = facts(10, 100, 0, { asOf: '2026-11-20T06:00:00+01:00' });
    expect(guard(same, before(10, 100))).toBe('refused snapshot-older');
    expect(guard(facts(10, 100, 0, { asOf: '2026-11-20T05:00:00.001Z' }), before(10, 100))).toBe('passed');
  });

  it('of a range without rows says nothing; of the company it says that nothing is open', () => {
    expect(guard(facts(0, 0, 0, { scope: { currency: 'EUR' } }))).toBe('absent');
    expect(guard(facts(0, 0), before(50, 100))).toBe('passed');
  });

  it('of a company that keeps its book here is refused', () => {
    expect(said(guardSnapshot(facts(1, 1), undefined, 'dunwellLed', false))).toBe('refused book-kept-here');
  });
});
