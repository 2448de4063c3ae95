/**
 * The lines of a receipts part: money that arrived, and what a journal says it settled.
 * From: ingestion writes `<import>/receipts/<part>.ndjson`. Next: the ledger takes them in.
 */
import { z } from 'zod';
import { dayFromText } from '../domain/calendar.ts';
import type { AllocationRow, ReceiptRow } from '../domain/feed-rows.ts';
import { itemKinds } from '../domain/item.ts';

const day = z.iso.date().transform(dayFromText);
const amount = z.int();
const text = z.string().max(4_000);
const row = z.int().min(1);

export const receiptRow = z.strictObject({
  row,
  receiptId: z.string().min(1),
  accountId: z.string().min(1).optional(),
  ...{ valueOn: day, postedOn: day, currency: z.string().length(3), amount },
  ...{ method: text, bankReference: text, text },
  structuredReference: text.optional(),
  payerName: text.optional(),
  payerBankAccount: text.optional(),
  reversesId: z.string().min(1).optional(),
  reversesReferences: z.array(z.string().min(1)).max(9).optional(),
  returnReason: z.string().min(1).optional(),
});

export const allocationRow = z.strictObject({
  row,
  fromId: z.string().min(1),
  accountId: z.string().min(1).optional(),
  kind: z.enum(itemKinds),
  number: z.string().min(1),
  fiscalYear: z.string().optional(),
  part: z.string().min(1),
  currency: z.string().length(3),
  ...{ amount, discount: amount, difference: amount },
  reasonCode: z.string().optional(),
  claimNumber: z.string().optional(),
  postedOn: day,
  isReversal: z.boolean(),
});

export type ReceiptLine = { is: 'receipt'; row: ReceiptRow } | { is: 'allocation'; row: AllocationRow };

/** One line of a part; undefined when it is neither. */
export const receiptLineFrom = (line: string): ReceiptLine | undefined => {
  const json = jsonFrom(line);
  const money = receiptRow.safeParse(json);
  if (money.success) return { is: 'receipt', row: money.data as ReceiptRow };
  const told = allocationRow.safeParse(json);
  return told.success ? { is: 'allocation', row: told.data as AllocationRow } : undefined;
};

const jsonFrom = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};
