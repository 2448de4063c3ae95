/**
 * Exports: every row there is in the scope, as of when, and what has changed since.
 */
import { beforeEach, describe, expect, it } from 'vitest';
import { readExport } from '../../../functions/ledger/read-export.ts';
import { readExportChanges } from '../../../functions/ledger/read-export-changes.ts';
import { exportQuery } from '../../../shared/contracts/exports.ts';
import type { ExportKind } from '../../../shared/domain/export-rows.ts';
import type { Scope } from '../../../shared/domain/scope.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { readXlsx } from './read-sheet.ts';
import { day, money } from '../../support/account-examples.ts';
import { all, ann, idOf, north, now, readWorld, south, type ReadWorld } from './read-world.ts';

let world: ReadWorld;
beforeEach(async () => {
  world = await readWorld();
  const { post, clear, say } = world;
  await post(north, 'A', { original: money(12_345), open: money(12_345) });
  await post(north, 'B');
  await post(south, '=C', { kind: 'creditNote', original: money(-500), open: money(-500) });
  await say(north, [{ kind: 'accountAssigned', to: 'ann', on: day('2026-03-02') }]);
  const span: [string, string] = ['2026-03-09T22:30:00Z', '2026-03-11T05:00:00Z'];
  await clear(north, 'A', { by: 'implied', amount: 12_345, on: '2026-03-11', span });
  await clear(north, 'B', { by: 'payment', amount: 4_000, on: '2026-03-15' });
});

const exported = async (kind: ExportKind, query: object, scope: Scope = all, caller = 'tenant:cm') => {
  const asked = exportQuery.parse({ company: 'acme', ...query });
  const outcome = await readExport(world.parts, kind, asked, {
    ...{ scope, keepScope: all, callerId: caller, now, sees: () => 'plain' as const },
  });
  if (!outcome.ok) return { code: outcome.code, rows: [], headers: {} as Record<string, string> };
  const { bytes, headers = () => ({}) } = outcome.value;
  const text = new TextDecoder().decode(bytes as Uint8Array);
  const [columns = [], ...lines] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  const rows = lines.map((line) => Object.fromEntries(columns.map((name, n) => [name, line[n] ?? ''])));
  return { code: 'done', rows, headers: headers() as Record<string, string>, bytes: bytes as Uint8Array };
};

