/**
 * Is this ZIP a harmless workbook? Decided before anything of it is parsed: sizes by the central directory,
 * then every XML part unpacked within its stated size and looked through.
 * From: `xlsx-reader.ts`. Next: the bytes go to the parser, or the file is refused. What is not XML (pictures,
 * macros, a ZIP inside) is never unpacked.
 */
import { crc32, inflateRawSync } from 'node:zlib';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { zipEntries, type ZipEntry } from './xlsx-entries.ts';
import { tableLimits, type TableRefusal } from './rows.ts';

export const archiveLimits = {
  entries: 2_000,
  inflatedBytes: 100 * 1_048_576,
  ratio: 100,
  /** Below this size a high ratio is what repeated cells come to, and does no harm. */
  ratioFromBytes: 1_048_576,
  /** Rows times columns of a sheet, empty ones between included. */
  cells: 3_000_000,
  rows: 1_048_576,
} as const;

type Refused = Extract<
  TableRefusal,
  'not-a-workbook' | 'unsafe-archive' | 'unsafe-xml' | 'sheet-too-large' | 'too-many-columns'
>;

/** What the workbook counts its days from, when nothing is wrong with it. */
export const checkWorkbook = (bytes: Uint8Array): Outcome<{ daysFrom: 1900 | 1904 }, Refused> => {
  let daysFrom: 1900 | 1904 = 1900;
  const listed = zipEntries(bytes, archiveLimits.entries);
  if (!listed.ok) return listed;
  const total = listed.value.reduce((sum, { inflatedSize }) => sum + inflatedSize, 0);
  if (total > archiveLimits.inflatedBytes)
    return refuse('unsafe-archive', `unpacks to ${total} bytes, at most ${archiveLimits.inflatedBytes}`);
  const dense = listed.value.find(isTooDense);
  if (dense !== undefined)
    return refuse('unsafe-archive', `a part unpacks to more than ${archiveLimits.ratio} times its size`);
  if (!listed.value.some(({ name }) => name === 'xl/workbook.xml'))
    return refuse('not-a-workbook', 'the archive holds no workbook');
  for (const entry of listed.value.filter(({ name }) => /\.(xml|rels)$/i.test(name))) {
    const part = inflated(bytes, entry);
    if (!part.ok) return part;
    const fault = partFault(part.value);
    if (fault !== undefined) return fault;
    if (entry.name === 'xl/workbook.xml' && countsFrom1904(part.value)) daysFrom = 1904;
  }
  return done({ daysFrom });
};

const countsFrom1904 = (part: Uint8Array): boolean =>
  /\sdate1904\s*=\s*["'](1|true)["']/.test(Buffer.from(part).toString('latin1'));

const isTooDense = ({ size, inflatedSize }: ZipEntry): boolean =>
  inflatedSize > archiveLimits.ratioFromBytes && inflatedSize > archiveLimits.ratio * size;

/** The part, when it is just as large as the directory says and has the check sum it says. */
const inflated = (bytes: Uint8Array, entry: ZipEntry): Outcome<Uint8Array, 'unsafe-archive'> => {
  const packed = bytes.subarray(entry.from, entry.from + entry.size);
  try {
    const part =
      entry.method === 'stored'
        ? packed
        : inflateRawSync(packed, { maxOutputLength: Math.max(entry.inflatedSize, 1) });
    return part.length === entry.inflatedSize && crc32(part) === entry.checkSum
      ? done(part)
      : refuse('unsafe-archive', 'a part is not what the directory of the archive says');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refuse('unsafe-archive', `a part can not be unpacked as the directory says: ${error.message}`);
  }
};

const partFault = (part: Uint8Array) => {
  if (part[0] === 0xfe || part[0] === 0xff || part[0] === 0 || part[1] === 0)
    return refuse('unsafe-xml', 'a part is not in UTF-8');
  const text = Buffer.from(part.buffer, part.byteOffset, part.length).toString('latin1');
  if (/<!(DOCTYPE|ENTITY)/i.test(text)) return refuse('unsafe-xml', 'a part declares a document type');
  return text.includes('sheetData') ? sheetFault(text) : undefined;
};

/** Rows and columns the sheet reaches to, told by the references of its rows and cells. */
const sheetFault = (text: string) => {
  let rows = 0;
  let columns = 0;
  for (const [, quoted = ''] of text.matchAll(/\sr\s*=\s*("[^"]*"|'[^']*')/g)) {
    const [, letters = '', digits = ''] = /^.([A-Z]{0,4})(\d{1,8}).$/.exec(quoted) ?? [];
    if (digits === '') return refuse('not-a-workbook', 'a cell reference that is none');
    rows = Math.max(rows, Number(digits));
    columns = Math.max(columns, columnNumber(letters));
  }
  if (columns > tableLimits.columns)
    return refuse('too-many-columns', `${columns} columns, at most ${tableLimits.columns}`);
  if (rows > archiveLimits.rows || rows * columns > archiveLimits.cells)
    return refuse('sheet-too-large', `${rows} rows by ${columns} columns; upload it as CSV`);
  return undefined;
};

/** A is 1, Z 26, AA 27. */
const columnNumber = (letters: string): number =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
