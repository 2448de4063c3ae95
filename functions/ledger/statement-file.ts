/**
 * The lines of a statement in one currency, as JSON or as rows of a table.
 * From: `read-statement.ts`, `read-group-statement.ts`. Next: a page, or `table-file.ts`.
 */
import type { StatementQuery } from '../../shared/contracts/statements.ts';
import { daysBetween, type Day } from '../../shared/domain/calendar.ts';
import { decimalText } from '../../shared/domain/export-rows.ts';
import { amountOf, type AmountMinor } from '../../shared/domain/money.ts';
import type { CurrencyStatement } from '../../shared/domain/statement.ts';
import type { ExportCell } from '../../shared/formats/csv-neutral.ts';

type Style = StatementQuery['style'];
type Days = { from: Day; to: Day };

/** One currency of one account. */
export const partJson = (style: Style, statement: CurrencyStatement, to: Day) => {
  const { currency, opening, lines, closing, items, provisional } = statement;
  return style === 'open-item'
    ? { currency, items: items.map((item) => openLine(item, to)), closing, provisional }
    : { currency, opening, lines, closing, provisional };
};

/** How many rows a table has of it. */
export const rowCountOf = (style: Style, { items, lines }: CurrencyStatement): number =>
  style === 'open-item' ? items.length : lines.length + 1;

export const rowsOf = (style: Style, part: CurrencyStatement, days: Days): ExportCell[][] =>
  style === 'open-item' ? openRows(part, days.to) : forwardRows(part, days);

type OpenItem = CurrencyStatement['items'][number];

const openLine = (item: OpenItem, to: Day) => ({
  ...{ item: item.id, number: item.number, part: item.part, kind: item.kind },
  ...{ documentOn: item.documentOn, dueOn: item.dueOn, original: item.original, open: item.open },
  daysOverdue: item.open > 0 ? Math.max(0, daysBetween(item.dueOn, to)) : 0,
  purchaseOrder: item.references.purchaseOrder ?? null,
});

export const columnsOf: Record<Style, readonly string[]> = {
  'open-item': [
    ...['currency', 'number', 'part', 'kind', 'document', 'due', 'original', 'open', 'openAmount'],
    ...['daysOverdue', 'purchaseOrder'],
  ],
  'balance-forward': ['currency', 'on', 'number', 'kind', 'why', 'amount', 'amountAmount', 'balance'],
};

export const text = (value: string | null): ExportCell =>
  value === null ? { is: 'blank' } : { is: 'text', text: value };
const dayCell = (text: string): ExportCell => ({ is: 'day', text });
const number = (value: number | string): ExportCell => ({ is: 'number', text: String(value) });

const openRows = ({ currency, items }: CurrencyStatement, to: Day): ExportCell[][] =>
  items.map((item) => {
    const line = openLine(item, to);
    return [
      ...[text(currency), text(line.number), text(line.part), text(line.kind), dayCell(line.documentOn)],
      ...[dayCell(line.dueOn), number(line.original), number(line.open)],
      ...[number(decimalText(item.open, currency)), number(line.daysOverdue), text(line.purchaseOrder)],
    ];
  });

/** The opening as the first line, the balance after each line beside it; the last balance is the closing. */
const forwardRows = ({ currency, opening, lines }: CurrencyStatement, { from }: Days): ExportCell[][] => {
  let balance: AmountMinor = opening;
  const row = (on: string, names: (string | null)[], amount: AmountMinor): ExportCell[] => [
    ...[text(currency), dayCell(on), ...names.map(text)],
    ...[number(amount), number(decimalText(amount, currency)), number(balance)],
  ];
  const first = row(from, [null, null, 'opening'], opening);
  const rest = lines.map(({ on, number: name, itemKind, why, amount }) => {
    balance = amountOf(balance + amount);
    return row(on, [name, itemKind, why], amount);
  });
  return [first, ...rest];
};