describe('items of a company', () => {
  it('are all there with state=all, amounts in minor units, cleared between the days of two files', async () => {
    const { rows, headers } = await exported('items', { state: 'all' });
    expect(rows).toHaveLength(3);
    const a = rows.find(({ number }) => number === 'A');
    expect(a).toMatchObject({
      ...{ company: 'acme', account: 'north', part: '1', kind: 'invoice', currency: 'EUR' },
      ...{ posted: '2026-03-02', due: '2026-04-01', original: '12345', originalAmount: '123.45', open: '0' },
      ...{ clearedFrom: '2026-03-09', clearedTo: '2026-03-11', item: idOf('A') },
    });
    expect(headers).toMatchObject({ 'x-as-of': '2026-04-20', 'x-ledger-version': '6', 'x-row-count': '3' });
    expect(headers['x-export-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  it('are only the open ones unless asked otherwise', async () => {
    const { rows } = await exported('items', {});
    expect(rows.map(({ number, open, clearedTo }) => [number, open, clearedTo]).toSorted()).toEqual([
      ["'=C", '-500', ''],
      ['B', '6000', ''],
    ]);
  });

  it('are as they were at the end of a past day', async () => {
    const on = async (asOf: string) =>
      (await exported('items', { asOf })).rows.map(({ number, open }) => [number, open]).toSorted();
    expect(await on('2026-03-01')).toEqual([]);
    expect(await on('2026-03-10')).toEqual([
      ["'=C", '-500'],
      ['A', '12345'],
      ['B', '10000'],
    ]);
    expect(await on('2026-03-15')).toEqual([
      ["'=C", '-500'],
      ['B', '6000'],
    ]);
  });

  it('cleared on a known day are cleared from and to that day', async () => {
    await world.clear(north, 'B', { by: 'payment', amount: 6_000, on: '2026-03-20' });
    const { rows } = await exported('items', { state: 'all' });
    expect(rows.find(({ number }) => number === 'B')).toMatchObject({
      ...{ clearedFrom: '2026-03-20', clearedTo: '2026-03-20' },
    });
  });

  it('of others are not there, not even counted, for a collector', async () => {
    const { rows, headers } = await exported('items', { state: 'all' }, ann);
    expect([...new Set(rows.map(({ account }) => account))]).toEqual(['north']);
    expect(headers).toMatchObject({ 'x-row-count': '2', 'x-ledger-version': '5' });
  });

  it('of a company outside the scope are as absent as those of none', async () => {
    expect((await exported('items', {}, scopeOver(['other']))).code).toBe('not-found');
    expect((await exported('items', { company: 'never' })).code).toBe('not-found');
  });

  it('fit a workbook', async () => {
    const { bytes } = await exported('items', { state: 'all', format: 'xlsx' });
    const rows = await readXlsx(bytes ?? new Uint8Array());
    expect(rows).toHaveLength(4);
    expect(rows[0]?.slice(0, 3)).toEqual(['company', 'account', 'number']);
    expect(rows.map((row) => row[8])).toContain('12345');
  });
});

describe('balances and aging', () => {
  it('show the name only of the customer, and one row per currency', async () => {
    const masterData = {
      kind: 'masterDataNoted',
      masterData: 'contact:master:1',
      on: day('2026-03-02'),
    } as const;
    await world.say(north, [masterData], '2026-03-02', { name: 'Nordwind Ltd' });
    const { rows } = await exported('accounts', {});
    expect(rows.toSorted((a, b) => (a['account']! < b['account']! ? -1 : 1))).toMatchObject([
      {
        account: 'north',
        name: 'Nordwind Ltd',
        currency: 'EUR',
        open: '6000',
        credits: '0',
        assignedTo: 'ann',
      },
      { account: 'south', name: '', open: '-500', owed: '0', credits: '500' },
    ]);
  });

  it('add up to what is open, bucket by bucket', async () => {
    const { rows } = await exported('aging', {});
    expect(rows.map(({ account, bucket, amount }) => [account, bucket, amount]).toSorted()).toEqual([
      ['north', '1-30', '6000'],
      ['south', 'credits', '-500'],
    ]);
  });
});

describe('what changed since an export', () => {
  const since = async (id: string, scope: Scope = all, after = '', callerId = 'tenant:cm') => {
    const asked = { exportId: id, companyId: 'acme', after };
    const outcome = await readExportChanges(world.parts, asked, { scope, keepScope: all, callerId });
    if (!outcome.ok) return outcome.code;
    return outcome.value.rows.map(({ key, before, after: then }) => [key, before?.['open'], then?.['open']]);
  };

  it('is nothing at first, and the same export has the same id', async () => {
    const [first, again] = [await exported('items', {}), await exported('items', {})];
    expect(first.headers['x-export-id']).toBe(again.headers['x-export-id']);
    expect(await since(first.headers['x-export-id']!)).toEqual([]);
  });

  it('is every row that came, changed or went, and no other', async () => {
    const id = (await exported('items', {})).headers['x-export-id']!;
    await world.post(south, 'D', {}, '2026-03-05');
    await world.clear(north, 'B', { by: 'payment', amount: 6_000, on: '2026-03-20' });
    await world.say(south, [{ kind: 'accountAssigned', to: 'bob', on: day('2026-03-20') }]);
    expect(await since(id)).toEqual([
      [idOf('B'), 6_000, undefined],
      [idOf('D'), undefined, 10_000],
    ]);
    expect(await since(id, ann)).toEqual([[idOf('B'), 6_000, undefined]]);
    expect(await since(id, all, 'north')).toEqual([[idOf('D'), undefined, 10_000]]);
  });

  it('of an export as of a past day is only what was booked late, as corrected', async () => {
    const query = { asOf: '2026-03-16', view: 'corrected' };
    const id = (await exported('items', query)).headers['x-export-id']!;
    await world.clear(north, 'B', { by: 'payment', amount: 1_000, on: '2026-03-18' });
    expect(await since(id)).toEqual([]);
    await world.clear(north, 'B', { by: 'discount', amount: 500, on: '2026-03-16' });
    expect(await since(id)).toEqual([[idOf('B'), 6_000, 5_500]]);
  });

  it('is not told of an export that never was, or of a company outside the scope', async () => {
    const id = (await exported('items', {})).headers['x-export-id']!;
    expect(await since('0'.repeat(32))).toBe('not-found');
    expect(await since(id, scopeOver(['other']))).toBe('not-found');
  });
});
