/**
 * R146: beside every balance stands who keeps the book, of when the feed is, how far it is from the control account.
 */
import { describe, expect, it } from 'vitest';
import { noteControl, releaseCheck } from '../../../functions/erp-exchange/release-check.ts';
import { readAccountPage } from '../../../functions/ledger/read-account-page.ts';
import { readExport } from '../../../functions/ledger/read-export.ts';
import { readAging } from '../../../functions/reporting/read-aging.ts';
import { readBalances } from '../../../functions/reporting/read-balances.ts';
import { exportQuery } from '../../../shared/contracts/exports.ts';
import { agingQuery } from '../../../shared/contracts/reporting.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { rememberedBooks } from '../../../shared/edge/read-book.ts';
import { dunningFrames } from '../../../shared/edge/read-dunning-frame.ts';
import { weekdays } from '../../support/weekdays.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { everything } from '../../support/test-edge.ts';
import { arrive, companyId, snapshotWorld, workAll, type Open, type SnapshotFile } from './snapshot-world.ts';

const day = (n: number, hour = '05'): string => `2026-11-${String(n).padStart(2, '0')}T${hour}:00:00Z`;
const A: Open = ['acme', 'A', 100];
const key = { companyId, accountId: 'acme' };
const one = scopeOf([{ companies: [companyId], accounts: { by: 'collector', ids: ['ann'] } }]);
const valueOf = <Value>(outcome: Outcome<Value>): Value => {
  if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.detail}`);
  return outcome.value;
};

const desk = async (mode: 'erpLed' | 'dunwellLed' = 'erpLed') => {
  const world = snapshotWorld(undefined, mode);
  await world.setUp();
  const { feeds, settings, accounts } = world;
  let now = instantFromText(day(10, '12'));
  const frameOf = dunningFrames({ feeds, settings, calendarOf: weekdays, hashText: sha256 });
  const bookOf = rememberedBooks(feeds, settings, () => now, frameOf);
  const reports = memoryReports();
  const parts = { ...world.parts, accounts, reports, exports: memoryFiles(), bookOf };
  const night = async (n: number, file: Omit<SnapshotFile, 'asOf'>, id = `s${n}`) => {
    await arrive(world, id, { asOf: day(n), ...file });
    await workAll(world, day(n, '07'));
  };
  const control = async (n: number, balances: Record<string, number>) =>
    valueOf(
      await noteControl(
        parts,
        { scope: everything, companyId, caller: { id: 'clerk', principals: ['ARC'] }, now },
        { on: day(n).slice(0, 10), balances },
      ),
    );
  const page = async () =>
    valueOf(await readAccountPage(parts, key, { scope: everything, systemScope: everything, now })).book;
  const later = (text: string) => void (now = instantFromText(text));
  return { ...{ world, parts, bookOf, night, control, page, later }, now: () => now };
};

describe('the account page', () => {
  it('says that the ERP keeps the book, of when its newest feed is, and what the control account lacks', async () => {
    const { night, control, page } = await desk();
    await night(10, { open: [A] });
    await control(10, { EUR: 90 });
    expect(await page()).toEqual({
      ...{ mode: 'erpLed', feedAsOf: day(10), bankAsOf: null },
      control: { on: '2026-11-10', differences: { EUR: 10 } },
      silentBecause: [{ code: 'reconciliation-red', text: 'The book is not what the ERP says.' }],
    });
  });

  it('says of when the banks are: as recent as the one that lags most', async () => {
    const { world, bookOf, later } = await desk();
    const standing = () => bookOf(everything, companyId);
    const bank = async (source: string, receivedAt: string, bookedOn?: string) =>
      world.feeds.arrived(everything, companyId, {
        ...{ kind: 'bankStatement', source, receivedAt },
        ...(bookedOn === undefined ? {} : { bookedOn: bookedOn as Day }),
      });
    expect((await standing())?.bankAsOf).toBeNull();
    await bank('first', day(10), '2026-11-09');
    await bank('second', day(9), '2026-11-06');
    later(day(10, '13'));
    expect(await standing()).toMatchObject({ feedAsOf: null, bankAsOf: '2026-11-06' });
    await bank('second', day(11), '2026-11-10');
    later(day(11, '13'));
    expect(await standing()).toMatchObject({ bankAsOf: '2026-11-09' });
    await bank('first', day(12), '2026-11-11');
    await bank('third', day(9, '06'));
    later(day(12, '13'));
    expect(await standing()).toMatchObject({ bankAsOf: day(9, '06') });
  });

  it('says nothing of a control account of another day; a newer feed is seen half a minute later', async () => {
    const { night, control, page, later } = await desk();
    await night(10, { open: [A] });
    await control(9, { EUR: 90 });
    expect(await page()).toMatchObject({ feedAsOf: day(10), control: null });
    await night(11, { open: [A] });
    later(day(10, '13'));
    expect(await page()).toMatchObject({ feedAsOf: day(11) });
  });

  it('compares each currency with the snapshot of its scope, and no named range of accounts', async () => {
    const { night, control, page } = await desk();
    await night(10, { open: [A], scope: { currency: 'EUR' } });
    await night(10, { open: [['acme', 'U', 50, { currency: 'USD' }]], scope: { currency: 'USD' } }, 'usd');
    const range = { name: 'north', from: 'a', to: 'b' };
    await night(10, { open: [['acme', 'B', 7]], scope: { accounts: range } }, 'north');
    await control(10, { EUR: 100, USD: 80 });
    expect((await page()).control).toEqual({ on: '2026-11-10', differences: { EUR: 0, USD: -30 } });
  });
});

it('aging, balances and exports say the same', async () => {
  const { night, control, parts, now } = await desk();
  await night(10, { open: [A] });
  await control(10, { EUR: 90 });
  const book = { mode: 'erpLed', feedAsOf: day(10), control: { differences: { EUR: 10 } } };
  const read = { ...parts, zoneOf: async () => 'UTC' };
  const aging = valueOf(await readAging(agingQuery.parse({ company: companyId }), everything, now(), read));
  expect(aging.freshness).toMatchObject([{ book }]);
  expect(valueOf(await readBalances({ company: [companyId] }, everything, parts)).companies).toMatchObject([
    { book },
  ]);
  const call = {
    ...{ scope: everything, keepScope: everything, callerId: 'tenant:ann', now: now() },
    sees: () => 'plain' as const,
  };
  const file = valueOf(await readExport(parts, 'accounts', exportQuery.parse({ company: companyId }), call));
  expect(file.headers?.()).toMatchObject({
    ...{ 'x-ledger-mode': 'erpLed', 'x-feed-as-of': day(10) },
    'x-control-difference': '2026-11-10; EUR 10',
  });
});

it('who sees some accounts alone is told mode and feed, and no difference of the whole company', async () => {
  const { night, control, bookOf } = await desk();
  await night(10, { open: [A] });
  await control(10, { EUR: 90 });
  expect(await bookOf(one, companyId)).toMatchObject({ mode: 'erpLed', feedAsOf: day(10), control: null });
  expect(await bookOf(everything, companyId)).toMatchObject({ control: { differences: { EUR: 10 } } });
  expect(await bookOf(scopeOf([]), companyId)).toBeUndefined();
});

it('a company that keeps its own book has no feed and no control account elsewhere', async () => {
  const { bookOf } = await desk('dunwellLed');
  const standing = { mode: 'dunwellLed', feedAsOf: null, bankAsOf: null, control: null, silentBecause: [] };
  expect(await bookOf(everything, companyId)).toEqual(standing);
});

describe('why nothing automatic leaves (R149) stands on the account', () => {
  const because = async (page: () => Promise<{ silentBecause: readonly { code: string }[] }>) =>
    (await page()).silentBecause.map(({ code }) => code);

  it('with a feed of 30 hours of business days, and no more once a newer one is in', async () => {
    const { night, page, later } = await desk();
    await night(10, { open: [A] });
    later(day(11, '06'));
    expect(await because(page)).toEqual([]);
    later(day(11, '11'));
    expect(await because(page)).toEqual(['feed-stale']);
    await night(11, { open: [A] });
    later(day(11, '12'));
    expect(await because(page)).toEqual([]);
  });

  it('with a red check, until somebody releases it', async () => {
    const { night, control, page, parts, now, later } = await desk();
    await night(10, { open: [A] });
    await control(10, { EUR: 90 });
    expect(await because(page)).toEqual(['reconciliation-red']);
    const caller = { id: 'manager', principals: ['CRM' as const] };
    const call = { scope: everything, companyId, caller, now: now() };
    valueOf(await releaseCheck({ ...parts, postings: async () => [] }, call, 'known difference'));
    later(day(10, '13'));
    expect(await because(page)).toEqual([]);
  });

  it('before the first feed there is', async () => {
    const { bookOf } = await desk();
    expect((await bookOf(everything, companyId))?.silentBecause.map(({ code }) => code)).toEqual([
      'feed-stale',
    ]);
  });

  it('also for who sees some accounts alone', async () => {
    const { night, bookOf, later } = await desk();
    await night(10, { open: [A] });
    later(day(12, '12'));
    expect((await bookOf(one, companyId))?.silentBecause.map(({ code }) => code)).toEqual(['feed-stale']);
  });
});
