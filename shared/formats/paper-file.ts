/**
 * Whether bytes are a paper that is kept: PDF, PNG or JPEG, told by the bytes alone, whatever the name says.
 * From: uploads, files inside e-invoices. Next: kept as they are and handed out as a download, never opened here. What
 * has something else before its beginning or behind its end is refused: it could be read as two things.
 */
import { done, refuse, type Outcome } from '../domain/outcome.ts';

export type PaperType = 'application/pdf' | 'image/png' | 'image/jpeg';
type Checked = Outcome<{ contentType: PaperType }, 'paper-not-readable'>;

/** A picture that takes more to open than any scan of a page. */
const mostPixels = 100_000_000;
/** The test file of virus scanners; a scanner that is run before us leaves a file it cured looking like this. */
const eicar = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

/** `paper-not-readable` says why in its detail. */
export const checkPaper = (bytes: Uint8Array): Checked => {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.includes(eicar)) return refused('it is what virus scanners are tested with');
  if (/^%PDF-[12]\.\d/.test(data.toString('latin1', 0, 8))) return pdf(data);
  if (data.subarray(0, 8).equals(pngStart)) return png(data);
  if (data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff) return jpeg(data);
  return refused('it is no PDF, PNG or JPEG');
};

const refused = (why: string): Checked => refuse('paper-not-readable', `Not kept: ${why}.`);

/** It ends with its end mark and nothing but line ends behind. */
const pdf = (data: Buffer): Checked =>
  /%%EOF[\s\0]{0,1024}$/.test(data.toString('latin1', Math.max(0, data.length - 1_100)))
    ? done({ contentType: 'application/pdf' })
    : refused('the PDF has no end, or something stands behind it');

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const pngEnd = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

const png = (data: Buffer): Checked => {
  if (data.length < 45 || data.toString('latin1', 12, 16) !== 'IHDR') return refused('the PNG has no header');
  if (!data.subarray(-12).equals(pngEnd)) return refused('the PNG has no end, or something stands behind it');
  return picture('image/png', data.readUInt32BE(16), data.readUInt32BE(20));
};

const picture = (contentType: PaperType, width: number, height: number): Checked =>
  width * height > 0 && width * height <= mostPixels
    ? done({ contentType })
    : refused(`a picture of ${width} by ${height} points is not opened`);

/** Walks its segments to the one that tells its size. */
const jpeg = (data: Buffer): Checked => {
  if (data.at(-2) !== 0xff || data.at(-1) !== 0xd9)
    return refused('the JPEG has no end, or something stands behind it');
  let at = 2;
  while (at + 9 < data.length && data[at] === 0xff) {
    const marker = data[at + 1] ?? 0;
    if (isFrame(marker)) return picture('image/jpeg', data.readUInt16BE(at + 7), data.readUInt16BE(at + 5));
    at += 2 + Math.max(2, data.readUInt16BE(at + 2));
  }
  return refused('the JPEG does not tell its size');
};

/** Start of frame, but not the tables that share its range. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
