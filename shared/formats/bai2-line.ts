/**
 * One booking of a BAI2 report: record 16 with its continuations.
 * From: `bai2-statement.ts`. Next: `bank-statement.ts`.
 */
import { dayReader } from '../domain/day-text.ts';
import type { Day } from '../domain/calendar.ts';
import { amountOf, negate, type AmountMinor } from '../domain/money.ts';
import { bai2Amount, skipFunds } from './bai2-funds.ts';
import type { Bai2Record } from './bai2-records.ts';
import { givenReference } from './bank-references.ts';
import type { BankLine } from './bank-shape.ts';
import { stop } from './xml-refusal.ts';

/** Debits that return a deposit of ours: deposited item, ACH credit item. */
const returnCodes = new Set(['555', '557']);
const isoDay = dayReader('YYYY-MM-DD');

/** The line, and the amount as it counts for the control total; codes from 700 on move no money here. */
export const bai2Line = (record: Bai2Record, bookedOn: Day): { line?: BankLine; size: AmountMinor } => {
  const { fields } = record;
  const code = fields[0]?.trim() ?? '';
  if (!/^\d{3}$/.test(code)) return stop('structure', `"${code}" is no type of booking`);
  const size = (fields[1]?.trim() ?? '') === '' ? amountOf(0) : bai2Amount(fields[1] ?? '');
  const isCredit = code >= '100' && code <= '399';
  if (!isCredit && !(code >= '400' && code <= '699')) return { size };
  const after = skipFunds(fields, 2);
  const entryReference = givenReference(fields[after]);
  const partReference = givenReference(fields[after + 1]);
  const text = [fields.slice(after + 2).join(','), ...record.text].join(' ').replace(/\s+/g, ' ').trim();
  const line: BankLine = {
    amount: isCredit ? size : negate(size),
    bookedOn,
    valueOn: valueDay(fields) ?? bookedOn,
    ...(entryReference === undefined ? {} : { entryReference }),
    ...(partReference === undefined ? {} : { partReference }),
    text: text.slice(0, 4_000),
    code,
    isReversal: returnCodes.has(code),
  };
  return { line, size };
};

/** Funds of type V name the day they can be used. */
const valueDay = (fields: readonly string[]): Day | undefined => {
  if (fields[2]?.trim() !== 'V') return undefined;
  const [, year = '', month = '', day = ''] = /^(\d\d)(\d\d)(\d\d)$/.exec(fields[3]?.trim() ?? '') ?? [];
  const read = isoDay(`20${year}-${month}-${day}`);
  return read.ok ? read.value : stop('invalid-date', `value day "${fields[3]}" is none`);
};
