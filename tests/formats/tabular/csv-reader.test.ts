/**
 * CSV in chunks: the same rows however the bytes come, and a row is never lost at a checkpoint.
 * From: written files and files made at random. Next: `npm test`.
 */
import { Parser } from 'csv-parse';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvHeader, csvLine } from '../../../shared/formats/csv-writer.ts';
import { createCsvReader } from '../../../shared/formats/csv-reader.ts';
import { tableLimits, type TableRefusal } from '../../../shared/formats/rows.ts';
import { plainDialect, readCsv } from './read.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const cellsOf = (bytes: Uint8Array, input = {}, chunk?: number) => {
  const table = readCsv(bytes, input, chunk);
  return table.ok ? table.value.rows.map(({ cells }) => cells) : table.code;
};

describe('rows of a CSV file', () => {
  const written: [string, string, unknown][] = [
    [
      'mixed line ends are all line ends',
      'a,b\r\n1,2\n3,4\r5,6',
      [
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    ['line ends and delimiters stand inside quotes', 'a,b\n"1\n,",2', [['1\n,', '2']]],
    ['a doubled quote is one', 'a\n"x ""y"" z"', [['x "y" z']]],
    ['a quote inside an unquoted cell stays', 'a,b\n5" pipe,x', [['5" pipe', 'x']]],
    ['text after a closing quote stays as written', 'a,b\n"Bob" Ltd,x', [['"Bob" Ltd', 'x']]],
    ['lines without any character are passed over', 'a\n\n1\n\n\n2\n\n', [['1'], ['2']]],
    ['a file of a header alone has no rows', 'a,b\n', []],
  ];
  it.each(written)('%s', (_, text, rows) => {
    expect(cellsOf(bytesOf(text))).toEqual(rows);
    expect(cellsOf(bytesOf(text), {}, 1)).toEqual(rows);
  });

  const refused: [string, Uint8Array, TableRefusal][] = [
    ['an empty file', bytesOf(''), 'no-header'],
    ['a quote that is never closed', bytesOf('a,b\n1,"2\n3,4\n'), 'quote-not-closed'],
    ['a line of two megabytes', bytesOf(`a\n${'x'.repeat(2 * tableLimits.lineBytes)}`), 'line-too-long'],
    ['100,000 columns', bytesOf(`${'c,'.repeat(99_999)}c\n1\n`), 'too-many-columns'],
    ['UTF-16 declared as UTF-8', Buffer.from('\ufeffa\n1\n', 'utf16le'), 'wrong-encoding'],
  ];
  it.each(refused)('%s is refused', (_, bytes, code) => {
    expect(cellsOf(bytes)).toBe(code);
  });

  const problems: [string, Uint8Array, string][] = [
    ['a short row', bytesOf('a,b\n1\n'), 'structure'],
    ['a long row', bytesOf('a,b\n1,2,3\n'), 'structure'],
    ['a NUL', bytesOf('a\nx\0y\n'), 'structure'],
    ['bytes that are no UTF-8', Buffer.from([0x61, 10, 0xff, 0x41, 10]), 'broken-encoding'],
    ['a cell of 40,000 characters', bytesOf(`a\n${'x'.repeat(40_000)}\n`), 'cell-too-long'],
  ];
  it.each(problems)('%s is a problem of its row alone', (_, bytes, code) => {
    const header = new TextDecoder().decode(bytes).split('\n')[0]!;
    const more = bytesOf(`${header.replace(/[ab]/g, '7')}\n`);
    const table = readCsv(Buffer.concat([bytes, more]));
    expect(table.ok && table.value.rows.map(({ problem }) => problem?.code)).toEqual([code, undefined]);
  });
});

describe('encodings', () => {
  const encoded: [
    string,
    'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1' | 'iso-8859-15',
    Uint8Array,
    string,
  ][] = [
    ['UTF-8 with a byte order mark', 'utf-8', bytesOf('\ufeffname\nÅngström\n'), 'Ångström'],
    ['UTF-16 little endian', 'utf-16le', Buffer.from('\ufeffname\nÅ€𝄞\n', 'utf16le'), 'Å€𝄞'],
    ['UTF-16 big endian', 'utf-16be', Buffer.from('name\nÅ€𝄞\n', 'utf16le').swap16(), 'Å€𝄞'],
    ['Windows-1252', 'windows-1252', Buffer.from('name\nM\xfcller \x80 \x96\n', 'latin1'), 'Müller € –'],
    ['ISO 8859-1', 'iso-8859-1', Buffer.from('name\nM\xfcller \xa4\n', 'latin1'), 'Müller ¤'],
    ['ISO 8859-15', 'iso-8859-15', Buffer.from('name\nM\xfcller \xa4\n', 'latin1'), 'Müller €'],
  ];
  it.each(encoded)('%s is read as declared, byte by byte too', (_, encoding, bytes, text) => {
    for (const chunk of [1, 3, 65_536]) {
      const table = readCsv(bytes, { encoding }, chunk);
      expect(table.ok && table.value.header).toEqual(['name']);
      expect(table.ok && table.value.rows[0]).toMatchObject({ cells: [text], toByte: bytes.length });
    }
  });

  it('a byte that Windows-1252 does not have is a problem of its row', () => {
    const table = readCsv(Buffer.from('a\nx\x81\n', 'latin1'), { encoding: 'windows-1252' });
    expect(table.ok && table.value.rows[0]?.problem?.code).toBe('broken-encoding');
  });
});

const cell = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replaceAll(/[\0\ufffd]|\p{Cs}/gu, 'x'));
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc
      .array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 8 })
      .map((rows) => ({ width, rows })),
  );
