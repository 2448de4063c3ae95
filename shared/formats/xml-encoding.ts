/**
 * The characters of an XML file, by the encoding it declares and its bytes bear out.
 * From: the bytes of an upload. Next: `xml-reader.ts`. Accepted by name: UTF-8 (and ASCII), UTF-16, ISO-8859-1,
 * Windows-1252. A declaration that the bytes contradict is refused: a name read wrongly cannot be put right.
 */
import { stop } from './xml-refusal.ts';

const decoders: Record<string, string> = {
  ...{ 'utf-8': 'utf-8', utf8: 'utf-8', 'us-ascii': 'utf-8', ascii: 'utf-8' },
  ...{ 'utf-16': 'utf-16', 'utf-16le': 'utf-16le', 'utf-16be': 'utf-16be' },
  ...{ 'iso-8859-1': 'windows-1252', latin1: 'windows-1252', 'windows-1252': 'windows-1252' },
};

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean =>
  start.every((byte, at) => bytes[at] === byte);

/** What the first bytes show, whatever is declared; undefined: one byte a character, or UTF-8. */
const shownBy = (bytes: Uint8Array): string | undefined => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0x3c, 0)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff) || startsWith(bytes, 0, 0x3c)) return 'utf-16be';
  return undefined;
};

const declaredIn = (start: string): string | undefined =>
  /^\uFEFF?<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/.exec(start)?.[1]?.toLowerCase();

/** Decodes strictly: a byte that is none of its encoding ends the reading. */
const decode = (bytes: Uint8Array, encoding: string): string => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return stop('encoding-mismatch', `the file is not ${encoding}`);
    throw error;
  }
};

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

const isAscii = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** The text of an XML file, without its byte order mark. */
export const xmlText = (bytes: Uint8Array): string => {
  const shown = shownBy(bytes);
  const start = new TextDecoder(shown ?? 'latin1').decode(bytes.subarray(0, 600));
  const declared = declaredIn(start) ?? shown ?? 'utf-8';
  const encoding = decoders[declared] ?? stop('encoding-unknown', `encoding "${declared}" is not accepted`);
  if (encoding.startsWith('utf-16')) {
    if (shown === undefined || shown === 'utf-8' || (encoding !== 'utf-16' && encoding !== shown))
      return stop('encoding-mismatch', `"${declared}" is declared, the bytes are not`);
    return decode(bytes, shown);
  }
  if (shown !== undefined && shown !== encoding)
    return stop('encoding-mismatch', `"${declared}" is declared, the bytes are ${shown}`);
  if (encoding === 'windows-1252' && !isAscii(bytes) && isUtf8(bytes))
    return stop('encoding-mismatch', `"${declared}" is declared, the bytes are utf-8`);
  return decode(bytes, encoding);
};
