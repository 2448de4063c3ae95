/**
 * Rules on interest and fixed sums for late payment, as dated data with source and confidence (`rules.md`); checked by a
 * person before they are switched on for a country.
 * From: the papers, then what a company records. Next: `interest.ts`, `fixed-sum.ts`. Rates in thousandths of a percent.
 */
import { dayFromText, type Day } from './calendar.ts';
import type { AmountMinor, Currency } from './money.ts';

/** A reference rate of the half-year that begins on a day. */
export type DatedRate = { from: Day; percentThousandths: number };

export type InterestRule = {
  id: string;
  jurisdiction: string;
  version: number;
  source: string;
  confidence: 'high' | 'medium' | 'low';
  /** Added to the reference rate. */
  marginThousandths: number;
  reference: readonly DatedRate[];
  /** One rate from the first day to the last, or the rate of each half-year for its days. */
  basis: 'lockedAtDefault' | 'splitByHalfYear';
  /** To the smallest unit at the end, or the way of the official British example: a year, then a day, then days. */
  rounding: 'exactSum' | 'roundedDay';
  yearDays: 360 | 365;
};

export type FixedSumRule = {
  id: string;
  jurisdiction: string;
  version: number;
  currency: Currency;
  source: string;
  /** Ascending; from this size of the debt on. In minor units. */
  steps: readonly { from: AmountMinor; amount: AmountMinor }[];
};

const rates = (...list: [from: string, percentThousandths: number][]): DatedRate[] =>
  list.map(([from, percentThousandths]) => ({ from: dayFromText(from), percentThousandths }));

const ecb = rates(['2024-07-01', 4_250], ['2026-01-01', 2_150], ['2026-07-01', 2_400]);

export const interestRules: readonly InterestRule[] = [
  {
    ...{
      id: 'eu-locked',
      jurisdiction: 'EU',
      version: 1,
      source: 'Directive 2011/7/EU',
      confidence: 'medium',
    },
    ...{
      marginThousandths: 8_000,
      reference: ecb,
      basis: 'lockedAtDefault',
      rounding: 'exactSum',
      yearDays: 365,
    },
  },
  {
    ...{
      id: 'eu-split',
      jurisdiction: 'EU',
      version: 1,
      source: 'Directive 2011/7/EU',
      confidence: 'medium',
    },
    ...{
      marginThousandths: 8_000,
      reference: ecb,
      basis: 'splitByHalfYear',
      rounding: 'exactSum',
      yearDays: 365,
    },
  },
  {
    ...{ id: 'gb', jurisdiction: 'GB', version: 1, source: 'SI 2002/1675', confidence: 'high' },
    ...{ marginThousandths: 8_000, basis: 'lockedAtDefault', rounding: 'roundedDay', yearDays: 365 },
    reference: rates(['2023-01-01', 3_500], ['2023-07-01', 5_000], ['2024-01-01', 5_250]),
  },
  {
    ...{
      id: 'us-prompt-payment',
      jurisdiction: 'US',
      version: 1,
      source: 'Prompt Payment Act',
      confidence: 'low',
    },
    ...{ marginThousandths: 0, basis: 'lockedAtDefault', rounding: 'exactSum', yearDays: 365 },
    reference: rates(['2024-07-01', 4_875], ['2026-01-01', 4_125]),
  },
];

const unionMembers = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'.split(' '),
);

/** Whose rules hold in a country: those of the Union in its members. */
export const jurisdictionOf = (country: string): string => (unionMembers.has(country) ? 'EU' : country);

const minor = (amount: number): AmountMinor => amount as AmountMinor;

export const fixedSumRules: readonly FixedSumRule[] = [
  {
    ...{ id: 'eu', jurisdiction: 'EU', version: 1, currency: 'EUR', source: 'Directive 2011/7/EU' },
    steps: [{ from: minor(1), amount: minor(4_000) }],
  },
  {
    ...{ id: 'gb', jurisdiction: 'GB', version: 1, currency: 'GBP', source: 'Late Payment Regulations' },
    steps: [
      { from: minor(1), amount: minor(4_000) },
      { from: minor(100_000), amount: minor(7_000) },
      { from: minor(1_000_000), amount: minor(10_000) },
    ],
  },
];
