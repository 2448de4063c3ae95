/**
 * Receipts, allocations and the news of a delta from the cells of a row.
 * From: `rows-mapper.ts`. Next: ingestion hands them to the posting of received payments.
 */
import { instantFromText, textOfInstant } from '../domain/calendar.ts';
import { decimalsOf } from '../domain/currencies.ts';
import type { AllocationRow, DeltaNews, ReceiptRow } from '../domain/feed-rows.ts';
import { negate, zero } from '../domain/money.ts';
import type { DocumentOptions } from './rows-document.ts';
import { fault, type Line } from './rows-fields.ts';

/** Undefined when a reason was noted, as with all readers here. */
export const receiptIn = (line: Line, { profile, values }: DocumentOptions): ReceiptRow | undefined => {
  const receiptId = values.identifier(line, 'receiptId', true);
  const accountId = values.identifier(line, 'account', false);
  const currency = values.currency(line);
  const decimals = decimalsOf(currency ?? '');
  const amount = decimals.ok ? values.amount(line, 'amount', decimals.value) : undefined;
  const valueOn = values.documentDay(line, 'valueDate');
  const postedOn = values.documentDay(line, 'postingDate') ?? valueOn;
  const reversesId = values.identifier(line, 'reverses', false);
  const texts = {
    structuredReference: values.text(line, 'structuredReference'),
    payerName: values.text(line, 'payerName'),
    payerBankAccount: values.text(line, 'payerBankAccount'),
  };
  const more = { method: values.text(line, 'method') ?? '', text: values.text(line, 'text') ?? '' };
  const bankReference = values.text(line, 'bankReference') ?? '';
  needed(line, values, 'amount', 'invalid-amount', amount === undefined && decimals.ok);
  needed(line, values, 'valueDate', 'invalid-date', valueOn === undefined);
  if (line.reasons.length > 0 || receiptId === undefined || currency === undefined) return undefined;
  if (amount === undefined || valueOn === undefined || postedOn === undefined) return undefined;
  return {
    row: line.row,
    receiptId,
    valueOn,
    postedOn,
    currency,
    amount: profile.sign === 'inverted' ? negate(amount) : amount,
    bankReference,
    ...more,
    ...(accountId !== undefined && { accountId }),
    ...(reversesId !== undefined && { reversesId }),
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined)),
  };
};

/** A blank that may not be, unless its field has a reason already. */
const needed = (
  line: Line,
  values: DocumentOptions['values'],
  field: string,
  code: string,
  isMissing: boolean,
): void => {
  const cell = values.cell(line, field);
  if (isMissing && cell.text === '') fault(line, cell, code, `${field} may not be blank`);
};

export const allocationIn = (line: Line, { profile, values }: DocumentOptions): AllocationRow | undefined => {
  const fromId = values.identifier(line, 'fromId', true);
  const number = values.identifier(line, 'number', true);
  const accountId = values.identifier(line, 'account', false);
  const fiscalYear = values.identifier(line, 'fiscalYear', profile.numbersRepeatByYear);
  const part = values.identifier(line, 'part', false) ?? '1';
  const currency = values.currency(line);
  const decimals = decimalsOf(currency ?? '');
  const read = (field: string) => (decimals.ok ? values.amount(line, field, decimals.value) : undefined);
  const [amount, discount, difference] = [read('amount'), read('discount'), read('difference')];
  const postedOn = values.documentDay(line, 'postingDate');
  const reasonCode = values.text(line, 'reasonCode');
  const claimNumber = values.text(line, 'claimNumber');
  const isReversal = values.flag(line, 'isReversal');
  const cell = values.cell(line, 'type');
  const word = cell.text.toLowerCase();
  const kind = word === '' ? 'invoice' : Object.hasOwn(profile.kinds, word) ? profile.kinds[word] : undefined;
  if (kind === undefined)
    fault(line, cell, 'unknown-type', `"${word.slice(0, 60)}" is no known type of document`);
  needed(line, values, 'amount', 'invalid-amount', amount === undefined && decimals.ok);
  needed(line, values, 'postingDate', 'invalid-date', postedOn === undefined);
  if (line.reasons.length > 0 || fromId === undefined || number === undefined) return undefined;
  if (currency === undefined || amount === undefined || postedOn === undefined || kind === undefined)
    return undefined;
  return {
    row: line.row,
    fromId,
    kind,
    number,
    part,
    currency,
    amount,
    discount: discount ?? zero,
    difference: difference ?? zero,
    postedOn,
    isReversal,
    ...(accountId !== undefined && { accountId }),
    ...(fiscalYear !== undefined && { fiscalYear }),
    ...(reasonCode !== undefined && { reasonCode }),
    ...(claimNumber !== undefined && { claimNumber }),
  };
};

const changes: Readonly<Record<string, DeltaNews['change']>> = {
  ...{ upsert: 'upsert', cleared: 'cleared', cancelled: 'cancelled', reopened: 'reopened' },
};
const clearings: Readonly<Record<string, NonNullable<DeltaNews['clearedBy']>>> = {
  ...{ payment: 'payment', credit: 'credit', 'write-off': 'writeOff', writeoff: 'writeOff' },
  ...{ residual: 'residual', other: 'other' },
};

/** What a delta says beyond the document. A cleared document names its day. */
export const newsIn = (line: Line, { values }: DocumentOptions): DeltaNews | undefined => {
  const changeCell = values.cell(line, 'change');
  const change = oneOf(changes, changeCell.text);
  if (change === undefined)
    fault(line, changeCell, 'unknown-change', 'upsert, cleared, cancelled or reopened');
  const changedAt = instantIn(line, values, 'changedAt');
  const clearedOn = values.documentDay(line, 'clearedDate');
  const clearingDocument = values.identifier(line, 'clearingDocument', false);
  const byCell = values.cell(line, 'clearedBy');
  const clearedBy = byCell.text === '' ? undefined : oneOf(clearings, byCell.text);
  if (byCell.text !== '' && clearedBy === undefined)
    fault(line, byCell, 'unknown-clearing', 'payment, credit, write-off, residual or other');
  needed(line, values, 'clearedDate', 'invalid-date', change === 'cleared');
  if (line.reasons.length > 0 || change === undefined || changedAt === undefined) return undefined;
  return {
    change,
    changedAt,
    ...(clearedOn !== undefined && { clearedOn }),
    ...(clearingDocument !== undefined && { clearingDocument }),
    ...(clearedBy !== undefined && { clearedBy }),
  };
};

const oneOf = <Value>(words: Readonly<Record<string, Value>>, text: string): Value | undefined => {
  const word = text.toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
};

/** ISO 8601 with its offset, written back in UTC. */
const instantIn = (line: Line, values: DocumentOptions['values'], field: string): string | undefined => {
  const cell = values.cell(line, field);
  try {
    return textOfInstant(instantFromText(cell.text));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return fault(line, cell, 'invalid-instant', 'not an instant as 2026-11-22T10:05:00Z');
  }
};
