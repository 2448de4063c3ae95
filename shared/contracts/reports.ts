/**
 * What goes in and out of the routes of reports: tiles, how they went, the rows behind them.
 * From: query strings. Next: `functions/reporting` answers.
 */
import { z } from 'zod';
import { kpiNames } from '../domain/kpi-notes.ts';
import { bookStanding } from './book-standing.ts';

const id = z.string().min(1).max(200);
const day = z.iso.date();
const month = z.string().regex(/^\d{4}-\d\d$/);

export const reportsPlace = z.strictObject({ company: id });

/** Whose home page: which tiles there are, in their order (`defaults.md` §10). */
export const kpiPages = ['all', 'ceo', 'cfo', 'creditManager'] as const;

const asked = {
  /** The end of this day; today of the company when absent. */
  asOf: day.optional(),
  /** Where the period of sums begins; the first of the month when absent. */
  firstOn: day.optional(),
};
const inOrder = ({ asOf, firstOn }: { asOf?: string | undefined; firstOn?: string | undefined }): boolean =>
  asOf === undefined || firstOn === undefined || firstOn <= asOf;
const wrongOrder = { path: ['firstOn'], message: 'the period ends before it begins' };

export const kpisQuery = z
  .strictObject({ ...asked, page: z.enum(kpiPages).default('all') })
  .refine(inOrder, wrongOrder);
export type KpisQuery = z.infer<typeof kpisQuery>;

export const kpisFileQuery = z
  .strictObject({ ...asked, format: z.enum(['csv', 'xlsx']).default('csv') })
  .refine(inOrder, wrongOrder);
export type KpisFileQuery = z.infer<typeof kpisFileQuery>;

const kpi = z.strictObject({
  name: z.enum(kpiNames),
  currency: z.string().nullable(),
  part: z.string().nullable(),
  /** `percentHundredths`: 6571 is 65.71 %; `daysHundredths`: 5096 is 50.96 days. */
  unit: z.enum(['minor', 'percentHundredths', 'daysHundredths', 'count']),
  value: z.int().nullable(),
  because: z.string().nullable(),
});

export const kpisAnswer = z.strictObject({
  ...{ companyId: z.string(), asOf: day, firstOn: day },
  tiles: z.array(kpi),
  notes: z.record(
    z.string(),
    z.strictObject({ formula: z.string(), includes: z.string(), behind: z.array(z.string()) }),
  ),
  freshness: z.strictObject({
    ...{ companyId: z.string(), ledgerVersion: z.int(), dataAt: z.string().nullable() },
    book: bookStanding,
  }),
});
export type KpisAnswer = z.infer<typeof kpisAnswer>;

const minor = z.int();

export const trendAnswer = z.strictObject({
  companyId: z.string(),
  months: z.array(
    z.strictObject({
      month,
      currency: z.string(),
      ...{ receivables: minor, notDue: minor, beyond90: minor, disputed: minor },
      /** Null where the sales of the month were not told. */
      ...{ dsoDaysHundredths: z.int().nullable(), ceiPercentHundredths: z.int().nullable() },
      ...{ collectedBooked: minor, collectedImplied: minor },
    }),
  ),
});
export type TrendAnswer = z.infer<typeof trendAnswer>;

export const rowsQuery = z.strictObject({
  /** As notes of tiles name it: `booked`, `withheld`. */
  figure: z.string().min(1).max(60),
  /** Currency, stage or reason; absent: all. */
  part: z.string().min(1).max(60).optional(),
  ...{ firstOn: day, lastOn: day },
  after: z.string().max(500).optional(),
  /** Accounts looked through for a page. */
  accounts: z.coerce.number().int().min(1).max(100).default(50),
});
export type RowsQuery = z.infer<typeof rowsQuery>;

export const rowsAnswer = z.strictObject({
  rows: z.array(
    z.strictObject({
      ...{ accountId: z.string(), version: z.int(), name: z.string(), on: day, amount: z.int() },
      ...{ about: z.string(), fromAt: z.string().nullable() },
    }),
  ),
  /** Of the rows of this page. */
  sum: z.int(),
  /** Give it back for the next page; null at the end. A page may be empty and not the last. */
  after: z.string().nullable(),
});
export type RowsAnswer = z.infer<typeof rowsAnswer>;
