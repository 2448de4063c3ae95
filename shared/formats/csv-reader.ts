/**
 * CSV, chunk by chunk, in memory that does not grow with the file; it can stop after any row and go on there.
 * From: blocks of an upload, as `createCsvReader(...).push(bytes)`. Next: `rows-mapper.ts`.
 *
 *   const reader = createCsvReader({ dialect, encoding });               // from the beginning
 *   const more = reader.push(bytes);                                     // rows, or why the file is refused
 *   const { byte, row } = reader.checkpoint();                           // keep these and reader.header()
 *   createCsvReader({ dialect, encoding, goOn: { header, byte, row } })  // push bytes from `byte` on
 *   const last = reader.end();                                           // rows that had no line end
 *
 * The parser is csv-parse; rows before the first quote need none (`csv-plain.ts`). A quote inside an unquoted cell, and text after a closing quote, stay as written;
 * line ends may be mixed; lines without any character are passed over. After a refusal the reader is spent.
 */
import { Parser, type Options } from 'csv-parse';
import type { CsvDialect, TextEncoding } from '../domain/mapping-profile.ts';
import { done, refuse, type Outcome, type Refusal } from '../domain/outcome.ts';
import { byteOrderMark, byteSource, longestMark, type ByteSource } from './csv-encoding.ts';
import { plainLines, type PlainLines } from './csv-plain.ts';
import { cellsProblem, tableLimits, type CellRow, type TableRefusal } from './rows.ts';

/** Where reading goes on: the byte after the last row handed out, the number of the next. */
export type CsvCheckpoint = { byte: number; row: number };

export type CsvInput = {
  dialect: CsvDialect;
  encoding: TextEncoding;
  goOn?: CsvCheckpoint & { header: readonly string[] };
};

export type CsvReader = {
  push(bytes: Uint8Array): Outcome<CellRow[], TableRefusal>;
  end(): Outcome<CellRow[], TableRefusal>;
  /** Column names as written, once they are read; without a header line `1`, `2`, … */
  header(): readonly string[] | undefined;
  checkpoint(): CsvCheckpoint;
};

type Reading = {
  header: readonly string[] | undefined;
  rows: CellRow[];
  next: CsvCheckpoint;
  refused: Refusal<TableRefusal> | undefined;
  /** The first bytes, until there are enough to see a byte order mark; undefined once that is done. */
  start: Uint8Array | undefined;
};

export const createCsvReader = ({ dialect, encoding, goOn }: CsvInput): CsvReader => {
  const source = byteSource(encoding);
  const reading: Reading = {
    header: goOn?.header,
    rows: [],
    next: { byte: goOn?.byte ?? 0, row: goOn?.row ?? 1 },
    refused: undefined,
    start: goOn === undefined ? new Uint8Array() : undefined,
  };
  let base = goOn?.byte ?? 0;
  const parser = new Parser({
    ...parserOptions(dialect, source, goOn === undefined),
    on_record: (cells: string[], { bytes }) => {
      takeRecord(reading, dialect, source, cells, base + source.fileBytes(bytes));
      return null;
    },
  });
  parser.on('error', () => undefined); // what went wrong is read from `errored` at once, below
  let plain = plainOf(dialect, source, goOn === undefined, (cells, toByte) =>
    takeRecord(reading, dialect, source, cells, base + toByte),
  );
  const parse = (bytes: Uint8Array): void => {
    base += plain?.readBytes() ?? 0;
    plain = undefined;
    if (bytes.length > 0) parser.write(bytes);
  };
  const feed = (bytes: Uint8Array): void => {
    if (bytes.length === 0 || reading.refused !== undefined) return;
    const left = plain === undefined ? bytes : plain.push(bytes);
    if (left !== undefined) parse(left);
  };
  const begin = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    if (reading.start === undefined) return bytes;
    const start = Buffer.concat([reading.start, bytes]);
    reading.start = start.length < longestMark && !isLast ? start : undefined;
    if (reading.start !== undefined) return new Uint8Array();
    const mark = byteOrderMark(start);
    if (mark !== undefined && mark.encoding !== encoding)
      reading.refused = refuse('wrong-encoding', `the file says it is ${mark.encoding}, not ${encoding}`);
    base = mark?.length ?? 0;
    return start.subarray(base);
  };
  return {
    push: (bytes) => {
      feed(source.feed(begin(bytes, false)));
      return handOut(reading, parser);
    },
    end: () => {
      feed(source.feed(begin(new Uint8Array(), true)));
      feed(source.finish());
      if (reading.refused === undefined) {
        if (plain !== undefined) parse(plain.rest());
        parser.end();
      }
      if (reading.header === undefined)
        reading.refused ??= refuse('no-header', 'the file has no header line');
      return handOut(reading, parser);
    },
    header: () => reading.header,
    checkpoint: () => reading.next,
  };
};

const parserOptions = (dialect: CsvDialect, source: ByteSource, isStart: boolean): Options => ({
  delimiter: dialect.delimiter,
  quote: dialect.quote === '' ? null : dialect.quote,
  escape: dialect.quote === '' ? null : dialect.quote,
  record_delimiter: ['\r\n', '\n', '\r'],
  encoding: source.parsedAs,
  from_line: isStart ? dialect.skippedLines + 1 : 1,
  max_record_size: tableLimits.lineBytes,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
});

/** Bytes that are turned into others, and lines to be passed over, are the parser's from the beginning. */
const plainOf = (
  { delimiter, quote, skippedLines }: CsvDialect,
  { parsedAs, isAsInFile }: ByteSource,
  isStart: boolean,
  onRow: (cells: string[], toByte: number) => void,
): PlainLines | undefined =>
  isAsInFile && !(isStart && skippedLines > 0)
    ? plainLines({ delimiter, quote, encoding: parsedAs }, onRow)
    : undefined;

const takeRecord = (
  reading: Reading,
  dialect: CsvDialect,
  source: ByteSource,
  raw: readonly string[],
  toByte: number,
): void => {
  if (reading.refused !== undefined) return;
  const cells = raw.map((cell) => source.text(cell));
  const { byte: fromByte, row } = reading.next;
  if (reading.header === undefined) {
    reading.header = dialect.hasHeader ? cells.map((cell) => cell.trim()) : cells.map((_, at) => `${at + 1}`);
    if (reading.header.length > tableLimits.columns)
      reading.refused = refuse('too-many-columns', `${cells.length} columns, at most ${tableLimits.columns}`);
    if (dialect.hasHeader) {
      reading.next = { byte: toByte, row };
      return;
    }
  }
  if (row > tableLimits.rows)
    reading.refused = refuse('too-many-rows', `more than ${tableLimits.rows} rows; split the file`);
  const problem = cellsProblem(cells, reading.header.length);
  reading.rows.push({ row, cells, fromByte, toByte, ...(problem && { problem }) });
  reading.next = { byte: toByte, row: row + 1 };
};

const handOut = (reading: Reading, parser: Parser): Outcome<CellRow[], TableRefusal> => {
  const error: unknown = parser.errored;
  if (error !== null && error !== undefined) reading.refused ??= refusalOf(error);
  if (reading.refused !== undefined) return reading.refused;
  const { rows } = reading;
  reading.rows = [];
  return done(rows);
};

const refusalOf = (error: unknown): Refusal<TableRefusal> => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return refuse('quote-not-closed', 'a quote is opened and never closed; what follows it can not be told');
  if (code === 'CSV_MAX_RECORD_SIZE')
    return refuse('line-too-long', `a row of more than ${tableLimits.lineBytes} bytes, or a quote left open`);
  throw error;
};
