/**
 * Promises of rows written short between the two phases: what is read back is what was written, whatever it says.
 * From: invented rows. Next: nothing.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Day } from '../../shared/domain/calendar.ts';
import type { DeltaNews, DocumentRow } from '../../shared/domain/feed-rows.ts';
import type { AmountMinor } from '../../shared/domain/money.ts';
import { lineOf, spreadOf, type SpreadLine, type SpreadRow } from '../../shared/domain/spread-rows.ts';

const someDay = fc.constantFrom('2026-09-01' as Day, '2026-09-30' as Day, '2026-10-15' as Day);
const someAmount = fc.integer({ min: -3, max: 3 }).map((cents) => cents as AmountMinor);
const sometimes = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 1 });
const someNews = fc.constantFrom<DeltaNews>(
  { change: 'upsert', changedAt: '2026-11-20T08:00:00Z' },
  { change: 'cleared', changedAt: '2026-11-21T08:00:00Z', clearedOn: '2026-11-20' as Day },
);

const someRow = fc
  .record({
    accountName: sometimes(fc.constant('Ärger & "Söhne"\nKG')),
    fiscalYear: sometimes(fc.constant('2026')),
    part: fc.constantFrom('1', '2', ''),
    documentOn: someDay,
    postedOn: someDay,
    dueOn: someDay,
    original: someAmount,
    open: someAmount,
    discountTiers: fc.constantFrom([], [{ percentHundredths: 200, untilOn: '2026-09-15' as Day }]),
    parties: fc.constantFrom({}, { site: 'Hamburg' }),
    references: fc.constantFrom({}, { purchaseOrder: '4500' }),
    isInsured: fc.boolean(),
    isIntercompany: fc.boolean(),
    faults: fc.constantFrom([], ['zero-total']),
    news: sometimes(someNews),
  })
  .map((some) => {
    const known = Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined));
    const named = { row: 7, accountId: 'C-1', kind: 'invoice', number: 'R-7', currency: 'EUR' };
    return { ...named, ...known } as unknown as DocumentRow;
  });

const readBack = (spread: SpreadRow, news?: DeltaNews): SpreadRow =>
  spreadOf(JSON.parse(JSON.stringify(lineOf(spread))) as SpreadLine, news);

it('a document is read back as it was written', () => {
  fc.assert(
    fc.property(someRow, (row) => {
      const spread: SpreadRow = { is: 'document', itemId: 'item:invoice:R-7', row };
      expect(readBack(spread)).toEqual(spread);
    }),
    { numRuns: 1_000 },
  );
});

it('the news of a whole file are those of each document without news of its own', () => {
  fc.assert(
    fc.property(someRow, someNews, (row, news) => {
      const spread: SpreadRow = { is: 'document', itemId: 'item:invoice:R-7', row };
      const own = 'news' in row ? row.news : news;
      expect(readBack(spread, news)).toEqual({ ...spread, row: { ...row, news: own } });
    }),
    { numRuns: 1_000 },
  );
});

it('a row that is no document goes as it is', () => {
  const spread: SpreadRow = { is: 'refused', accountId: 'C-1', itemId: 'item:invoice:R-7' };
  expect(readBack(spread, { change: 'upsert', changedAt: '2026-11-20T08:00:00Z' })).toEqual(spread);
});
