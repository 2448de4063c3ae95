/**
 * Files in gross style give an invoice in full and, beside it, a negative payment row that names it: together they
 * are one item with what is left open.
 * From: the rows of one account. Next: reconciliation sees the rows as a net file would have them.
 */
import type { DocumentRow } from './feed-rows.ts';
import { negate, smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import { isCreditKind } from './postings.ts';

/**
 * Takes each payment off the row it names, in the same currency, as far as that goes; a rest of the payment, and a
 * payment that names nothing here, stays a row of its own. `merged` are the payment rows that went into others.
 */
export const netPayments = (rows: readonly DocumentRow[]): { rows: DocumentRow[]; merged: DocumentRow[] } => {
  const named = rows.filter((row) => row.kind === 'paymentOnAccount' && row.originalNumber !== undefined);
  if (named.length === 0) return { rows: [...rows], merged: [] };
  const openOf = new Map(rows.map((row): [DocumentRow, AmountMinor] => [row, row.open]));
  const merged = new Set<DocumentRow>();
  for (const payment of named)
    for (const row of rows.filter((one) => isNamedBy(payment, one))) {
      const [left, open] = [negate(openOf.get(payment) ?? zero), openOf.get(row) ?? zero];
      const taken = smaller(left, open);
      if (taken <= 0) continue;
      openOf.set(row, subtract(open, taken));
      openOf.set(payment, sum(negate(left), taken));
      if (left === taken) merged.add(payment);
    }
  return {
    rows: rows.flatMap((row) => (merged.has(row) ? [] : [{ ...row, open: openOf.get(row) ?? row.open }])),
    merged: [...merged],
  };
};

const isNamedBy = (payment: DocumentRow, row: DocumentRow): boolean =>
  !isCreditKind(row.kind) &&
  row.number === payment.originalNumber &&
  row.currency === payment.currency &&
  (payment.fiscalYear === undefined || row.fiscalYear === undefined || payment.fiscalYear === row.fiscalYear);
