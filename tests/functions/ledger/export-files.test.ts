/**
 * Exports as people open them: cells are what a spreadsheet should take them for, every file says what it is, and its
 * id, pasted back, shows every row that is no longer as it was, to whoever may see it.
 */
import { parse } from 'csv-parse/sync';
import { beforeEach, describe, expect, it } from 'vitest';
import { readExport } from '../../../functions/ledger/read-export.ts';
import { readExportChanges } from '../../../functions/ledger/read-export-changes.ts';
import { exportChangesAnswer, exportQuery } from '../../../shared/contracts/exports.ts';
import type { ExportKind } from '../../../shared/domain/export-rows.ts';
import { scopeOf, scopeOver, type Scope } from '../../../shared/domain/scope.ts';
import { day, money } from '../../support/account-examples.ts';
import { readCells, readXlsx } from './read-sheet.ts';
import { all, ann, idOf, north, now, readWorld, south, type ReadWorld } from './read-world.ts';

let world: ReadWorld;
const sized = (size: number, currency = 'EUR') => ({ original: money(size), open: money(size), currency });
beforeEach(async () => {
  world = await readWorld();
  await world.post(north, 'A', sized(123_450));
  await world.post(north, 'B', sized(10_000));
  await world.post(south, 'C', { ...sized(-500), kind: 'creditNote' });
  await world.say(north, [{ kind: 'accountAssigned', to: 'ann', on: day('2026-03-02') }]);
});

type Maker = { scope?: Scope; callerId?: string };
const made = async (
  kind: ExportKind,
  query: object = {},
  { scope = all, callerId = 'tenant:cm' }: Maker = {},
) => {
  const call = { scope, keepScope: all, callerId, now, sees: () => 'plain' as const };
  const answer = await readExport(world.parts, kind, exportQuery.parse({ company: 'acme', ...query }), call);
  if (!answer.ok) throw new Error(answer.code);
  const headers = answer.value.headers?.() ?? {};
  return { bytes: answer.value.bytes as Uint8Array, id: headers['x-export-id'] ?? '', headers };
};
const rowsOf = ({ bytes }: { bytes: Uint8Array }): Record<string, string>[] =>
  parse(Buffer.from(bytes), { columns: true, bom: true });

describe('cells of a workbook', () => {
  it('amounts are numbers with the decimals of their currency, whole units beside them', async () => {
    await world.post(south, 'Y', sized(5_000, 'JPY'));
    await world.post(south, 'K', sized(1_234, 'KWD'));
    const { bytes } = await made('items', { format: 'xlsx' });
    const [columns = [], ...rows] = await readCells(bytes);
    const shown = rows.map((row) =>
      ['currency', 'open', 'openAmount'].map((name) => row[columns.indexOf(name)]),
    );
    expect(shown).toEqual(
      expect.arrayContaining([
        ['EUR', 123_450, 1_234.5],
        ['EUR', -500, -5],
        ['JPY', 5_000, 5_000],
        ['KWD', 1_234, 1.234],
      ]),
    );
    const csv = rowsOf(await made('items')).map(({ openAmount }) => openAmount);
    expect(csv).toEqual(expect.arrayContaining(['1234.50', '-5.00', '5000', '1.234']));
  });

  it.each<[ExportKind, string, string]>([
    ['items', 'posted', '2026-03-02'],
    ['items', 'due', '2026-04-01'],
    ['accounts', 'oldestDue', '2026-04-01'],
    ['aging', 'day', '2026-04-20'],
  ])('%s: %s is a day', async (kind, column, expected) => {
    const [columns = [], first = []] = await readCells((await made(kind, { format: 'xlsx' })).bytes);
    expect(first[columns.indexOf(column)]).toEqual(new Date(`${expected}T00:00:00Z`));
    expect(rowsOf(await made(kind))[0]?.[column]).toBe(expected);
  });

  it.each(['=1+1', '+1', '-1', '@sum(A1)', '\t=1', "'=1", '＝1'])(
    'no text cell begins a formula, whichever column it is in: %j',
    async (evil) => {
      const eve = { companyId: 'acme', accountId: `${evil} account` };
      await world.post(eve, 'E', {
        ...{ number: evil, part: evil, source: evil, fiscalYear: evil, erpBlock: evil, reasonCode: evil },
        ...{ parties: { soldTo: evil, shipTo: evil, site: evil, salesOwner: evil } },
        ...{ references: { purchaseOrder: evil, order: evil, delivery: evil }, faults: [evil] },
      });
      const noted = {
        kind: 'masterDataNoted',
        masterData: 'contact:master:1',
        on: day('2026-03-02'),
      } as const;
      await world.say(eve, [noted], '2026-03-02', { name: evil });
      for (const kind of ['items', 'accounts', 'aging'] as const) {
        const sheet = await readCells((await made(kind, { format: 'xlsx' })).bytes);
        const texts = sheet.flat().filter((cell) => typeof cell === 'string');
        const table = rowsOf(await made(kind)).flatMap((row) => Object.values(row));
        const csv = table.filter((cell) => !/^-\d+(\.\d+)?$/.test(cell) || cell === evil);
        expect([...texts, ...csv].filter((cell) => /^[=+\-@\t\r＝]/.test(cell))).toEqual([]);
        expect(texts.some((cell) => cell.startsWith(`'${evil.startsWith("'") ? "'" : ''}`))).toBe(true);
      }
    },
  );
});

