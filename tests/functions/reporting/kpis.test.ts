/**
 * Tiles (R113, R124, R125, R127): the worked examples of the metrics, their refusals, and sums that are those of the rows behind them.
 */
import { describe, expect, it } from 'vitest';
import { closeMonths } from '../../../functions/reporting/close-month.ts';
import { foldTail } from '../../../functions/reporting/fold-tail.ts';
import { kpiFile } from '../../../functions/reporting/kpi-table.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { readKpis, type KpiParts } from '../../../functions/reporting/read-kpis.ts';
import { readTrend } from '../../../functions/reporting/read-trend.ts';
import { kpisQuery } from '../../../shared/contracts/reports.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { kpisOf, type Kpi, type KpiInput } from '../../../shared/domain/kpis.ts';
import { salesUpTo } from '../../../shared/domain/kpi-sales.ts';
import type { SalesRow } from '../../../shared/domain/other-rows.ts';
import { receivePayment } from '../../../shared/domain/apply-payment.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { allShards } from '../../../shared/domain/report-shard.ts';
import { scopeOf, scopeOver } from '../../../shared/domain/scope.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import { ownBook } from '../../support/own-book.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId, newWorld } from './projection-support.ts';

const sale = (fromOn: string, toOn: string, gross: number): SalesRow => ({
  ...{ row: 1, fromOn: fromOn as Day, toOn: toOn as Day, currency: 'EUR', gross: money(gross * 100) },
});
/** The quarter of the worked examples. */
const quarter = [
  sale('2026-04-01', '2026-04-30', 300_000),
  sale('2026-05-01', '2026-05-31', 200_000),
  sale('2026-06-01', '2026-06-30', 250_000),
];
const endOfJune = '2026-06-30' as Day;
const euros = (amount: number) => money(amount * 100);
const standing = {
  ...{ receivables: euros(420_000), notDue: euros(300_000), beyond90: euros(0), disputed: euros(0) },
  ...{ credits: euros(0), retention: euros(0), drafts: euros(0), charges: euros(0) },
};
const closed = (receivables: number, notDue: number) => ({
  ...{ receivables: euros(receivables), notDue: euros(notDue), beyond90: euros(0), disputed: euros(0) },
});
const input = (more: Partial<KpiInput> = {}): KpiInput => ({
  ...{ currency: 'EUR', now: standing, figures: {}, sales: salesUpTo(quarter, 'EUR', endOfJune) },
  month: { firstOn: '2026-06-01' as Day, opening: closed(400_000, 0), closing: closed(420_000, 300_000) },
  ...more,
});
const valueOf = (tiles: readonly Kpi[], name: string, part?: string) =>
  tiles.find((one) => one.name === name && (part === undefined || one.part === part));

describe('the worked examples', () => {
  it('DSO, best possible DSO and days delinquent, by both methods and never mixed', () => {
    const tiles = kpisOf(input());
    const of = (name: string, part: string) => valueOf(tiles, name, part)?.value;
    expect([of('dso', 'simple'), of('dso', 'countback')]).toEqual([5_096, 5_635]);
    expect([of('bestPossibleDso', 'simple'), of('bestPossibleDso', 'countback')]).toEqual([3_640, 3_775]);
    expect(of('averageDaysDelinquent', 'simple')).toBe(1_456);
    expect(of('averageDaysDelinquent', 'countback')).toBe(5_635 - 3_775);
  });

  it('CEI of the last whole month', () => {
    expect(valueOf(kpisOf(input()), 'cei')).toMatchObject({ part: '2026-06', value: 6_571, because: null });
  });

  it('promises kept, by count and by value', () => {
    const figures = {
      ...{ 'promiseDueCount EUR': 42, 'promiseDue EUR': 52_000_000 },
      ...{ 'promise-keptCount EUR': 28, 'promise-brokenCount EUR': 10, 'promise-partlyCount EUR': 2 },
      ...{ 'promise-kept EUR': 41_000_000, 'promise-broken EUR': 8_000_000, 'promise-partly EUR': 1_000_000 },
    };
    const tiles = kpisOf(input({ figures }));
    expect(valueOf(tiles, 'promisesKept', 'byCount')?.value).toBe(7_000);
    expect(valueOf(tiles, 'promisesKept', 'byValue')?.value).toBe(8_200);
    expect(valueOf(tiles, 'promisesWaiting')?.value).toBe(2);
  });
});

describe('what cannot be said', () => {
  it.each([
    ['no sales at all', []],
    ['sales that end too long ago', [sale('2026-01-01', '2026-03-31', 900_000)]],
  ])('DSO and CEI are refused with their reason: %s', (_why, rows) => {
    const tiles = kpisOf(input({ sales: salesUpTo(rows, 'EUR', endOfJune) }));
    for (const name of ['dso', 'bestPossibleDso', 'averageDaysDelinquent', 'cei'])
      expect(valueOf(tiles, name)).toMatchObject({ value: null, because: 'no-sales-data' });
  });

  it('countback is refused where receivables reach back further than the sales told', () => {
    const tiles = kpisOf(input({ sales: salesUpTo(quarter.slice(2), 'EUR', endOfJune) }));
    expect(valueOf(tiles, 'dso', 'countback')).toMatchObject({ value: null, because: 'no-sales-data' });
  });

  it('a gap in the sales ends what they tell', () => {
    const rows = [quarter[0]!, quarter[2]!];
    expect(salesUpTo(rows, 'EUR', endOfJune).map(({ fromOn }) => fromOn)).toEqual(['2026-06-01']);
  });
});