const fileOf = ({ width, rows }: { width: number; rows: string[][] }): string =>
  csvHeader(Array.from({ length: width }, (_, at) => `c${at}`)) +
  rows.map((row) => csvLine(row.map((text) => ({ is: 'text', text })))).join('');

/** Marks that mean something in CSV, beside letters and bytes that are no text. */
const piece = fc.constantFrom(
  ...[',', ',', '\n', '\r', '\r\n', '\n\n', '"', 'a', 'bc', '1.2', ' ', 'é', '𝄞', '\u2028', '\ufeff'].map(
    bytesOf,
  ),
  ...[0x00, 0xc3, 0xe2, 0x80, 0xff].map((byte) => Uint8Array.of(byte)),
);
const anyBytes = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.concat(pieces));

/** Records as the parser gives them that looks at every character, each with the byte after it. */
const parsed = (bytes: Uint8Array): unknown[] | undefined => {
  const records: unknown[] = [];
  const parser = new Parser({
    ...{ record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, relax_quotes: true },
    skip_empty_lines: true,
    on_record: (cells: string[], info) => {
      records.push([cells, info.bytes]);
      return null;
    },
  });
  parser.on('error', () => undefined);
  parser.write(bytes);
  parser.end();
  return parser.errored === null ? records : undefined;
};

describe('any file', () => {
  it('has the rows that the parser finds which looks at every character, whatever bytes it is of', () => {
    const input = {
      dialect: { ...plainDialect, hasHeader: false },
      goOn: { header: ['1'], byte: 0, row: 1 },
    };
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 1, max: 40 }), (bytes, chunk) => {
        fc.pre(bytes.length > 0);
        const table = readCsv(bytes, input, chunk);
        const rows = table.ok ? table.value.rows.map(({ cells, toByte }) => [cells, toByte]) : undefined;
        expect(rows).toEqual(parsed(bytes));
      }),
      { numRuns: 5_000 },
    );
  });

  it('gives the same rows in chunks of any size', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 40 }), fc.boolean(), (made, chunk, isWide) => {
        const text = fileOf(made);
        const bytes = isWide ? Buffer.from(text, 'utf16le') : bytesOf(text);
        const input = { encoding: isWide ? 'utf-16le' : 'utf-8' } as const;
        expect(readCsv(bytes, input, chunk)).toEqual(readCsv(bytes, input));
      }),
      { numRuns: 1_000 },
    );
  });

  it('goes on after any row with the rows that are left', () => {
    fc.assert(
      fc.property(table, fc.boolean(), (made, isWide) => {
        const bytes = Buffer.from(fileOf(made), isWide ? 'utf16le' : 'utf8');
        const input = { encoding: isWide ? 'utf-16le' : 'utf-8' } as const;
        const whole = readCsv(bytes, input);
        if (!whole.ok) throw new Error(whole.detail);
        const { header, rows } = whole.value;
        for (const { row, toByte } of rows) {
          const goOn = { header, byte: toByte, row: row + 1 };
          const rest = readCsv(bytes.subarray(toByte), { ...input, goOn });
          expect(rest.ok && rest.value.rows).toEqual(rows.slice(row));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a checkpoint lies after the last row handed out', () => {
    const reader = createCsvReader({ dialect: plainDialect, encoding: 'utf-8' });
    reader.push(bytesOf('a\n1\n22\n333'));
    expect(reader.checkpoint()).toEqual({ byte: 7, row: 3 });
    reader.end();
    expect(reader.checkpoint()).toEqual({ byte: 10, row: 4 });
  });
});
