/**
 * The encodings a CSV file may have, without losing where in the file a row ends.
 * From: `csv-reader.ts`. UTF-8 and the one-byte encodings are parsed as they are, byte for byte; UTF-16 is
 * turned into UTF-8 before. Next: cells as text, offsets as bytes of the file.
 */
import { TextDecoder } from 'node:util';
import type { TextEncoding } from '../domain/mapping-profile.ts';

export type ByteSource = {
  /** The name the parser knows the bytes by that `feed` returns. */
  parsedAs: 'utf8' | 'latin1';
  /** `feed` gives the bytes as they are. */
  isAsInFile: boolean;
  /** Bytes of the file, ready for the parser. */
  feed(bytes: Uint8Array): Uint8Array;
  /** What was still held back, at the end of the file. */
  finish(): Uint8Array;
  /** From an offset among the parser's bytes to one among the file's; offsets only grow from call to call. */
  fileBytes(parserBytes: number): number;
  /** A cell as the parser made it, to the text it is. */
  text(cell: string): string;
};

const boms: readonly { encoding: TextEncoding; bytes: readonly number[] }[] = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
];

/** Bytes that are enough to see every mark. */
export const longestMark = 3;

/** The mark a file begins with: the encoding it names and its length; undefined when there is none. */
export const byteOrderMark = (start: Uint8Array): { encoding: TextEncoding; length: number } | undefined => {
  const found = boms.find(({ bytes }) => bytes.every((byte, at) => start[at] === byte));
  return found === undefined ? undefined : { encoding: found.encoding, length: found.bytes.length };
};

/** A source for one reading of one file, from a byte where a row begins. */
export const byteSource = (encoding: TextEncoding): ByteSource => {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return twoByteSource(encoding);
  const parsedAs = encoding === 'utf-8' ? 'utf8' : 'latin1';
  const changes = changesOf(encoding);
  return {
    ...{ parsedAs, isAsInFile: true },
    feed: (bytes) => bytes,
    finish: () => new Uint8Array(),
    fileBytes: (parserBytes) => parserBytes,
    text: changes === undefined ? (cell) => cell : (cell) => changed(cell, changes),
  };
};

const twoByteSource = (encoding: 'utf-16le' | 'utf-16be'): ByteSource => {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let waiting = Buffer.alloc(0);
  let behind = { parser: 0, file: 0 };
  const toUtf8 = (text: string): Uint8Array => {
    const bytes = Buffer.from(text, 'utf8');
    waiting = Buffer.concat([waiting, bytes]);
    return bytes;
  };
  return {
    ...{ parsedAs: 'utf8', isAsInFile: false },
    feed: (bytes) => toUtf8(decoder.decode(bytes, { stream: true })),
    finish: () => toUtf8(decoder.decode()),
    fileBytes: (parserBytes) => {
      const length = parserBytes - behind.parser;
      const units = waiting.toString('utf8', 0, length).length;
      waiting = waiting.subarray(length);
      behind = { parser: parserBytes, file: behind.file + 2 * units };
      return behind.file;
    },
    text: (cell) => cell,
  };
};

/** What a one-byte encoding has where ISO 8859-1 has something else; '\ufffd' where it has nothing. */
const changesOf = (encoding: TextEncoding): ReadonlyMap<string, string> | undefined => {
  if (encoding !== 'windows-1252' && encoding !== 'iso-8859-15') return undefined;
  const own = encoding === 'windows-1252' ? windows1252 : iso885915;
  return new Map(own.map(([byte, character]) => [String.fromCharCode(byte), character]));
};

const windows1252 = [...'€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ'].map(
  (character, at): [number, string] => [0x80 + at, character],
);
const iso885915: [number, string][] = [
  ...([
    [0xa4, '€'],
    [0xa6, 'Š'],
    [0xa8, 'š'],
    [0xb4, 'Ž'],
    [0xb8, 'ž'],
    [0xbc, 'Œ'],
    [0xbd, 'œ'],
    [0xbe, 'Ÿ'],
  ] as [number, string][]),
];

const changed = (cell: string, changes: ReadonlyMap<string, string>): string =>
  /[\x80-\xbf]/.test(cell)
    ? cell.replace(/[\x80-\xbf]/g, (character) => changes.get(character) ?? character)
    : cell;
