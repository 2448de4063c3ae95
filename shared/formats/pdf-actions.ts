/**
 * Whether a PDF does something by itself: scripts, programs it starts, films, forms it sends somewhere. Names are found
 * however they are spelled, in the file itself and in its packed objects; what cannot be looked into is said to be so.
 * Files inside it (as e-invoices have) are no action.
 * From: `paper-file.ts`. Next: it is not kept.
 */
import { inflateSync } from 'node:zlib';

const actions = /\/(?:JavaScript|Launch|RichMedia|Rendition|SubmitForm|ImportData)(?![A-Za-z0-9])/;
/** Packed objects of one PDF, unpacked; more is made to be large. */
const mostUnpackedBytes = 32 * 1024 * 1024;
/** Beginnings and ends; no paper of this size has as many. */
const mostStreams = 40_000;
/** A dictionary before a stream is shorter than this. */
const mostDictionary = 4_096;

/** Undefined when it only shows. */
export const whatPdfDoes = (data: Buffer): string | undefined => {
  const text = data.toString('latin1');
  if (actions.test(plainNames(text))) return 'the PDF runs or sends something';
  let [left, streams] = [mostUnpackedBytes, 0];
  for (const { index: at, 0: word } of text.matchAll(/stream\r?\n/g)) {
    if ((streams += 1) > mostStreams) return 'the PDF has parts that cannot be looked into';
    const before = plainNames(text.slice(Math.max(0, at - mostDictionary), at));
    if (before.endsWith('end') || !isPackedObjects(before.slice(before.lastIndexOf(' obj') + 1))) continue;
    const objects = unpacked(data.subarray(at + word.length), left);
    if (objects === undefined) return 'the PDF has parts that cannot be looked into';
    left -= objects.length;
    if (actions.test(plainNames(objects))) return 'the PDF runs or sends something';
  }
  return undefined;
};

/** `/Java#53cript` is `/JavaScript`. */
const plainNames = (text: string): string =>
  text.replace(/#([0-9A-Fa-f]{2})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** A stream that holds objects says so, or has their number and where the first begins. */
const isPackedObjects = (dictionary: string): boolean =>
  dictionary.includes('/ObjStm') ||
  (/\/First(?![A-Za-z])/.test(dictionary) && /\/N(?![A-Za-z])/.test(dictionary));

/** Undefined when they are packed otherwise, locked, or more than `mostBytes`. */
const unpacked = (from: Buffer, mostBytes: number): string | undefined => {
  try {
    return inflateSync(from, { maxOutputLength: Math.max(1, mostBytes) }).toString('latin1');
  } catch {
    return undefined;
  }
};