const invoice = (id: string, amount: number, dueOn: string) =>
  itemWith({ id, original: money(amount), open: money(amount), dueOn: dueOn as Day });

const newReports = async () => {
  const world = newWorld();
  const parts: KpiParts & typeof world = { ...world, references: memoryReferences(), bookOf: ownBook };
  for (const [account, id, amount, dueOn] of [
    ['a', 'item:invoice:1', 30_000, '2026-03-31'],
    ['b', 'item:invoice:2', 12_000, '2026-03-10'],
  ] as const) {
    const facts = factsOf(postItem(after(), invoice(id, amount, dueOn)));
    await projectEvents(await appendFacts(world, account, '2026-03-02', facts, [id]), everything, world);
  }
  return parts;
};
const ask = async (parts: KpiParts, asOf: string, scope = everything) =>
  readKpis(companyId, kpisQuery.parse({ asOf }), scope, instantFromText(`${asOf}T12:00:00Z`), parts);

describe('a month', () => {
  it('closes once, as it was known then, and is told the same after what is booked later', async () => {
    const parts = await newReports();
    for (const shard of allShards) await foldTail(everything, { companyId, shard }, parts.reports);
    const night = instantFromText('2026-04-03T00:05:00Z');
    for (const _twice of [1, 2]) await closeMonths({ companyId, zone: 'UTC' }, everything, night, parts);
    const trend = await readTrend(companyId, everything, night, parts);
    expect(trend).toMatchObject({
      ok: true,
      value: { months: [{ month: '2026-03', currency: 'EUR', receivables: 42_000, notDue: 30_000 }] },
    });
    const late = factsOf(postItem(after(), invoice('item:invoice:3', 5_000, '2026-03-20')));
    await projectEvents(
      await appendFacts(parts, 'c', '2026-04-05', late, ['item:invoice:3']),
      everything,
      parts,
    );
    for (const shard of allShards) await foldTail(everything, { companyId, shard }, parts.reports);
    expect(await readTrend(companyId, everything, night, parts)).toEqual(trend);
  });
});

describe('who asks', () => {
  it('is told what stands on the day, folded or not', async () => {
    const parts = await newReports();
    const before = await ask(parts, '2026-03-20');
    if (!before.ok) throw new Error(before.code);
    const of = (name: string) => valueOf(before.value.tiles, name)?.value;
    expect([of('receivables'), of('notDue'), of('overdue')]).toEqual([42_000, 30_000, 12_000]);
    expect(before.value.notes['dso']?.formula).toContain('countback');
    for (const shard of allShards) await foldTail(everything, { companyId, shard }, parts.reports);
    expect(await ask(parts, '2026-03-20')).toEqual(before);
  });

  it('sees a payment with its event, within the minute and before any tick', async () => {
    const parts = await newReports();
    const receivables = async () => {
      const answer = await ask(parts, '2026-03-20');
      if (!answer.ok) throw new Error(answer.code);
      const { tiles, freshness } = answer.value;
      const values = ['receivables', 'credits'].map((name) => valueOf(tiles, name)?.value);
      return [...values, freshness.dataAt];
    };
    expect(await receivables()).toEqual([42_000, 0, '2026-03-02T12:00:00Z']);
    const payment = {
      ...{ paymentId: 'item:payment:1', receiptId: 'r1', amount: money(12_000), currency: 'EUR' },
      ...{ portion: '', source: 'test', receivedOn: '2026-03-20' as Day, on: '2026-03-20' as Day },
    };
    const facts = factsOf(receivePayment(after(), payment));
    const events = await appendFacts(parts, 'b', '2026-03-20', facts, ['item:payment:1']);
    await projectEvents(events, everything, parts);
    // entered at noon, asked at noon
    expect(await receivables()).toEqual([30_000, -12_000, '2026-03-20T12:00:00Z']);
  });

  it('gets nothing of another company, nor of one seen in part', async () => {
    const parts = await newReports();
    const some = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
    for (const scope of [some, scopeOver(['another'])])
      expect(await ask(parts, '2026-03-20', scope)).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('gets a file that says as of when, of which ledger and how many rows', async () => {
    const kpis = await ask(await newReports(), '2026-03-20');
    if (!kpis.ok) throw new Error(kpis.code);
    const now = instantFromText('2026-03-20T12:00:00Z');
    const { bytes, headers, fileName } = await kpiFile(kpis.value, 'csv', now);
    const lines = new TextDecoder()
      .decode(bytes as Uint8Array)
      .trim()
      .split('\r\n');
    expect(lines.length - 1).toBe(kpis.value.tiles.length);
    expect(lines[1]).toContain('receivables,,EUR,420.00');
    expect(headers?.()).toMatchObject({ 'x-as-of': '2026-03-20', 'x-ledger-version': '2' });
    expect(fileName).toBe('c1-figures-2026-03-20.csv');
  });
});
