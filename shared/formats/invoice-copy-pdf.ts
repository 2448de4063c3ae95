/**
 * A copy of an invoice as our records know it: `invoiceCopyPdf(language, data, number)`. It says that it is a copy; the
 * original with its lines is the seller's document and is sent instead wherever it is kept.
 * From: the row of the item in `MessageData`. Next: an attachment, the customer's page. Refused as `not-rendered`.
 */
import { dayAt, instantFromText } from '../domain/calendar.ts';
import type { CurrencyTable, ItemRow, MessageData, MessageLanguage } from '../domain/message-data.ts';
import { refuse } from '../domain/outcome.ts';
import { cleanText } from './clean-text.ts';
import type { PdfRendering } from './letter-pdf.ts';
import { localeText } from './locale-text.ts';
import { writeBank, writeHeading, writeLetterhead, writeSignature } from './pdf-parts.ts';
import { pdfBytes, writeParagraph } from './pdf-sheet.ts';
import { writeTable } from './pdf-table.ts';
import { orNotRendered } from './render-message.ts';
import { labelOf, type LabelName } from './text-labels.ts';
import { viewOf } from './text-view.ts';

/** Refused where no table has a row of that number. The data are those of a balance, as for a statement. */
export const invoiceCopyPdf = async (
  language: MessageLanguage,
  data: MessageData,
  number: string,
): Promise<PdfRendering> => {
  const table = data.tables.find(({ rows }) => rows.some((row) => row.number === number));
  const row = table?.rows.find((one) => one.number === number);
  if (table === undefined || row === undefined)
    return refuse('not-rendered', `there is no item ${number} in the data`);
  const made = orNotRendered(() => ({
    view: viewOf('T13', language, data),
    lines: linesOf(language, data, table, row),
  }));
  if (!made.ok) return made;
  const { view, lines } = made.value;
  const title = `${labelOf(language, 'copyTitle')} \u2068${cleanText(number)}\u2069`;
  const plainTitle = title.replace(/[\u2068\u2069]/g, '');
  const about = { title: plainTitle, author: String(view['seller']), language, madeAt: data.asOf };
  const bytes = await pdfBytes(about, (sheet) => {
    const day = dayAt(instantFromText(data.asOf), data.zone);
    writeLetterhead(sheet, view, localeText(language, data.customer.locale).longDay(day), language);
    writeHeading(sheet, title, 14);
    writeParagraph(sheet, labelOf(language, 'copyNote'), { isBold: true }, 12);
    const columns = [
      { title: '', weight: 1 },
      { title: '', weight: 1, align: 'end' as const },
    ];
    const isLast = (at: number): boolean => at === lines.length - 1;
    writeTable(
      sheet,
      columns,
      lines.map(([label, words], at) => ({
        cells: [[labelOf(language, label)], [words]],
        isBold: isLast(at),
      })),
    );
    writeBank(sheet, view, language);
    writeSignature(sheet, view, language, false);
  });
  return { ok: true, value: bytes };
};

const linesOf = (
  language: MessageLanguage,
  data: MessageData,
  { currency }: CurrencyTable,
  row: ItemRow,
): [LabelName, string][] => {
  const say = localeText(language, data.customer.locale);
  const { documentOn, dueOn, purchaseOrder, original, settled, open } = row;
  return [
    ['documentDate', say.longDay(documentOn)],
    ['dueDate', say.longDay(dueOn)],
    ...(purchaseOrder === undefined
      ? []
      : ([['purchaseOrder', cleanText(purchaseOrder)]] as [LabelName, string][])),
    ['original', say.money({ amount: original, currency })],
    ['settled', say.money({ amount: settled, currency })],
    ['open', say.money({ amount: open, currency })],
  ];
};
