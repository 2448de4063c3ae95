/**
 * Tables on paper: columns by weight, cells of several lines, the head again on each page.
 * From: rows of words. Next: a sheet. In a language from the right the first column stands on the right.
 */
import { brokenLines, drawLine, lineHeight, makeRoom, type Sheet, type Style } from './pdf-sheet.ts';

export type Column = { title: string; weight: number; align?: 'start' | 'end' };
export type Cells = readonly (readonly string[])[];

const size = 8;
const padding = 4;

/** `rows`: cells of lines, as many as columns; bold ones sum up. */
export const writeTable = (
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly { cells: Cells; isBold?: boolean }[],
): void => {
  const head = { cells: columns.map(({ title }) => [title]), isBold: true };
  writeRow(sheet, columns, head);
  for (const row of rows) {
    if (makeRoom(sheet, rowHeight(sheet, columns, row))) writeRow(sheet, columns, head);
    writeRow(sheet, columns, row);
  }
  sheet.y += 10;
};

type Row = { cells: Cells; isBold?: boolean };

const widthOf = ({ width }: Sheet, columns: readonly Column[], at: number): number =>
  (width * columns[at]!.weight) / columns.reduce((sum, { weight }) => sum + weight, 0);

const linesOf = (sheet: Sheet, columns: readonly Column[], { cells, isBold }: Row): string[][] => {
  const style = { size, isBold: isBold === true };
  return cells.map((lines, at) =>
    lines.flatMap((line) => brokenLines(sheet, line, widthOf(sheet, columns, at) - padding, style)),
  );
};

const rowHeight = (sheet: Sheet, columns: readonly Column[], row: Row): number =>
  Math.max(1, ...linesOf(sheet, columns, row).map(({ length }) => length)) * lineHeight(size) + 2 * padding;

const writeRow = (sheet: Sheet, columns: readonly Column[], row: Row): void => {
  const height = rowHeight(sheet, columns, row);
  makeRoom(sheet, height);
  let at = 0;
  for (const [index, lines] of linesOf(sheet, columns, row).entries()) {
    const width = widthOf(sheet, columns, index);
    const x = sheet.direction === 'ltr' ? sheet.left + at : sheet.left + sheet.width - at - width;
    const style: Style = { size, isBold: row.isBold === true, align: columns[index]?.align ?? 'start' };
    const place = { x: sheet.direction === 'ltr' ? x : x + padding, width: width - padding };
    for (const [line, text] of lines.entries())
      drawLine(sheet, text, { ...place, y: sheet.y + padding + line * lineHeight(size) }, style);
    at += width;
  }
  sheet.y += height;
  const { doc, left, width, y } = sheet;
  doc
    .moveTo(left, y)
    .lineTo(left + width, y)
    .lineWidth(0.5)
    .strokeColor('#b8bec5')
    .stroke();
};
