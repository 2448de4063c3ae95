/**
 * Documents of a receipt as they are read back, checked before anything trusts them.
 * From: `cosmos-receipts.ts`. Next: receipts and entries of the domain. Field by field where a rule of the store
 * or of money stands on it; facts are guarded by the hash of their entry.
 */
import { z } from 'zod';
import { unaccountedFor, type Receipt } from '../domain/receipt.ts';
import type { ReceiptEntry } from '../domain/receipt-entry.ts';
import { hashOfContent } from './entry-hash.ts';

const amount = z.int();
const day = z.iso.date();
const account = z.looseObject({ companyId: z.string(), accountId: z.string() });

const receipt = z.looseObject({
  ...{ id: z.string(), companyId: z.string(), source: z.string(), currency: z.string() },
  ...{ valueOn: day, postedOn: day, receivedAt: z.string(), amount: amount.min(1), free: amount.min(0) },
  payer: account.optional(),
  standing: z.enum(['provisional', 'confirmed']),
  portions: z.array(
    z.looseObject({
      ...{ id: z.string(), reservationId: z.string(), account, itemId: z.string().optional() },
      amount: amount.min(1),
      state: z.enum(['reserved', 'posted', 'released', 'reversed']),
      uses: z.array(z.looseObject({ itemId: z.string(), changeId: z.string(), amount })),
    }),
  ),
  returns: z.array(
    z.looseObject({
      id: z.string(),
      kind: z.enum(['refund', 'chargeback', 'undone', 'joined']),
      amount,
      on: day,
    }),
  ),
  missingInFeeds: z.array(z.string()),
});

const receiptDocument = z.object({
  kind: z.literal('receipt'),
  receiptId: z.string(),
  version: z.int().min(1),
  lastHash: z.string(),
  receivedOn: z.string(),
  receipt,
});
const entryDocument = z.object({
  kind: z.literal('entry'),
  entry: z.looseObject({ version: z.int(), hash: z.string() }),
});

export type StoredReceipt = {
  receiptId: string;
  version: number;
  lastHash: string;
  receivedOn: string;
  receipt: Receipt;
};

/** @throws when it is no receipt, or its parts do not sum to it (B5). */
export const parseReceipt = (document: unknown): StoredReceipt => {
  const stored = receiptDocument.parse(document) as unknown as StoredReceipt;
  const nowhere = unaccountedFor(stored.receipt);
  if (nowhere !== 0) throw new Error(`B5: ${nowhere} of receipt ${stored.receiptId} is nowhere`);
  return stored;
};

/** @throws when it is no entry, or its content is not what its hash was made of. */
export const parseReceiptEntry = (document: unknown): ReceiptEntry => {
  const { hash, ...content } = entryDocument.parse(document).entry;
  if (hashOfContent(content) !== hash) throw new Error(`entry ${content.version} is not what was written`);
  return { ...content, hash } as unknown as ReceiptEntry;
};
