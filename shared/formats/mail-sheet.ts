/**
 * All rows of a text as a workbook, where the mail shows some of them: `mailSheet(text, language, data)`.
 * From: the data of the text. Next: an attachment of the mail. Columns bear short names that mean the same in each
 * language of our texts; amounts are numbers, days are days.
 */
import { plainAmountStyle } from '../domain/amount-style.ts';
import { amountText } from '../domain/amount-text.ts';
import { decimalsOf, type Decimals } from '../domain/currencies.ts';
import type {
  CurrencyTable,
  ItemRow,
  MessageData,
  MessageLanguage,
  MessageText,
} from '../domain/message-data.ts';
import type { AmountMinor } from '../domain/money.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import type { ExportCell } from './csv-neutral.ts';
import { labelOf } from './text-labels.ts';
import { mostSheetRows, xlsxBytes } from './xlsx-writer.ts';

/** Refused for more rows than a sheet holds, or a currency nobody knows. */
export const mailSheet = async (
  _text: MessageText,
  language: MessageLanguage,
  { tables }: MessageData,
): Promise<Outcome<Uint8Array, 'not-rendered'>> => {
  const rows: ExportCell[][] = [];
  for (const table of tables) {
    const decimals = decimalsOf(table.currency);
    if (!decimals.ok) return refuse('not-rendered', decimals.detail);
    for (const row of table.rows) rows.push(cellsOf(row, table, decimals.value));
  }
  if (rows.length > mostSheetRows) return refuse('not-rendered', `More than ${mostSheetRows} rows.`);
  const columns = [
    ...['#', labelOf(language, 'rowOn'), labelOf(language, 'rowDue'), 'PO', 'ISO 4217'],
    ...(['rowOriginal', 'rowSettled', 'rowOpen', 'asked'] as const).map((name) => labelOf(language, name)),
  ];
  return done(await xlsxBytes('1', columns, rows));
};

const cellsOf = (row: ItemRow, { currency }: CurrencyTable, decimals: Decimals): ExportCell[] => {
  const { number, documentOn, dueOn, purchaseOrder, original, settled, open, asked = open } = row;
  const amount = (value: AmountMinor): ExportCell => ({
    is: 'number',
    text: amountText(value, plainAmountStyle, decimals),
  });
  return [
    { is: 'text', text: number },
    { is: 'day', text: documentOn },
    { is: 'day', text: dueOn },
    purchaseOrder === undefined ? { is: 'blank' } : { is: 'text', text: purchaseOrder },
    { is: 'text', text: currency },
    ...[original, settled, open, asked].map(amount),
  ];
};
