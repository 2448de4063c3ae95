/**
 * Workbooks behind their budget, JSON with the text of its numbers, exports that come back as they were.
 * From: archives put together here, byte by byte where they lie. Next: `npm test`.
 */
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainText, type ExportCell } from '../../../shared/formats/csv-neutral.ts';
import { csvHeader, csvLine } from '../../../shared/formats/csv-writer.ts';
import { readJsonTable } from '../../../shared/formats/json-reader.ts';
import { readXlsxTable } from '../../../shared/formats/xlsx-reader.ts';
import { xlsxBytes } from '../../../shared/formats/xlsx-writer.ts';
import { mapTable, plainDialect, profileNamed, readCsv } from './read.ts';

type Part = { name: string; bytes: Uint8Array; saysBytes?: number; at?: number; flags?: number };

/** A ZIP as told, lies included. */
const zip = (parts: readonly Part[]): Buffer => {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of parts) {
    const packed = deflateRawSync(part.bytes);
    const name = Buffer.from(part.name);
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(part.bytes), 0);
    sizes.writeUInt32LE(packed.length, 4);
    sizes.writeUInt32LE(part.saysBytes ?? part.bytes.length, 8);
    const head = Buffer.from([20, 0, part.flags ?? 0, 0, 8, 0, 0, 0, 0, 0]);
    const names = Buffer.from([name.length, 0, 0, 0]);
    bodies.push(Buffer.concat([Buffer.from('PK\x03\x04'), head, sizes, names, name, packed]));
    const place = Buffer.alloc(14);
    place.writeUInt32LE(part.at ?? at, 10);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), head, sizes, names, place, name]),
    );
    at += bodies.at(-1)!.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
};

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const part = (name: string, text: string, more: Partial<Part> = {}): Part => ({
  name,
  bytes: Buffer.from(text),
  ...more,
});
const workbook = (cells: string, { head = '', properties = '', more = [] as Part[] } = {}): Buffer =>
  zip([
    part(
      'xl/workbook.xml',
      `<workbook xmlns:r="${office}">${properties}<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    part('xl/worksheets/sheet1.xml', `${head}<worksheet><sheetData>${cells}</sheetData></worksheet>`),
    ...more,
  ]);
const text = (at: string, value: string): string => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`;
const read = (bytes: Uint8Array) => readXlsxTable(bytes, { dialect: plainDialect });
const zeros = (megabytes: number): Uint8Array => Buffer.alloc(megabytes * 1_048_576);

describe('a workbook', () => {
  const row = `<row r="1">${text('A1', 'number')}${text('B1', 'open')}${text('C1', 'on')}</row>`;
  const cells = (number: string): string =>
    `${row}<row r="2">${text('A2', '007')}<c r="B2"><f>1+1</f><v>${number}</v></c><c r="C2"><v>1000</v></c></row>`;

  it('keeps the text of numbers, and a formula counts by its stored value', async () => {
    const table = await read(workbook(cells('1234.5599999999999')));
    expect(table).toMatchObject({ ok: true, value: { rows: [{ cells: ['007', '1234.56', '1000'] }] } });
  });

  it.each([
    ['0.30000000000000004', '0.30000000000000004'],
    ['12345678901234567', '12345678901234567'],
    ['1E+20', '1E+20'],
    ['5.0000000000000001E-2', '0.05'],
  ])('the stored number %s is %s', async (stored, shown) => {
    const table = await read(workbook(cells(stored)));
    expect(table.ok && table.value.rows[0]?.cells[1]).toBe(shown);
  });

  it.each([
    ['', '1902-09-26'],
    ['<workbookPr date1904="1"/>', '1906-09-27'],
  ])('counts its days as it says: %s', async (properties, day) => {
    const table = await read(workbook(cells('5'), { properties }));
    if (!table.ok) throw new Error(table.detail);
    const profile = {
      ...profileNamed('generic-snapshot', 'en-US'),
      recognisedBy: [['number']],
      fields: {
        number: { columns: ['number'] },
        account: { columns: ['number'] },
        openAmount: { columns: ['open'] },
        currency: { columns: [], otherwise: 'EUR' },
        documentDate: { columns: ['on'] },
        dueDate: { columns: ['on'] },
      },
    };
    expect(mapTable(table.value, profile, '1906-01-01')).toMatchObject([{ row: { documentOn: day } }]);
  });

  const tooMany = Array.from({ length: 2_001 }, (_, at) => part(`x${at}`, ''));
  const refused: [string, () => Buffer, string][] = [
    [
      'a bomb of one gibibyte',
      () => workbook(row, { more: [{ name: 'a.xml', bytes: zeros(64), saysBytes: 2 ** 30 }] }),
      'unsafe-archive',
    ],
    [
      'a part packed 1,000 to 1',
      () => workbook(row, { more: [{ name: 'a.xml', bytes: zeros(8) }] }),
      'unsafe-archive',
    ],
    [
      'a directory that lies about a size',
      () => workbook(row, { more: [{ name: 'a.xml', bytes: zeros(64), saysBytes: 1_000 }] }),
      'unsafe-archive',
    ],
    [
      'overlapping parts',
      () => workbook(row, { more: [part('a.xml', 'x'), part('b.xml', 'y', { at: 0 })] }),
      'unsafe-archive',
    ],
    ['2,001 parts', () => workbook(row, { more: tooMany }), 'unsafe-archive'],
    [
      'two parts of one name',
      () => workbook(row, { more: [part('a', ''), part('a', '')] }),
      'unsafe-archive',
    ],
    ['encryption', () => workbook(row, { more: [part('a', '', { flags: 1 })] }), 'unsafe-archive'],
    ['a path out of the archive', () => workbook(row, { more: [part('../a.xml', '')] }), 'unsafe-archive'],
    ['a document type', () => workbook(row, { head: '<!DOCTYPE a [<!ENTITY b "c">]>' }), 'unsafe-xml'],
    [
      'a cell at XFD1048576',
      () => workbook(`${row}<row r="1048576">${text('XFD1048576', 'x')}</row>`),
      'too-many-columns',
    ],
    [
      'a million rows in a hundred columns',
      () => workbook(`${row}<row r="1000000">${text('CV1000000', 'x')}</row>`),
      'sheet-too-large',
    ],
    ['a picture', () => Buffer.from('GIF89a'), 'not-a-workbook'],
    ['a ZIP without a workbook', () => zip([part('a.csv', 'a')]), 'not-a-workbook'],
    ['no cells', () => workbook(''), 'no-header'],
  ];
  it.each(refused)('with %s is refused within two seconds', async (_, made, code) => {
    const bytes = made();
    const from = process.cpuUsage();
    expect(await read(bytes)).toMatchObject({ ok: false, code });
    expect(process.cpuUsage(from).user / 1_000).toBeLessThan(2_000);
  });

  it('a claim of the widest sheet alone reserves nothing', async () => {
    const bytes = workbook(cells('5'), { head: '' });
    expect((await read(bytes)).ok).toBe(true);
    const claimed = Buffer.from('<dimension ref="A1:XFD1048576"/>');
    const table = await read(workbook(row, { head: `<!-- ${claimed.toString()} -->` }));
    expect(table.ok && table.value.rows).toEqual([]);
  });

  it('cut off anywhere is refused, never a crash', async () => {
    const bytes = workbook(cells('5'));
    for (let length = 0; length < bytes.length; length += 7)
      expect((await read(bytes.subarray(0, length))).ok, `${length} bytes`).toBe(false);
  });
});

describe('JSON', () => {
  const json = (content: string) => readJsonTable(Buffer.from(content));

  it.each([
    ['a list', '[{"a":1.50,"b":"x\\"}"},\n {"b":null,"c":true}]'],
    ['one object a line', '{"a":1.50,"b":"x\\"}"}\r\n{"b":null,"c":true}\n'],
  ])('%s becomes rows with the text of its numbers', (_, content) => {
    expect(json(content)).toMatchObject({
      value: {
        header: ['a', 'b', 'c'],
        rows: [{ cells: ['1.50', 'x"}', ''] }, { cells: ['', '', 'true'], types: ['text', 'text', 'flag'] }],
      },
    });
  });

  it.each([
    ['a key that stands twice', '[{"a":1,"\\u0061":2}]'],
    ['an object in a cell', '[{"a":{"b":1}}]'],
    ['a list in a cell', '[{"a":[1]}]'],
  ])('%s is a problem of its row', (_, content) => {
    const table = json(`[{"a":1},${content.slice(1)}`);
    expect(table.ok && table.value.rows.map(({ problem }) => problem?.code)).toEqual([
      undefined,
      'structure',
    ]);
  });

  it('a key named __proto__ is a column like others', () => {
    const table = json('[{"__proto__":"x","constructor":"y"}]');
    expect(table).toMatchObject({
      value: { header: ['__proto__', 'constructor'], rows: [{ cells: ['x', 'y'] }] },
    });
  });

  it.each([
    ['not-json', '[{"a":1},]'],
    ['not-json', '[{"a":1}] x'],
    ['not-json', '[1]'],
    ['not-json', '{"a":"'],
    ['json-too-deep', `[{"a":${'['.repeat(100_000)}`],
    ['line-too-long', `[{"a":"${'x'.repeat(2_000_000)}"}]`],
    ['no-header', '[]'],
    ['wrong-encoding', '\ufffe'],
  ])('%s', (code, content) => {
    const bytes = code === 'wrong-encoding' ? Buffer.from([0x5b, 0xff]) : Buffer.from(content);
    expect(readJsonTable(bytes)).toMatchObject({ ok: false, code });
  });
});

const hostile = fc.constantFrom(
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  '＝',
  '＋',
  '－',
  '＠',
  "'",
  ' ',
  '"',
  ',',
  '_x0041_',
);
const anyText = fc
  .tuple(fc.option(hostile, { nil: '' }), fc.string({ unit: 'grapheme', maxLength: 10 }))
  .map(([first, rest]) => (first + rest).replaceAll(/[\0\ufffd\ufffe\uffff]|\p{Cs}/gu, 'x'));
const isTrigger = (exported: string): boolean => /^[=+\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]/.test(exported);

describe('an export', () => {
  it('as CSV comes back as the same text, and no cell begins a formula', () => {
    fc.assert(
      fc.property(fc.array(anyText, { minLength: 1, maxLength: 5 }), (texts) => {
        const cells: ExportCell[] = texts.map((one) => ({ is: 'text', text: one }));
        const table = readCsv(Buffer.from(csvHeader(texts.map((_, at) => `c${at}`)) + csvLine(cells)));
        const exported = table.ok ? (table.value.rows[0]?.cells ?? []) : [];
        expect(exported.map(plainText)).toEqual(texts);
        expect(exported.filter(isTrigger)).toEqual([]);
      }),
      { numRuns: 10_000 },
    );
  });

  it('as a workbook comes back as the same text, and no cell begins a formula', async () => {
    const texts = fc.sample(anyText, { numRuns: 1_000, seed: 7 }).filter((one) => one !== '');
    const rows = texts.map((one): ExportCell[] => [
      { is: 'text', text: 'x' },
      { is: 'text', text: one },
    ]);
    const table = await read(await xlsxBytes('S', ['a', 'b'], rows));
    if (!table.ok) throw new Error(table.detail);
    const exported = table.value.rows.map(({ cells }) => cells[1] ?? '');
    expect(exported.map(plainText)).toEqual(texts);
    expect(exported.filter(isTrigger)).toEqual([]);
  });

  it('writes numbers as numbers, and refuses what only looks like one', async () => {
    const bytes = await xlsxBytes('S', ['a'], [[{ is: 'number', text: '-1234.50' }]]);
    expect(await read(bytes)).toMatchObject({ value: { rows: [{ cells: ['-1234.5'], types: ['number'] }] } });
    expect(() => csvLine([{ is: 'number', text: '=1' }])).toThrow(RangeError);
  });
});
