/**
 * What stands in reports is read by people: words, their clock, the numbers that are on papers.
 */
import { expect, it } from 'vitest';
import { clockText, partWordsOf, shownText, wordsOf } from '../../shared/formats/report-words.ts';

it.each([
  ['averageDaysDelinquent', 'Average days delinquent'],
  ['bestPossibleDso', 'Best possible DSO'],
  ['cei', 'CEI'],
  ['beyond90', 'Beyond 90'],
  ['disputePastDate', 'Dispute past date'],
  ['erpLed', 'ERP led'],
])('%s is said as %s', (name, words) => {
  expect(wordsOf(name)).toBe(words);
});

it('within a sentence it begins small', () => {
  expect(partWordsOf('byCount')).toBe('by count');
});

it.each([
  ['2026-10-16T04:00:03.944Z', '2026-10-16 06:00'],
  ['2026-10-25T00:30:00Z', '2026-10-25 02:30'],
  ['2026-10-25T01:30:00Z', '2026-10-25 02:30'],
  ['2026-12-31T23:30Z', '2027-01-01 00:30'],
])('%s is told by the company’s clock', (instant, told) => {
  expect(clockText(instant, 'Europe/Berlin')).toBe(told);
  expect(shownText(instant, 'Europe/Berlin')).toBe(told);
});

it.each([
  ['dispute:3bfa7ddfbee1a7ddc1f3d1f923f4fb6f', 'D-23F4FB6F'],
  ['receipt:bank:bank~3ADE02120300000000202051~3A4e949c3e2ef22facae23a1329ce26eec', 'R-9CE26EEC'],
  ['2026-10-16', '2026-10-16'],
  ['eBay', 'eBay'],
  ['dispute: the third', 'dispute: the third'],
  ['', ''],
])('%s is shown as %s', (text, shown) => {
  expect(shownText(text, 'UTC')).toBe(shown);
});
