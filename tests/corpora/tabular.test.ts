/**
 * Awkward and hostile tables of others: read or refused, always the same way, never a crash and never slow.
 * From: the evaluation corpora beside the project, when they are there. Next: `npm test`. Nothing is copied from them.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MappingProfile } from '../../shared/domain/mapping-profile.ts';
import { csvHeader, csvLine } from '../../shared/formats/csv-writer.ts';
import { plainText } from '../../shared/formats/csv-neutral.ts';
import { readJsonTable } from '../../shared/formats/json-reader.ts';
import type { Table } from '../../shared/formats/rows.ts';
import { readXlsxTable } from '../../shared/formats/xlsx-reader.ts';
import { mapTable, plainDialect, profileNamed, readCsv } from '../formats/tabular/read.ts';

const corpora = join(import.meta.dirname, '../../../shared/corpora');
const areHere = existsSync(corpora);

const filesUnder = (folder: string): string[] => {
  const path = join(corpora, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).flatMap((name) => {
    const inner = `${folder}/${name}`;
    if (statSync(join(corpora, inner)).isDirectory()) return filesUnder(inner);
    return /^(SOURCE|MANIFEST|LICENCE|NOTICE)/.test(name) ? [] : [inner];
  });
};
const bytesOf = (file: string): Uint8Array => readFileSync(join(corpora, file));

/** A profile that takes any table: its first column names everything. */
const anyProfile = ({ header }: Table): MappingProfile => {
  const [first = 'x'] = header;
  return {
    ...profileNamed('generic-snapshot', 'en-US'),
    recognisedBy: [[first]],
    fields: Object.fromEntries(
      ['account', 'number', 'accountName', 'documentDate', 'dueDate', 'currency', 'openAmount'].map(
        (name, at) => [name, { columns: [header[at] ?? first] }],
      ),
    ),
  };
};

/** What becomes of a table, in the form in which two readings of it are compared. */
const verdictOf = (table: ReturnType<typeof readCsv>): unknown => {
  if (!table.ok) return table.code;
  const names = new Set(table.value.header.map((name) => name.toLowerCase()));
  return names.size < table.value.header.length || names.has('')
    ? table.value
    : mapTable(table.value, anyProfile(table.value));
};

/** Runs it twice: the same verdict, within two seconds of work and 256 MiB. */
const isHarmless = async (read: () => ReturnType<typeof readCsv> | Promise<ReturnType<typeof readCsv>>) => {
  const heap = process.memoryUsage().heapUsed;
  const from = process.cpuUsage();
  const once = verdictOf(await read());
  expect(process.cpuUsage(from).user / 1_000).toBeLessThan(2_000);
  expect(process.memoryUsage().heapUsed - heap).toBeLessThan(256 * 1_048_576);
  expect(verdictOf(await read())).toEqual(once);
};

const csvFolders = [
  ...['csv-spectrum/csvs', 'csvkit-examples', 'csvlint-fixtures', 'frictionless-data', 'arrow-csv-fuzz'],
  ...[
    'csv-injection-payloads',
    'fuzzdb-lists',
    'pat-lists',
    'own-ar/csv',
    'yauzl-bad-zip',
    'naughty-strings',
  ],
];

describe.runIf(areHere)('tables of others (needs the shared corpora)', () => {
  it.each(csvFolders.flatMap(filesUnder))('%s as CSV in every encoding and dialect', async (file) => {
    const bytes = bytesOf(file);
    for (const encoding of ['utf-8', 'utf-16le', 'windows-1252'] as const)
      for (const delimiter of [',', ';', '\t'] as const)
        await isHarmless(() => readCsv(bytes, { encoding, dialect: { ...plainDialect, delimiter } }, 1_000));
  });

  // of one file the corpus itself has another number in the CSV than in the JSON
  const spectrum = filesUnder('csv-spectrum/csvs').filter((file) => !file.includes('location_coordinates'));
  it.each(spectrum)('%s has the cells its JSON says', (file) => {
    const json = file.replace('csvs/', 'json/').replace('.csv', '.json');
    const said = JSON.parse(readFileSync(join(corpora, json), 'utf8')) as Record<string, string>[];
    const table = readCsv(bytesOf(file));
    if (!table.ok) throw new Error(table.detail);
    expect(table.value.rows.map(({ cells }) => cells)).toEqual(said.map((row) => Object.values(row)));
  });

  it.each(
    ['poi-xlsx', 'exceljs-xlsx', 'yauzl-bad-zip', 'frictionless-data', 'csvkit-examples', 'own-ar/xlsx']
      .flatMap(filesUnder)
      .filter((file) => /\.(xlsx|zip)$/.test(file)),
  )('%s as a workbook', async (file) => {
    await isHarmless(() => readXlsxTable(bytesOf(file), { dialect: plainDialect }));
  });

  it.each(filesUnder('json-test-suite'))('%s as JSON rows', async (file) => {
    const bytes = bytesOf(file);
    await isHarmless(() => readJsonTable(bytes));
    if (/\/n_/.test(file)) expect(readJsonTable(bytes).ok).toBe(false);
  });

  const lists = ['naughty-strings', 'fuzzdb-lists', 'pat-lists', 'csv-injection-payloads'].flatMap(
    filesUnder,
  );
  it.each(lists)('%s, line by line as cells, is exported and read back unchanged', (file) => {
    const text = Buffer.from(bytesOf(file)).toString('utf8');
    const all = file.endsWith('.json') ? (JSON.parse(text) as string[]) : text.split('\n');
    const texts = all.filter((one) => !/[\0\ufffd]/.test(one) && one.length < 30_000);
    const csv = csvHeader(['n', 't']) + texts.map((one) => line(one)).join('');
    const table = readCsv(Buffer.from(csv));
    if (!table.ok) throw new Error(table.detail);
    expect(table.value.rows.map(({ cells }) => plainText(cells[1] ?? ''))).toEqual(texts);
    expect(mapTable(table.value, anyProfile(table.value)).every(({ is }) => is !== 'accepted')).toBe(true);
  });
});

const line = (text: string): string =>
  csvLine([
    { is: 'number', text: '1' },
    { is: 'text', text },
  ]);

describe.runIf(!areHere)('tables of others', () => {
  it('are not here: ../shared/corpora is absent, so these cases did not run', () => {
    expect(areHere).toBe(false);
  });
});
