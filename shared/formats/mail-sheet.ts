/**
 * All items of a message as a sheet to attach, where the mail itself shows 20 of them: `mailSheet(text, language, data)`.
 * From: `MessageData`. Next: an XLSX beside the mail. Every cell is text, a number or a day; nothing is a formula.
 */
import { amountText } from '../domain/amount-text.ts';
import { plainAmountStyle } from '../domain/amount-style.ts';
import { decimalsOf } from '../domain/currencies.ts';
import type {
  CurrencyTable,
  ItemRow,
  MessageData,
  MessageLanguage,
  MessageText,
} from '../domain/message-data.ts';
import { negate, zero, type AmountMinor, type Currency } from '../domain/money.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { cleanText } from './clean-text.ts';
import type { ExportCell } from './csv-neutral.ts';
import { labelOf } from './text-labels.ts';
import { orNotRendered } from './render-message.ts';
import { mostSheetRows, xlsxBytes } from './xlsx-writer.ts';

/** Items, then credits as amounts below 0. Refused for more rows than a sheet holds, or a currency that is none. */
export const mailSheet = async (
  _text: MessageText,
  language: MessageLanguage,
  { tables }: MessageData,
): Promise<Outcome<Uint8Array, 'not-rendered'>> => {
  const made = orNotRendered(() =>
    tables.flatMap((table) => [
      ...table.rows.map((row) => itemCells(row, table.currency)),
      ...table.credits.map((credit) => creditCells(credit, table.currency, language)),
    ]),
  );
  if (!made.ok) return made;
  if (made.value.length > mostSheetRows)
    return refuse('not-rendered', `a sheet holds at most ${mostSheetRows} rows`);
  const columns = labelOf(language, 'sheetColumns').split('|');
  return done(await xlsxBytes(labelOf(language, 'sheetName'), columns, made.value));
};

const itemCells = (row: ItemRow, currency: Currency): ExportCell[] => [
  ...[text(currency), text(row.number), day(row.documentOn), text(row.purchaseOrder ?? ''), day(row.dueOn)],
  { is: 'number', text: String(Math.max(0, row.daysLate)) },
  ...[money(row.original, currency), money(row.settled, currency), money(row.open, currency)],
  money(row.asked ?? row.open, currency),
];

const creditCells = (
  credit: CurrencyTable['credits'][number],
  currency: Currency,
  language: MessageLanguage,
): ExportCell[] => {
  const amount = money(negate(credit.amount), currency);
  const named =
    credit.is === 'unallocated'
      ? [text(labelOf(language, 'unallocated')), blank]
      : [text(credit.number), day(credit.on)];
  return [text(currency), ...named, blank, blank, blank, amount, money(zero, currency), amount, amount];
};

const blank: ExportCell = { is: 'blank' };
const text = (words: string): ExportCell =>
  words === '' ? { is: 'blank' } : { is: 'text', text: cleanText(words) };
const day = (on: string): ExportCell => ({ is: 'day', text: on });

const money = (amount: AmountMinor, currency: Currency): ExportCell => {
  const decimals = decimalsOf(currency);
  if (!decimals.ok) throw new RangeError(decimals.detail);
  return { is: 'number', text: amountText(amount, plainAmountStyle, decimals.value) };
};
