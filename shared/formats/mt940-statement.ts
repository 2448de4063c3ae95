/**
 * Reads MT940 statements: several accounts and pages in one file, each proved by its own balances.
 * From: `mt940-fields.ts`. Next: `bank-statement.ts`. The pages of a statement (`60M`, `62M`) must follow from
 * one another. A booking day that no calendar has (30 February of some banks) is the value day.
 */
import type { Day } from '../domain/calendar.ts';
import { negate, type AmountMinor, type Currency } from '../domain/money.ts';
import type { BankLine, RawStatement } from './bank-shape.ts';
import { mt940Line } from './mt940-line.ts';
import { swiftAmount, swiftDay } from './mt940-values.ts';
import { mt940Messages, mt940Text, type Mt940Field } from './mt940-fields.ts';
import { stop } from './xml-refusal.ts';

export const mt940Statements = (bytes: Uint8Array): RawStatement[] => {
  const pages = mt940Messages(mt940Text(bytes)).map((fields) => pageOf(fields));
  pages.forEach((page, index) => checkFollows(page, pages[index - 1]));
  return pages.map(({ statement }) => statement);
};

type Balance = { amount: AmountMinor; currency: Currency; on: Day; isPage: boolean };
type Page = { statement: RawStatement; opening: Balance; closing: Balance };

const pageOf = (fields: readonly Mt940Field[]): Page => {
  const opening = balanceOf(fields, '60');
  const closing = balanceOf(fields, '62');
  if (opening.currency !== closing.currency)
    stop('currency-mismatch', `opened in ${opening.currency}, closed in ${closing.currency}`);
  const sequence = textOf(fields, '28C') ?? textOf(fields, '28');
  const account =
    textOf(fields, '25') ?? textOf(fields, '25P') ?? stop('missing-term', 'field 25 is missing');
  return {
    opening,
    closing,
    statement: {
      format: 'mt940',
      account: account.replace(/\s+/g, ''),
      currency: opening.currency,
      reference: textOf(fields, '20') ?? stop('missing-term', 'field 20 is missing'),
      ...(sequence === undefined ? {} : { sequence }),
      bookedOn: closing.on,
      opening: opening.amount,
      closing: closing.amount,
      declared: [],
      lines: linesOf(fields, opening.currency),
      notBooked: 0,
    },
  };
};

const textOf = (fields: readonly Mt940Field[], tag: string): string | undefined => {
  const text = fields.find((field) => field.tag === tag)?.lines[0]?.trim();
  return text === '' ? undefined : text;
};

const balanceOf = (fields: readonly Mt940Field[], tag: '60' | '62'): Balance => {
  const found = fields.filter((field) => field.tag === `${tag}F` || field.tag === `${tag}M`);
  const [balance] = found;
  if (balance === undefined || found.length > 1)
    return stop('missing-term', `field ${tag} stands ${found.length} times`);
  const match = /^([CD])(\d{6})([A-Z]{3})(\d{1,15},\d{0,4})$/.exec((balance.lines[0] ?? '').trim());
  if (match === null) return stop('structure', `field ${tag} is "${balance.lines[0]?.slice(0, 60)}"`);
  const [, mark, on = '', currency = '', amount = ''] = match;
  const size = swiftAmount(amount, currency);
  return {
    amount: mark === 'D' ? negate(size) : size,
    currency,
    on: swiftDay(on) ?? stop('invalid-date', `field ${tag}: "${on}" is no day`),
    isPage: balance.tag.endsWith('M'),
  };
};

/** A page that continues begins where the page before it, of the same account, ended. */
const checkFollows = (page: Page, before: Page | undefined): void => {
  if (before === undefined || before.statement.account !== page.statement.account) return;
  if (!page.opening.isPage || !before.closing.isPage) return;
  if (page.opening.amount !== before.closing.amount)
    stop(
      'control-total-mismatch',
      `page ${page.statement.sequence ?? ''} does not go on where the last ended`,
    );
};

/** Each 61 with the 86 that follows it; an 86 after 62 speaks of the whole statement. */
const linesOf = (fields: readonly Mt940Field[], currency: Currency): BankLine[] =>
  fields.flatMap((field, index) => {
    if (field.tag !== '61') return [];
    const next = fields[index + 1];
    return [mt940Line(field.lines, next?.tag === '86' ? next.lines : [], currency)];
  });
