/**
 * The journal of a receipt: one entry per change, never changed, each naming the hash of the one before.
 * From: an append. Next: audit trail and replay read it. No personal data.
 */
import { textOfInstant, type Instant } from './calendar.ts';
import type { Actor, Cause, HashOf } from './entry.ts';
import { evolveAll, replayReceipt } from './evolve-receipt.ts';
import type { Receipt, ReceiptFact, ReceiptHead } from './receipt.ts';

export type ReceiptChange = { at: Instant; actor: Actor; cause: Cause; facts: readonly ReceiptFact[] };

export type ReceiptEntry = {
  companyId: string;
  receiptId: string;
  version: number;
  /** ISO instant. */
  at: string;
  actor: Actor;
  cause: Cause;
  facts: readonly ReceiptFact[];
  previousHash: string;
  hash: string;
};

/** A receipt under its version; version 0 and no receipt: nothing has come under this id. */
export type VersionedReceipt = {
  companyId: string;
  receiptId: string;
  version: number;
  lastHash: string;
  receipt?: Receipt;
};

export type ReceiptAppend = { after: VersionedReceipt; entry: ReceiptEntry };

/**
 * The next entry and the receipt after it. `head` is what a first entry's facts do not hold: free text.
 * @throws when there is nothing to append, or the facts do not fit.
 */
export const appendToReceipt = (
  before: VersionedReceipt,
  { at, actor, cause, facts }: ReceiptChange,
  hashOf: HashOf,
  head?: ReceiptHead,
): ReceiptAppend => {
  if (facts.length === 0) throw new Error('an entry has at least one fact');
  const { companyId, receiptId, version, lastHash } = before;
  const content = {
    ...{ companyId, receiptId, version: version + 1, at: textOfInstant(at) },
    ...{ actor, cause, facts, previousHash: lastHash },
  };
  const entry = { ...content, hash: hashOf(content) };
  const receipt =
    before.receipt === undefined
      ? { ...replayReceipt(facts), ...textsOf(head) }
      : evolveAll(before.receipt, facts);
  return { after: { companyId, receiptId, version: version + 1, lastHash: entry.hash, receipt }, entry };
};

const textsOf = (head: ReceiptHead | undefined): Partial<ReceiptHead> =>
  head === undefined
    ? {}
    : {
        text: head.text,
        ...(head.payerName === undefined ? {} : { payerName: head.payerName }),
        ...(head.payerBankAccount === undefined ? {} : { payerBankAccount: head.payerBankAccount }),
      };

/** Whether entries from the first are just what was written, up to this version and hash. */
export const isReceiptChainWhole = (
  { receiptId, version, lastHash }: Omit<VersionedReceipt, 'receipt'>,
  entries: readonly ReceiptEntry[],
  hashOf: HashOf,
): boolean =>
  entries.length === version &&
  (entries.at(-1)?.hash ?? '') === lastHash &&
  entries.every(({ hash, ...content }, index) => {
    const previous = entries[index - 1]?.hash ?? '';
    return (
      content.version === index + 1 &&
      content.receiptId === receiptId &&
      content.previousHash === previous &&
      hash === hashOf(content)
    );
  });
