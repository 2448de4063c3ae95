/**
 * Lines of CSV without any quote, which are most: cut at their ends and delimiters, several times as fast as a parser
 * that looks at every character. At the first byte that may mean more it stops and the parser goes on, from the
 * beginning of a row.
 * From: `csv-reader.ts`, blocks of a file in UTF-8 or an encoding of one byte. Next: the same reader, row by row.
 */
import { tableLimits } from './rows.ts';

export type PlainDialect = { delimiter: string; quote: string; encoding: 'utf8' | 'latin1' };

export type PlainLines = {
  /** Hands out the rows that end in these bytes. @returns what the parser has to read, once it has to; then it is spent. */
  push(bytes: Uint8Array): Uint8Array | undefined;
  /** What has no line end yet. */
  rest(): Uint8Array;
  /** Bytes of all rows handed out, with their line ends and lines without any character. */
  readBytes(): number;
};

/** Cells of one row, and the byte after its line end, counted from the first that was pushed. */
type OnRow = (cells: string[], toByte: number) => void;

/** A block as long as the longest line there may be is left to the parser, which refuses longer ones. */
const mostBytes = tableLimits.lineBytes;

export const plainLines = ({ delimiter, quote, encoding }: PlainDialect, onRow: OnRow): PlainLines => {
  let waiting: Uint8Array = new Uint8Array();
  let doneBytes = 0;
  const rowsOf = (block: Buffer): void => {
    const text = block.toString(encoding);
    // each character is a byte, or the bytes have their own line ends
    const inBytes =
      text.length === block.length ? undefined : lineEnds((end, from) => block.indexOf(end, from));
    const inText = lineEnds((end, from) => text.indexOf(end, from));
    for (let from = 0; from < text.length; from = inText.after) {
      const end = inText.next(from);
      inBytes?.next(inBytes.after);
      if (end > from) onRow(text.slice(from, end).split(delimiter), doneBytes + (inBytes ?? inText).after);
    }
    doneBytes += block.length;
  };
  return {
    push: (bytes) => {
      const block = waiting.length === 0 ? bufferOf(bytes) : Buffer.concat([waiting, bytes]);
      if (block.length > mostBytes || (quote !== '' && block.includes(quote))) return block;
      const length = endOfLast(block);
      waiting = block.subarray(length);
      rowsOf(block.subarray(0, length));
      return undefined;
    },
    rest: () => waiting,
    readBytes: () => doneBytes,
  };
};

const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const [lineFeed, carriageReturn] = ['\n', '\r'];

/** After the last line end of a block; a carriage return at its end may be half of one. */
const endOfLast = (block: Buffer): number =>
  1 + Math.max(block.lastIndexOf(lineFeed), block.subarray(0, -1).lastIndexOf(carriageReturn));

type LineEnds = {
  /** Where the line that begins at `from` ends. */
  next(from: number): number;
  /** Where the line after that begins. */
  after: number;
};

/** Both kinds of line end, and both together, each looked for once. */
const lineEnds = (find: (end: string, from: number) => number): LineEnds => {
  const place = (end: string, from: number): number => {
    const at = find(end, from);
    return at < 0 ? Infinity : at;
  };
  let [feed, carriage] = [-1, -1];
  const ends: LineEnds = {
    after: 0,
    next: (from) => {
      if (feed < from) feed = place(lineFeed, from);
      if (carriage < from) carriage = place(carriageReturn, from);
      ends.after = carriage + 1 === feed ? feed + 1 : Math.min(feed, carriage) + 1;
      return Math.min(feed, carriage);
    },
  };
  return ends;
};
