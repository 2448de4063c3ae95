/**
 * Whether bytes are a paper that is kept: PDF, PNG or JPEG, told by the bytes alone, whatever the name says.
 * From: uploads, files inside e-invoices. Next: kept as they are and handed out as a download, never opened here. What
 * has something else before its beginning, between its parts or behind its end is refused: it could be read as two things;
 * so is a PDF that does something when it is opened.
 */
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { whatPdfDoes } from './pdf-actions.ts';
import { isJpeg, isPng, walkJpeg, walkPng, type Walked } from './picture-file.ts';

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
  if (isPng(data)) return picture('image/png', walkPng(data));
  if (isJpeg(data)) return picture('image/jpeg', walkJpeg(data));
  return refused('it is no PDF, PNG or JPEG');
};

const refused = (why: string): Checked => refuse('paper-not-readable', `Not kept: ${why}.`);

/** It ends with its end mark and nothing but line ends behind, and does nothing by itself. */
const pdf = (data: Buffer): Checked => {
  if (!/%%EOF[\s\0]{0,1024}$/.test(data.toString('latin1', Math.max(0, data.length - 1_100))))
    return refused('the PDF has no end, or something stands behind it');
  const does = whatPdfDoes(data);
  return does === undefined ? done({ contentType: 'application/pdf' }) : refused(does);
};

const picture = (contentType: PaperType, walked: Walked): Checked => {
  if ('why' in walked) return refused(walked.why);
  const { width, height } = walked;
  return width * height > 0 && width * height <= mostPixels
    ? done({ contentType })
    : refused(`a picture of ${width} by ${height} points is not opened`);
};
