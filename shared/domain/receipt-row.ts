/**
 * The receipt that a row of a bank file or journal tells of, and whether two tell of the same.
 * From: `feed-rows.ts`. Next: `evolve-receipt.ts` opens it; a row that differs from what is kept is refused.
 */
import { escapeId, longestId, type HashText } from './document-ids.ts';
import type { ReceiptRow } from './feed-rows.ts';
import type { ReceiptHead } from './receipt.ts';

export type RowOrigin = {
  companyId: string;
  source: string;
  /** ISO instant at which the file arrived here. */
  receivedAt: string;
  standing: ReceiptHead['standing'];
  /** Who keyed it in. */
  by?: string | undefined;
};

/** The same line of the same source has the same id, however often and in whatever file it comes. */
export const receiptIdOf = (source: string, id: string, hashText: HashText): string => {
  const whole = `receipt:${escapeId(source)}:${escapeId(id)}`;
  return whole.length <= longestId ? whole : `receipt:~sha256:${hashText(whole)}`;
};

/** Every field that the row does not hold is absent. */
export const receiptHeadOf = (row: ReceiptRow, origin: RowOrigin, hashText: HashText): ReceiptHead => {
  const { companyId, source, receivedAt, standing, by } = origin;
  const { accountId, structuredReference, payerName, payerBankAccount } = row;
  return {
    ...{ companyId, source, receivedAt, standing },
    id: receiptIdOf(source, row.receiptId, hashText),
    ...(by === undefined ? {} : { by }),
    ...(accountId === undefined ? {} : { payer: { companyId, accountId } }),
    ...{ valueOn: row.valueOn, postedOn: row.postedOn, currency: row.currency, amount: row.amount },
    ...{ method: row.method, bankReference: row.bankReference, text: row.text },
    ...(structuredReference === undefined ? {} : { structuredReference }),
    ...(payerName === undefined ? {} : { payerName }),
    ...(payerBankAccount === undefined ? {} : { payerBankAccount }),
  };
};

/** The same money: what a bank may word anew (text, name) and who was found to have paid do not matter. */
export const isSameReceipt = (a: ReceiptHead, b: ReceiptHead): boolean =>
  a.amount === b.amount &&
  a.currency === b.currency &&
  a.valueOn === b.valueOn &&
  a.postedOn === b.postedOn &&
  a.bankReference === b.bankReference;
