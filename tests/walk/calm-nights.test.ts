/**
 * `npm run walk -- --snapshots` over calm nights of an invented company, against an oracle of its own.
 * From: `tests/support/series.ts`. What comes in is files; what is checked is what anybody can read back.
 */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WalkResults } from '../../scripts/walk/results.ts';
import { walkSnapshots } from '../../scripts/walk/snapshot-walk.ts';
import { agingOn, dayAfter, openOn, type Closed } from '../support/series.ts';
import { closed, itemOf, nights, silent, writeSeries } from './walk-support.ts';

const seen = closed.filter((one) => nights.some((day) => openOn([one], day).length > 0));

const agingFrom = (results: WalkResults, day: string): Map<string, bigint> =>
  new Map(
    results.aging
      .filter((row) => row.day === day && row.amountMinor !== 0)
      .map(({ currency, bucket, amountMinor }) => [`${currency} ${bucket}`, BigInt(amountMinor)]),
  );

/** As `messages.csv` writes sums, from the invoices themselves. */
const sumsOf = (asked: readonly Closed[]): string => {
  const sums = new Map<string, bigint>();
  for (const { currency, cents } of asked) sums.set(currency, (sums.get(currency) ?? 0n) + cents);
  const sorted = [...sums].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([currency, cents]) => `${currency} ${cents}`).join(' ');
};

describe('calm nights', () => {
  let results: WalkResults;
  const directory = writeSeries();
  afterAll(() => rmSync(directory, { recursive: true }));
  beforeAll(async () => void (results = await walkSnapshots(directory, silent)), 400_000);

  it('are all accepted, those that shrank after the credit manager released them', () => {
    expect(results.nights).toMatchObject({ files: nights.length, accepted: nights.length, notTaken: {} });
    expect(results.nights!.released['snapshot-shrank']).toBeGreaterThan(0);
  });

  it('show each day what an independent sum of the invoices shows', () => {
    for (const day of nights) expect([day, agingFrom(results, day)]).toEqual([day, agingOn(closed, day)]);
  });

  it('leave every invoice once, closed within the two nights between which it was paid', () => {
    expect(results.items).toHaveLength(seen.length);
    for (const one of seen) {
      const [item] = itemOf(results, one);
      expect(item).toMatchObject({
        original: String(one.cents),
        open: '0',
        posted: one.postedOn,
        due: one.dueOn,
      });
      expect([item!.clearedFrom < one.clearedOn, one.clearedOn <= item!.clearedTo]).toEqual([true, true]);
    }
  });

  it('send reminders, none of which asks for an item the file of that morning does not hold', () => {
    const { mails, sent } = results;
    expect(mails).toMatchObject({ sent: sent.length, isCompared: true });
    expect(mails.reminders).toBeGreaterThan(0);
    for (const { day, account, items, sums } of sent) {
      const open = openOn(closed, dayAfter(day, -1)).filter((one) => one.account === account);
      const asked = open.filter(({ number }) => items.split(' ').includes(number));
      expect([day, account, asked.length]).toEqual([day, account, items.split(' ').length]);
      expect([day, account, sums]).toEqual([day, account, sumsOf(asked)]);
    }
  });

  it('ask each account at most once a day, and say of who is not asked why', () => {
    const asked = results.sent
      .filter(({ stage }) => stage !== '')
      .map(({ day, account }) => `${day} ${account}`);
    expect(new Set(asked).size).toBe(asked.length);
    expect(results.worklist).toEqual({ due: expect.any(Number) as number, ranked: 0, first: null });
  });

  it('leave nothing open', () => {
    expect(Object.values(results.openByCurrency).every((open) => open === 0)).toBe(true);
  });
});
