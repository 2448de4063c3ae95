/**
 * Part payments in gross style: the invoice stands in full beside negative payment rows that name it.
 * From: the rows of one account of a file whose profile says gross. Next: the invoice alone, as far as it is open;
 * what names nothing, or nothing that is there once, stays on account (`defaults.md` §2.2).
 */
import type { DocumentRow } from './feed-rows.ts';
import { amountOf, negate, zero } from './money.ts';

/** A payment beyond its invoice keeps the rest; one that is used up is no item. */
export const netOfPayments = <Row extends DocumentRow>(rows: readonly Row[]): Row[] => {
  const left = rows.map((row) => ({ ...row }));
  const byNumber = Map.groupBy(left, ({ number }) => number);
  const usedUp = new Set<Row>();
  for (const payment of left) {
    const { kind, open, originalNumber } = payment;
    if (kind !== 'paymentOnAccount' || open >= 0 || originalNumber === undefined) continue;
    const named = (byNumber.get(originalNumber) ?? []).filter((row) => isNamedBy(payment, row));
    const [invoice] = named;
    if (invoice === undefined || named.length > 1) continue;
    const taken = Math.min(invoice.open, negate(payment.open));
    invoice.open = amountOf(invoice.open - taken);
    payment.open = amountOf(payment.open + taken);
    payment.original = payment.open;
    if (payment.open === zero) usedUp.add(payment);
  }
  return left.filter((row) => !usedUp.has(row));
};

const isNamedBy = (payment: DocumentRow, row: DocumentRow): boolean =>
  row.currency === payment.currency &&
  row.open > zero &&
  (row.kind === 'invoice' || row.kind === 'debitNote') &&
  (payment.fiscalYear === undefined || row.fiscalYear === undefined || payment.fiscalYear === row.fiscalYear);
