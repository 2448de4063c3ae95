/**
 * Paper to write on: A4 pages, lines that break and turn where the language does, page numbers at the end.
 * From: letters, statements, copies of invoices. Next: bytes; the same data give the same bytes. The library is loaded
 * with the first PDF, so that a cold start does not wait for it.
 */
import type { MessageLanguage } from '../domain/message-data.ts';
import { directionOf, visualRuns, type Direction } from './pdf-bidi.ts';
import { pdfFonts } from './pdf-fonts.ts';
import { isRightToLeft } from './text-compile.ts';
import { labelWith } from './text-labels.ts';

export type Style = { size?: number; isBold?: boolean; align?: 'start' | 'end'; grey?: boolean };

export type Sheet = {
  doc: PDFKit.PDFDocument;
  direction: Direction;
  /** Of the text area, in points. */
  left: number;
  width: number;
  bottom: number;
  /** Where the next line begins. */
  y: number;
  /** Name and size of the font in use. */
  font: string;
};

const margin = 56;
export const textSize = 9.5;
export const lineHeight = (size: number): number => size * 1.45;

export type PdfAbout = { title: string; author: string; language: MessageLanguage; madeAt: string };

/** `write` fills the sheet; the page numbers come after it. */
export const pdfBytes = async (about: PdfAbout, write: (sheet: Sheet) => void): Promise<Uint8Array> => {
  const { default: PdfDocument } = await import('pdfkit');
  const { title, author, language, madeAt } = about;
  const date = new Date(madeAt);
  const doc = new PdfDocument({
    ...{ size: 'A4', margin: 0, bufferPages: true, lang: language, displayTitle: true, pdfVersion: '1.7' },
    ...{ font: '', info: { Title: title, Author: author, CreationDate: date, ModDate: date } },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => void chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont('regular', pdfFonts.regular).registerFont('bold', pdfFonts.bold);
  const { width, height } = doc.page;
  const sheet: Sheet = {
    ...{ doc, direction: isRightToLeft(language) ? 'rtl' : 'ltr', left: margin, width: width - 2 * margin },
    ...{ bottom: height - margin - 20, y: margin, font: '' },
  };
  write(sheet);
  numberPages(sheet, language);
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
};

const numberPages = (sheet: Sheet, language: MessageLanguage): void => {
  const { count } = sheet.doc.bufferedPageRange();
  for (let page = 0; page < count; page += 1) {
    sheet.doc.switchToPage(page);
    const words = labelWith(language, 'page', { page: String(page + 1), pages: String(count) });
    const at = { x: sheet.left, y: sheet.bottom + 18, width: sheet.width };
    drawLine(sheet, words, at, { size: 8, align: 'end', grey: true });
  }
};

/** Begins a page where so many points are not left. @returns whether it did. */
export const makeRoom = (sheet: Sheet, points: number): boolean => {
  if (sheet.y + points <= sheet.bottom) return false;
  sheet.doc.addPage();
  sheet.y = margin;
  return true;
};

const setFont = (sheet: Sheet, { size = textSize, isBold = false }: Style): void => {
  const name = isBold ? 'bold' : 'regular';
  sheet.doc.font(name).fontSize(size);
  sheet.font = `${name} ${size}`;
};

/** Ligatures are off: what stands in the file can be searched and copied sign by sign. */
const features: PDFKit.Mixins.OpenTypeFeatures[] = [];

/** Laying out signs is most of what a paper costs, and its labels are the same on each: widths by font and words. */
const knownWidths = new Map<string, number>();
const mostKnownWidths = 20_000;

const runWidth = ({ doc, font }: Sheet, text: string): number => {
  const key = `${font} ${text}`;
  const known = knownWidths.get(key);
  if (known !== undefined) return known;
  if (knownWidths.size >= mostKnownWidths) knownWidths.clear();
  const width = doc.widthOfString(text, { features });
  knownWidths.set(key, width);
  return width;
};

/** One line in a place; it is not broken. */
export const drawLine = (
  sheet: Sheet,
  text: string,
  { x, y, width }: { x: number; y: number; width: number },
  style: Style = {},
): void => {
  setFont(sheet, style);
  const { doc, direction } = sheet;
  const runs = visualRuns(text, directionOf(text, direction) === 'rtl' ? 'rtl' : baseOf(text, direction));
  const total = runs.reduce((sum, run) => sum + runWidth(sheet, run.text), 0);
  const isRight = (style.align ?? 'start') === (direction === 'ltr' ? 'end' : 'start');
  let at = isRight ? x + width - total : x;
  doc.fillColor(style.grey === true ? '#5a5f66' : '#111111');
  for (const run of runs) {
    doc.text(run.text, at, y, { lineBreak: false, features });
    at += runWidth(sheet, run.text);
  }
};

/** A value alone goes its own way; a sentence of several values goes the way of the page. */
const baseOf = (text: string, direction: Direction): Direction =>
  text.includes('\u2068') ? direction : directionOf(text, direction);

/** Lines of at most that width; a word that is wider is broken. A value between marks stays between marks. */
export const brokenLines = (sheet: Sheet, text: string, width: number, style: Style = {}): string[] => {
  setFont(sheet, style);
  const space = runWidth(sheet, ' ');
  const lines: string[] = [];
  let [line, used] = ['', 0];
  for (const word of text.split(' ').flatMap((one) => fitting(sheet, one, width))) {
    const wide = runWidth(sheet, word);
    if (line === '' || used + space + wide <= width) {
      used += line === '' ? wide : space + wide;
      line = line === '' ? word : `${line} ${word}`;
    } else {
      const isOpen = line.lastIndexOf('\u2068') > line.lastIndexOf('\u2069');
      lines.push(isOpen ? `${line}\u2069` : line);
      [line, used] = [isOpen ? `\u2068${word}` : word, wide];
    }
  }
  return line === '' ? lines : [...lines, line];
};

const fitting = (sheet: Sheet, word: string, width: number): string[] => {
  if (runWidth(sheet, word) <= width) return [word];
  const pieces = [''];
  for (const sign of word) {
    const longer = `${pieces.at(-1)!}${sign}`;
    if (pieces.at(-1) !== '' && runWidth(sheet, longer) > width) pieces.push(sign);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
};

export const writeParagraph = (sheet: Sheet, text: string, style: Style = {}, gap = 7): void => {
  for (const line of brokenLines(sheet, text, sheet.width, style)) writeLine(sheet, line, style);
  sheet.y += gap;
};

export const writeLine = (sheet: Sheet, line: string, style: Style = {}): void => {
  const height = lineHeight(style.size ?? textSize);
  makeRoom(sheet, height);
  drawLine(sheet, line, { x: sheet.left, y: sheet.y, width: sheet.width }, style);
  sheet.y += height;
};
