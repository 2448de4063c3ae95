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
  const head = broken(sheet, columns, { cells: columns.map(({ title }) => [title]), isBold: true });
  makeRoom(sheet, 2 * head.height);
  writeRow(sheet, columns, head);
  for (const row of rows) {
    const lines = broken(sheet, columns, row);
    if (makeRoom(sheet, lines.height)) writeRow(sheet, columns, head);
    writeRow(sheet, columns, lines);
  }
  sheet.y += 10;
};

type BrokenRow = { cells: string[][]; isBold: boolean; height: number };

const widthOf = ({ width }: Sheet, columns: readonly Column[], at: number): number =>
  (width * columns[at]!.weight) / columns.reduce((sum, { weight }) => sum + weight, 0);

const broken = (
  sheet: Sheet,
  columns: readonly Column[],
  { cells, isBold = false }: { cells: Cells; isBold?: boolean },
): BrokenRow => {
  const lines = cells.map((cell, at) =>
    cell.flatMap((line) => brokenLines(sheet, line, widthOf(sheet, columns, at) - padding, { size, isBold })),
  );
  const most = Math.max(1, ...lines.map(({ length }) => length));
  return { cells: lines, isBold, height: most * lineHeight(size) + 2 * padding };
};

const writeRow = (sheet: Sheet, columns: readonly Column[], { cells, isBold, height }: BrokenRow): void => {
  let at = 0;
  for (const [index, lines] of cells.entries()) {
    const width = widthOf(sheet, columns, index);
    const x = sheet.direction === 'ltr' ? sheet.left + at : sheet.left + sheet.width - at - width + padding;
    const style: Style = { size, isBold, align: columns[index]?.align ?? 'start' };
    for (const [line, text] of lines.entries()) {
      const y = sheet.y + padding + line * lineHeight(size);
      drawLine(sheet, text, { x, y, width: width - padding }, style);
    }
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