describe.each<[ExportKind, number, number]>([
  ['items', 4, 3],
  ['accounts', 4, 2],
  ['aging', 4, 2],
])('an export of %s', (kind, version, rows) => {
  const about = (id: string) => [
    ...[
      ['asOf', '2026-04-20'],
      ['statedAt', '2026-04-20T10:00:00Z'],
      ['view', 'known'],
    ],
    ...[
      ['ledgerVersion', String(version)],
      ['rowCount', String(rows)],
      ['exportId', id],
    ],
  ];

  it('says as of when, of which ledger, how many rows and its id, beside it and in it', async () => {
    const [csv, sheet] = [await made(kind), await made(kind, { format: 'xlsx' })];
    expect(sheet.id).toBe(csv.id);
    for (const { headers } of [csv, sheet])
      expect(headers).toMatchObject({
        ...{ 'x-as-of': '2026-04-20', 'x-exported-at': '2026-04-20T10:00:00Z' },
        ...{ 'x-ledger-version': String(version), 'x-row-count': String(rows) },
      });
    expect(rowsOf(csv)).toHaveLength(rows);
    for (const row of rowsOf(csv)) expect(Object.entries(row).slice(-6)).toEqual(about(csv.id));
    expect(await readXlsx(sheet.bytes)).toHaveLength(rows + 1);
    expect(await readXlsx(sheet.bytes, 'about')).toEqual(about(sheet.id));
  });
});

const since = async (exportId: string, { scope = all, callerId = 'tenant:cm' }: Maker = {}) => {
  const asked = { exportId, companyId: 'acme', after: '' };
  const answer = await readExportChanges(world.parts, asked, { scope, keepScope: all, callerId });
  return answer.ok ? exportChangesAnswer.parse(answer.value) : answer.code;
};
const changed = async (exportId: string, column: string, maker: Maker = {}) => {
  const answer = await since(exportId, maker);
  if (typeof answer === 'string') return answer;
  return answer.rows.map(({ key, before, after }) => [
    key,
    before?.[column] ?? null,
    after?.[column] ?? null,
  ]);
};

