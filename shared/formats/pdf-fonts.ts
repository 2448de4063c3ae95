/**
 * Where the fonts are that PDFs are set in and carry with them: DejaVu Sans, which has Latin and Hebrew.
 * From: the folder beside the bundle (`scripts/build/bundle.ts`), or the package where the source runs unbuilt.
 * Next: `pdf-sheet.ts` names them to the library, which reads them.
 */

const isSource = /[/\\]formats$/.test(import.meta.dirname);

const folder = isSource
  ? `${import.meta.dirname}/../../node_modules/dejavu-fonts-ttf/ttf`
  : `${import.meta.dirname}/fonts`;

export const pdfFonts = {
  regular: `${folder}/DejaVuSans.ttf`,
  bold: `${folder}/DejaVuSans-Bold.ttf`,
};
