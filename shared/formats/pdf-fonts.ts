/**
 * The fonts that PDFs are set in and carry with them: DejaVu Sans, which has Latin and Hebrew.
 * From: beside the bundle, or the package in the repository. Next: `pdf-sheet.ts`, which reads them at the first PDF.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type PdfFonts = { regular: Buffer; bold: Buffer };

const folders = ['fonts', '../../node_modules/dejavu-fonts-ttf/ttf'];

let known: PdfFonts | undefined;

/** @throws where neither place has them. */
export const pdfFonts = (): PdfFonts => {
  if (known !== undefined) return known;
  const places = folders.map((folder) => join(import.meta.dirname, folder));
  const place = places.find((folder) => existsSync(join(folder, 'DejaVuSans.ttf')));
  if (place === undefined) throw new Error(`no fonts in ${places.join(' or ')}`);
  const read = (name: string): Buffer => readFileSync(join(place, name));
  known = { regular: read('DejaVuSans.ttf'), bold: read('DejaVuSans-Bold.ttf') };
  return known;
};
