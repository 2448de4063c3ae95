/**
 * The tables of items as a text shows them: 20 rows in all, how many more there are, and how the sum comes about.
 * From: the tables of `MessageData`, one per currency. Next: `text-view.ts`. Throws where the parts do not add up.
 */
import type { CurrencyTable, ItemRow, MessageData } from '../domain/message-data.ts';
import { amountOf, negate, subtract, sum, zero, type AmountMinor, type Currency } from '../domain/money.ts';
import { cleanText } from './clean-text.ts';
import type { LocaleText } from './locale-text.ts';
import { plainAmount } from './machine-form.ts';

export const mostRowsInText = 20;

export type RowView = {
  number: string;
  on: string;
  po?: string;
  due: string;
  late?: number;
  original: string;
  settled: string;
  open: string;
  discountUntil?: string;
  discountPay?: string;
  /** For machines; absent where nothing of it is asked. */
  plain?: { due: string; asked: string };
};

export type TableView = {
  currency: string;
  rows: readonly RowView[];
  rest?: { count: number; open: string };
  isEmpty: boolean;
  /** Something is taken off, so that open and asked differ. */
  isReduced: boolean;
  open: string;
  aside?: string;
  credited?: string;
  asked: string;
};

/** `mostRows`: how many rows there are room for; a PDF has room for all. */
export const tableViews = (
  { tables }: Pick<MessageData, 'tables'>,
  demands: boolean,
  say: LocaleText,
  mostRows: number,
): TableView[] => {
  if (tables.length === 0) throw new RangeError('a text tells of at least one currency');
  if (new Set(tables.map(({ currency }) => currency)).size < tables.length)
    throw new RangeError('two tables of one currency');
  const shown = shares(
    tables.map(({ rows }) => rows.length),
    mostRows,
  );
  return tables.map((table, at) => tableView(table, shown[at]!, demands, say));
};

/** Each gets what it needs as far as it goes, short ones first. */
const shares = (needs: readonly number[], most: number): number[] => {
  const given = needs.map(() => 0);
  let left = most;
  const shortFirst = needs.map((_, at) => at).toSorted((a, b) => needs[a]! - needs[b]!);
  for (const [turn, at] of shortFirst.entries()) {
    given[at] = Math.min(needs[at]!, Math.floor(left / (needs.length - turn)));
    left -= given[at];
  }
  return given;
};

const tableView = (table: CurrencyTable, shown: number, demands: boolean, say: LocaleText): TableView => {
  const { currency, rows, rest, credits, asked } = table;
  const money = (amount: AmountMinor): string => say.money({ amount, currency });
  const open = sum(...rows.map((row) => row.open), rest?.open ?? zero);
  const claimed = demands ? sum(...rows.map(askedOf), rest?.asked ?? zero) : open;
  const credited = sum(...credits.map(({ amount }) => amount));
  if (subtract(claimed, credited) !== asked)
    throw new RangeError(`${asked} asked, ${claimed} less ${credited} in the table of ${currency}`);
  const hidden = rows.slice(shown);
  const more = hidden.length + (rest?.count ?? 0);
  const moreOpen = sum(...hidden.map((row) => row.open), rest?.open ?? zero);
  return {
    ...{ currency, rows: rows.slice(0, shown).map((row) => rowView(row, currency, say)) },
    ...(more > 0 ? { rest: { count: more, open: money(moreOpen) } } : {}),
    ...{ isEmpty: rows.length === 0 && more === 0 && credits.length === 0, isReduced: asked !== open },
    ...{ open: money(open), asked: money(asked) },
    ...(claimed === open ? {} : { aside: money(subtract(claimed, open)) }),
    ...(credited === 0 ? {} : { credited: money(negate(credited)) }),
  };
};

const askedOf = ({ number, open, asked = open }: ItemRow): AmountMinor => {
  if (asked < 0 || asked > open) throw new RangeError(`${asked} asked of ${open} open of ${number}`);
  return amountOf(asked);
};

const rowView = (row: ItemRow, currency: Currency, say: LocaleText): RowView => {
  const money = (amount: AmountMinor): string => say.money({ amount, currency });
  const asked = askedOf(row);
  return {
    ...{ number: cleanText(row.number), on: say.shortDay(row.documentOn), due: say.shortDay(row.dueOn) },
    ...(row.purchaseOrder === undefined ? {} : { po: cleanText(row.purchaseOrder) }),
    ...(row.daysLate > 0 ? { late: row.daysLate } : {}),
    ...{ original: money(row.original), settled: money(row.settled), open: money(row.open) },
    ...(row.discount === undefined
      ? {}
      : { discountUntil: say.longDay(row.discount.untilOn), discountPay: money(row.discount.pay) }),
    ...(asked > 0 ? { plain: { due: row.dueOn, asked: plainAmount({ amount: asked, currency }) } } : {}),
  };
};
