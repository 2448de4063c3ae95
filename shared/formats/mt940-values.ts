/**
 * Amounts and days as SWIFT writes them.
 * From: fields 60 to 62 of MT940. Next: `mt940-statement.ts`, `mt940-line.ts`.
 */
import { largestAmount } from '../domain/amount-text.ts';
import { dayFromText, type Day } from '../domain/calendar.ts';
import { decimalsOf } from '../domain/currencies.ts';
import { amountOf, type AmountMinor, type Currency } from '../domain/money.ts';
import { orStop, stop } from './xml-refusal.ts';

/** `1234,5` in minor units; zeros beyond the decimals of the currency mean nothing. */
export const swiftAmount = (text: string, currency: Currency): AmountMinor => {
  const decimals = orStop(decimalsOf(currency), 'currency of the account');
  const [whole = '', fraction = ''] = text.split(',');
  if (/[1-9]/.test(fraction.slice(decimals))) return stop('scale-exceeded', `"${text}" in ${currency}`);
  const size = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  return size > largestAmount ? stop('amount-too-large', `"${text}"`) : amountOf(size);
};

/** YYMMDD; 80 to 99 are of the last century. Undefined where no calendar has it. */
export const swiftDay = (text: string): Day | undefined => {
  const century = Number(text.slice(0, 2)) >= 80 ? '19' : '20';
  try {
    return dayFromText(`${century}${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4, 6)}`);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};
