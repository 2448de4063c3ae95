/** Freshness: files in any order, gaps that fill or are forgiven, and when nothing automatic may leave. */
import { describe, expect, it } from 'vitest';
import { instantFromText, type Day } from '../../shared/domain/calendar.ts';
import {
  arrive,
  forgiveGaps,
  isCoveredByCash,
  provenBy,
  staleBecause,
  type Arrival,
  type Arrived,
} from '../../shared/domain/freshness.ts';
import { businessCalendar } from '../../shared/formats/business-calendar.ts';
import { day, money } from '../support/account-examples.ts';

const calendar = await businessCalendar('DE', day('2026-11-20'));
const at = instantFromText;
const delta = (sequence: number, receivedAt = '2026-11-20T05:00:00Z'): Arrived => ({
  ...{ kind: 'delta', source: 'books', receivedAt, sequence },
});
const after = (...files: Arrived[]): Arrival =>
  files.reduce<Arrival | undefined>((known, file) => arrive(known, file), undefined)!;
const bank = (bookedOn: string): Arrival =>
  after({
    kind: 'bankStatement',
    source: 'bank',
    receivedAt: '2026-11-20T05:00:00Z',
    bookedOn: bookedOn as Day,
  });
const book = (asOf: string): Arrival => after({ kind: 'snapshot', source: 'books', receivedAt: asOf, asOf });

describe('arrivals', () => {
  it('name the numbers that are missing, in whatever order files come', () => {
    expect(after(delta(3), delta(7), delta(5))).toMatchObject({ sequence: 7, missing: [4, 6] });
    expect(after(delta(3), delta(7), delta(5), delta(6), delta(4))).toMatchObject({ missing: [] });
  });

  it('the same file again changes nothing, and a snapshot forgives what was lost', () => {
    const once = after(delta(3), delta(5));
    expect(arrive(once, delta(5))).toEqual(once);
    expect(forgiveGaps(once)).toMatchObject({ sequence: 5, missing: [] });
  });
});

describe('staleness', () => {
  const stale = (arrivals: Arrival[], now: string) =>
    staleBecause(arrivals, at(now), 'Europe/Berlin', calendar);
  const banked = bank('2026-11-19');

  it('begins one second after 26 hours, on a business day', () => {
    const feed = book('2026-11-19T05:00:00Z');
    expect(stale([feed], '2026-11-20T07:00:00Z')).toEqual([]);
    expect(stale([feed], '2026-11-20T07:00:01Z')).toEqual(['feed-stale']);
    expect(stale([feed], '2026-11-21T12:00:00Z')).toEqual([]); // a Saturday
  });

  it('counts the hours of business days: a file of Friday is good as long on Monday as one of Monday on Tuesday', () => {
    expect(stale([book('2026-11-20T05:00:00Z')], '2026-11-23T07:00:00Z')).toEqual([]);
    expect(stale([book('2026-11-20T05:00:00Z')], '2026-11-23T07:00:01Z')).toEqual(['feed-stale']);
    expect(stale([book('2026-11-23T05:00:00Z')], '2026-11-24T07:00:01Z')).toEqual(['feed-stale']);
  });

  it('a file of the weekend counts from Monday on', () => {
    expect(stale([book('2026-11-21T20:00:00Z')], '2026-11-23T22:59:59Z')).toEqual([]);
    expect(stale([book('2026-11-21T20:00:00Z')], '2026-11-24T01:00:01Z')).toEqual(['feed-stale']);
  });

  it('a file of Christmas Eve is good until the first business day after has run as long', () => {
    // 24 December 2026 is a Thursday, 25 and 26 are holidays; Monday the 28th is the next business day
    const eve = book('2026-12-24T05:00:00Z');
    expect(stale([eve], '2026-12-28T07:00:00Z')).toEqual([]);
    expect(stale([eve], '2026-12-28T07:00:01Z')).toEqual(['feed-stale']);
  });

  it('the night the clocks change has its own number of hours', () => {
    // 25 October 2026, a Sunday: it counts nothing either way
    expect(stale([book('2026-10-23T05:00:00Z')], '2026-10-26T08:00:00Z')).toEqual([]);
    expect(stale([book('2026-10-23T05:00:00Z')], '2026-10-26T08:00:01Z')).toEqual(['feed-stale']);
  });

  it('a feed that ended years ago is stale on every business day', () => {
    expect(stale([book('2020-01-02T05:00:00Z')], '2026-11-20T06:00:00Z')).toEqual(['feed-stale']);
  });

  it('of cash begins when the last business day is not booked; a weekend has none', () => {
    const feed = book('2026-11-20T05:00:00Z');
    expect(stale([feed, banked], '2026-11-20T06:00:00Z')).toEqual([]);
    expect(stale([feed, bank('2026-11-18')], '2026-11-20T06:00:00Z')).toEqual(['cash-stale']);
    const monday = [book('2026-11-23T05:00:00Z'), bank('2026-11-20')];
    expect(stale(monday, '2026-11-23T06:00:00Z')).toEqual([]);
  });

  it('of cash is nothing where no bank files are in use; of the book everything where nothing came', () => {
    expect(stale([], '2026-11-20T06:00:00Z')).toEqual(['feed-stale']);
  });
});

describe('proof', () => {
  const proven = (arrivals: Arrival[], now: string, hasControl = false) =>
    provenBy(arrivals, hasControl, at(now));
  const since = after(delta(1, '2026-11-01T05:00:00Z'), delta(2, '2026-11-10T05:00:00Z'));

  it('of deltas without a snapshot is amber after 7 days, red after 14', () => {
    expect(proven([since], '2026-11-08T05:00:00Z')).toEqual({ colour: 'green', reasons: [] });
    expect(proven([since], '2026-11-08T05:00:01Z')).toEqual({ colour: 'amber', reasons: ['no-snapshot'] });
    expect(proven([since], '2026-11-15T05:00:01Z')).toMatchObject({ colour: 'red' });
  });

  it('counts from the last snapshot, and a control account proves a journal', () => {
    expect(proven([since, book('2026-11-09T05:00:00Z')], '2026-11-15T05:00:00Z').colour).toBe('green');
    const journal = after({ kind: 'journal', source: 'books', receivedAt: '2026-11-01T05:00:00Z' });
    expect(proven([journal], '2026-11-20T05:00:00Z').colour).toBe('red');
    expect(proven([journal], '2026-11-20T05:00:00Z', true).colour).toBe('green');
  });

  it('with a gap in the sequence is red at once', () => {
    expect(proven([after(delta(1), delta(3))], '2026-11-20T06:00:00Z')).toEqual({
      ...{ colour: 'red', reasons: ['sequence-gap'] },
    });
  });
});

it('money of the account that covers the claim to the cent covers it; no claim is covered by nothing', () => {
  expect(isCoveredByCash(money(100), money(100))).toBe(true);
  expect(isCoveredByCash(money(100), money(99))).toBe(false);
  expect(isCoveredByCash(money(0), money(100))).toBe(false);
});
