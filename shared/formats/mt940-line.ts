/**
 * One booking of an MT940 statement: field 61 and the 86 after it.
 * From: `mt940-statement.ts`. Next: `bank-statement.ts`. `RC` takes a credit back (a debit), `RD` a debit.
 */
import type { Day } from '../domain/calendar.ts';
import { negate, type Currency } from '../domain/money.ts';
import { givenReference } from './bank-references.ts';
import type { BankLine } from './bank-shape.ts';
import { detailsOf } from './mt940-details.ts';
import { swiftAmount, swiftDay } from './mt940-values.ts';
import { stop } from './xml-refusal.ts';

const shape = /^(\d{6})(\d{4})?(RC|RD|C|D)([A-Z])?(\d{1,15},\d{0,4})([A-Z][A-Z0-9]{3})(.*)$/;

/** Business codes of returned direct debits: money that had come in goes back. */
const returnCodes = new Set(['108', '109', '184']);

/** Stops with `structure` when field 61 is none. It may be wrapped over two lines. */
export const mt940Line = (
  lines: readonly string[],
  details: readonly string[],
  currency: Currency,
): BankLine => {
  const match = shape.exec((lines[0] ?? '').trimEnd()) ?? shape.exec(lines.join('').trimEnd());
  if (match === null) return stop('structure', `field 61 is "${lines.join(' ').slice(0, 80)}"`);
  const [, value = '', entry, mark = '', , amountText = '', code = '', references = ''] = match;
  const size = swiftAmount(amountText, currency);
  const isDebit = mark === 'D' || mark === 'RC';
  const valueOn = swiftDay(value) ?? stop('invalid-date', `value day "${value}" is none`);
  const [customer, bank] = references.split('//');
  const { code: businessCode, customerReference, ...said } = detailsOf(details);
  const extra = match[0].includes(lines[1] ?? '\0') ? '' : lines.slice(1).join(' ').trim();
  const entryReference = givenReference(bank);
  const partReference = givenReference(customer) ?? customerReference;
  return {
    amount: isDebit ? negate(size) : size,
    bookedOn: entryDay(entry, valueOn),
    valueOn,
    ...said,
    ...(entryReference === undefined ? {} : { entryReference }),
    ...(partReference === undefined ? {} : { partReference }),
    text: said.text === '' ? extra : said.text,
    code: [code, businessCode].filter((part) => part !== undefined).join('/'),
    isReversal: mark.startsWith('R') || (isDebit && returnCodes.has(businessCode ?? '')),
  };
};

/** MMDD in the year that lies nearest to the value day. */
const entryDay = (entry: string | undefined, valueOn: Day): Day => {
  if (entry === undefined) return valueOn;
  const year = Number(valueOn.slice(0, 4));
  const near = [year, year - 1, year + 1].flatMap((candidate) => {
    const day = swiftDay(`${String(candidate % 100).padStart(2, '0')}${entry}`);
    return day === undefined ? [] : [day];
  });
  const distance = (day: Day): number => Math.abs(Date.parse(day) - Date.parse(valueOn));
  return near.toSorted((a, b) => distance(a) - distance(b))[0] ?? valueOn;
};
