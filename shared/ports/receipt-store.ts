/**
 * Where receipts live: each with one entry per change, written together or not at all.
 * From: the ledger's cash workflows. Next: `shared/azure/cosmos-receipts.ts`, in memory `tests/support/memory`.
 */
import type { ReceiptHead, ReceiptState } from '../domain/receipt.ts';
import type { ReceiptChange, ReceiptEntry, VersionedReceipt } from '../domain/receipt-entry.ts';
import type { Receipt } from '../domain/receipt.ts';
import type { Scope } from '../domain/scope.ts';

export type ReceiptKey = { companyId: string; receiptId: string };

/** A receipt with the mark it was read under; only the store reads the mark. */
export type LoadedReceipt = VersionedReceipt & { mark: string | undefined };

export type ReceiptAppended =
  | { outcome: 'appended'; loaded: LoadedReceipt; entry: ReceiptEntry }
  /** Somebody else was first: load again, decide again. */
  | { outcome: 'version-conflict' };

/** Of receipt and entry together, as JSON. */
export const largestReceiptBytes = 1_800_000;

/** Receipts in one state, those the ERP's feed has not confirmed, those of one bank reference or of one sum. */
export type ReceiptList =
  | { state: ReceiptState }
  | { standing: 'provisional' }
  | { bankReference: string }
  | { sum: Pick<Receipt, 'amount' | 'currency'> };

export interface ReceiptStore {
  /** The receipt; version 0 and none when nothing came under this id or it is outside the scope. */
  load(scope: Scope, key: ReceiptKey): Promise<LoadedReceipt>;
  /**
   * Writes the receipt and one entry, once, if it is as it was loaded. `head` with the first entry: the free
   * texts, on the receipt only, never in the entry.
   * @throws outside the scope; when it is too large; when it stays unknown whether it was written: load and
   * decide again, derived ids make the second try harmless.
   */
  append(
    scope: Scope,
    loaded: LoadedReceipt,
    change: ReceiptChange,
    head?: ReceiptHead,
  ): Promise<ReceiptAppended>;
  /** Entries after a version, in order. */
  entries(
    scope: Scope,
    key: ReceiptKey,
    page: { afterVersion: number; limit: number },
  ): Promise<ReceiptEntry[]>;
  /** Oldest first; hand `after` back for the next page, it is absent at the end. */
  list(
    scope: Scope,
    companyId: string,
    which: ReceiptList,
    page: { limit: number; after?: string },
  ): Promise<{ receipts: Receipt[]; after?: string }>;
}
