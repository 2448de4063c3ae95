/**
 * One line of a remittance advice as an allocation.
 * From: `remittance-text.ts`, `ubl-remittance.ts`. Next: `remittance.ts`.
 */
import type { AllocationRow } from '../domain/feed-rows.ts';
import { amountOf, type AmountMinor } from '../domain/money.ts';
import type { RemittanceRules, UnreadLine } from './remittance-shape.ts';

export type ToldLine = { row: number; number: string; amount: AmountMinor };

/** What the reader of one format made of an advice. */
export type Told = {
  lines: ToldLine[];
  unread: UnreadLine[];
  declaredTotal?: AmountMinor;
  reference?: string;
};

/** The number as written: of an invoice, or of a credit note where the amount is negative. */
export const allocationOf = (
  { row, number, amount }: ToldLine,
  fromId: string,
  { currency, postedOn }: RemittanceRules,
): AllocationRow => ({
  ...{ row, fromId, kind: amount < 0 ? 'creditNote' : 'invoice', number, part: '1', currency, amount },
  ...{ discount: amountOf(0), difference: amountOf(0), postedOn, isReversal: false },
});