describe('an id pasted back', () => {
  it('of items shows those that came, changed and went, and no other', async () => {
    const { id } = await made('items');
    await world.clear(north, 'A', { by: 'payment', amount: 450, on: '2026-03-20' });
    await world.clear(north, 'B', { by: 'payment', amount: 10_000, on: '2026-03-20' });
    await world.post(north, 'N', sized(700));
    await world.post({ companyId: 'acme', accountId: 'west' }, 'W', sized(900));
    await world.say(south, [{ kind: 'accountAssigned', to: 'bob', on: day('2026-03-20') }]);
    expect(await changed(id, 'open')).toEqual([
      [idOf('A'), 123_450, 123_000],
      [idOf('B'), 10_000, null],
      [idOf('N'), null, 700],
      [idOf('W'), null, 900],
    ]);
  });

  it('of items shows a due day that was moved, and of all items one that was cleared', async () => {
    const [open, every] = [await made('items'), await made('items', { state: 'all' })];
    const amendment = { dueOn: day('2026-05-01') };
    const amended = { kind: 'itemAmended', itemId: idOf('A'), amendment, on: day('2026-03-20') } as const;
    await world.say(north, [amended], '2026-03-20');
    await world.clear(north, 'B', { by: 'payment', amount: 10_000, on: '2026-03-20' });
    expect(await changed(open.id, 'due')).toEqual([
      [idOf('A'), '2026-04-01', '2026-05-01'],
      [idOf('B'), '2026-04-01', null],
    ]);
    expect(await changed(every.id, 'clearedTo')).toEqual([
      [idOf('A'), null, null],
      [idOf('B'), null, '2026-03-20'],
    ]);
  });

  it('of balances shows accounts whose balance, collector or holds are other, and new ones', async () => {
    const { id } = await made('accounts');
    await world.clear(north, 'A', { by: 'payment', amount: 450, on: '2026-03-20' });
    const hold = { id: 'h', code: 'says-paid', placedOn: day('2026-03-20') };
    await world.say(south, [{ kind: 'holdPlaced', hold, on: day('2026-03-20') }]);
    await world.post({ companyId: 'acme', accountId: 'west' }, 'W', sized(900, 'USD'));
    expect(await changed(id, 'open')).toEqual([
      ['north EUR', 133_450, 133_000],
      ['south EUR', -500, -500],
      ['west USD', null, 900],
    ]);
    expect((await changed(id, 'holds'))[1]).toEqual(['south EUR', '', 'says-paid']);
  });

  it('of aging shows the buckets that hold another amount, and new ones', async () => {
    const { id } = await made('aging');
    await world.clear(north, 'A', { by: 'payment', amount: 450, on: '2026-03-20' });
    await world.post(south, 'N', { ...sized(700), dueOn: day('2026-01-01') });
    expect(await changed(id, 'amount')).toEqual([
      ['north EUR 1-30', 133_450, 133_000],
      ['south EUR 91+', null, 700],
    ]);
  });
});

describe('an id that is somebody else’s', () => {
  it('is not there in another company, for nobody of its own, and where none was made', async () => {
    const { id } = await made('items');
    const foreign = await since(id, { scope: scopeOver(['other']) });
    expect(foreign).toBe('not-found');
    expect(await since('0'.repeat(32))).toBe(foreign);
    const asked = { exportId: id, companyId: 'brio', after: '' };
    const call = { scope: all, keepScope: all, callerId: 'tenant:cm' };
    expect(await readExportChanges(world.parts, asked, call)).toMatchObject({ code: 'not-found' });
  });

  it('of the whole company shows a collector their own accounts, and counts no others', async () => {
    const { id } = await made('items');
    await world.post(south, 'S', sized(700));
    await world.post(north, 'N', sized(900));
    const answer = await since(id, { scope: ann, callerId: 'tenant:ann' });
    expect(answer).toMatchObject({ ledgerVersion: 3, rows: [{ account: 'north', key: idOf('N') }] });
    expect(await since(id)).toMatchObject({ ledgerVersion: 4 });
  });

  it('of a collector’s accounts is theirs alone: to others the rest would look new', async () => {
    const { id } = await made('items', {}, { scope: ann, callerId: 'tenant:ann' });
    await world.post(north, 'N', sized(900));
    const own = [[idOf('N'), null, 900]];
    expect(await changed(id, 'open', { scope: ann, callerId: 'tenant:ann' })).toEqual(own);
    const bob = scopeOf([{ companies: ['acme'], accounts: { by: 'collector', ids: ['ann', 'bob'] } }]);
    expect(await since(id, { scope: bob, callerId: 'tenant:bob' })).toBe('not-found');
    expect(await since(id, { callerId: 'tenant:cm' })).toBe('not-found');
  });
});
