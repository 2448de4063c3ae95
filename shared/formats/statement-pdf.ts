/**
 * A statement of account on paper: `statementPdf(language, data)` → every open item by currency with aging, credits and
 * what is looked into, bank details, and a remittance slip to tear off and send.
 * From: the data of text T13. Next: an attachment of the mail, the customer's page. Refused as `not-rendered`.
 */
import { dayAt, instantFromText } from '../domain/calendar.ts';
import type { MessageData, MessageLanguage } from '../domain/message-data.ts';
import type { PdfRendering } from './letter-pdf.ts';
import { localeText } from './locale-text.ts';
import {
  writeAsOf,
  writeBank,
  writeHeading,
  writeItems,
  writeLetterhead,
  writeSignature,
} from './pdf-parts.ts';
import { makeRoom, pdfBytes, writeParagraph, type Sheet } from './pdf-sheet.ts';
import { orNotRendered } from './render-message.ts';
import { partTemplate } from './text-compile.ts';
import { labelOf } from './text-labels.ts';
import type { PartName } from './text-catalogue.ts';
import { viewOf } from './text-view.ts';

/** Paper has room: all rows at hand are on it. */
const everyRow = Number.MAX_SAFE_INTEGER;

export const statementPdf = async (language: MessageLanguage, data: MessageData): Promise<PdfRendering> => {
  const made = orNotRendered(() => {
    const view = viewOf('T13', language, data, everyRow);
    const partText = (name: PartName): string => partTemplate(name, language, false)(view);
    const [credits, disputed, aging] = [partText('credits'), partText('looking-into'), partText('aging')];
    return { view, blocks: [credits, disputed, aging], slip: partText('slip') };
  });
  if (!made.ok) return made;
  const { view, blocks, slip } = made.value;
  const title = labelOf(language, 'statementTitle');
  const about = { title, author: String(view['seller']), language, madeAt: data.asOf };
  const bytes = await pdfBytes(about, (sheet) => {
    const day = dayAt(instantFromText(data.asOf), data.zone);
    writeLetterhead(sheet, view, localeText(language, data.customer.locale).longDay(day), language);
    writeHeading(sheet, title, 14);
    writeAsOf(sheet, view, language);
    writeItems(sheet, view, language);
    for (const block of blocks) writeBlockLines(sheet, block);
    writeBank(sheet, view, language);
    writeSignature(sheet, view, language, false);
    writeSlip(sheet, slip);
  });
  return { ok: true, value: bytes };
};

/** Lists under headings; an empty line ends one. */
export const writeBlockLines = (sheet: Sheet, text: string): void => {
  for (const block of text.split(/\n\s*\n/)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    if (lines.length > 0) makeRoom(sheet, 40);
    for (const [at, line] of lines.entries()) writeParagraph(sheet, line.trim(), { isBold: at === 0 }, 1);
    sheet.y += 8;
  }
};

/** Below a line to cut along, on one page. */
const writeSlip = (sheet: Sheet, slip: string): void => {
  makeRoom(sheet, 170);
  const { doc, left, width, y } = sheet;
  doc
    .moveTo(left, y)
    .lineTo(left + width, y)
    .dash(3, { space: 3 })
    .lineWidth(0.7)
    .strokeColor('#5a5f66')
    .stroke();
  doc.undash();
  sheet.y += 14;
  writeBlockLines(sheet, slip);
};
