/**
 * Amounts and availability of funds in BAI2 records.
 * From: `bai2-statement.ts`, `bai2-line.ts`. Next: the same.
 */
import { largestAmount } from '../domain/amount-text.ts';
import { amountOf, type AmountMinor } from '../domain/money.ts';
import { stop } from './xml-refusal.ts';

/** Whole minor units, signed or not. */
export const bai2Amount = (text: string): AmountMinor => {
  const match = /^([-+]?)(\d{1,18})$/.exec(text.trim());
  if (match === null) return stop('invalid-amount', `"${text.slice(0, 60)}" is no amount`);
  const size = Number(match[2]);
  if (size > largestAmount) return stop('amount-too-large', `"${text}"`);
  return amountOf(match[1] === '-' ? -size : size);
};

/** The place after a type of funds at `at` and the fields that belong to it. */
export const skipFunds = (fields: readonly string[], at: number): number => {
  const type = fields[at]?.trim() ?? '';
  if (type === 'S') return at + 4;
  if (type === 'V') return at + 3;
  if (type !== 'D') return at + 1;
  const count = fields[at + 1]?.trim() ?? '';
  if (!/^\d{1,2}$/.test(count)) return stop('structure', `"${count}" is no number of availabilities`);
  return at + 2 + Number(count) * 2;
};
