/**
 * Part payments in gross style: the invoice stands in full beside negative payment rows that name it.
 * From: the rows of one account of a file whose profile says gross. Next: the invoice alone, as far as it is open;
 * what names nothing, or nothing that is there once, stays on account (`defaults.md` §2.2).
 */
import type { DocumentRow } from './feed-rows.ts';
import { amountOf, negate, zero } from './money.ts';

export const netOfPayments = <Row extends DocumentRow>(rows: readonly Row[]): Row[] => {
  const left = rows.map((row) => ({ ...row }));
  for (const payment of left) {
    if (payment.kind !== 'paymentOnAccount' || payment.open >= 0) continue;
    const named = left.filter((row) => isNamedBy(payment, row));
    const [invoice] = named;
    if (invoice === undefined || named.length > 1) continue;
    const taken = Math.min(invoice.open, negate(payment.open));
    invoice.open = amountOf(invoice.open - taken);
    payment.open = amountOf(payment.open + taken);
    payment.original = payment.open;
  }
  return left.filter(({ kind, open, originalNumber }) => !isUsedUp(kind, open, originalNumber));
};

const isNamedBy = ({ originalNumber, currency }: DocumentRow, row: DocumentRow): boolean =>
  originalNumber !== undefined &&
  row.number === originalNumber &&
  row.currency === currency &&
  row.open > zero &&
  (row.kind === 'invoice' || row.kind === 'debitNote');

const isUsedUp = (kind: string, open: number, originalNumber: string | undefined): boolean =>
  kind === 'paymentOnAccount' && open === 0 && originalNumber !== undefined;
