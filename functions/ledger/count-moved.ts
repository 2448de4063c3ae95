/**
 * Counts what one result of an import moved, from the entries that name it as their cause: also after a crash it is
 * what the ledger says, not what one run remembers.
 * From: receipts the result is about, the accounts their money was set aside for. Next: the report of the import.
 */
import { addCash, cashMovedBy, type CashMoved, type CashSums } from '../../shared/domain/cash-moves.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import { addSums } from '../../shared/domain/control-totals.ts';
import type { Cause, Entry } from '../../shared/domain/entry.ts';
import type { PartResult, Sums } from '../../shared/domain/imports.ts';
import { isSameAccount, type AccountRef } from '../../shared/domain/receipt.ts';
import type { ReceiptEntry } from '../../shared/domain/receipt-entry.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';
import { changeOf } from './post-result.ts';

/** What the entries of one result of an import name as their cause. */
export const causeOfResult = (importId: string, part: string): Cause => ({
  kind: 'import',
  id: `${importId}/${part}`,
});

export type ToCount = {
  companyId: string;
  receiptIds: readonly string[];
  cause: Cause;
  /** ISO instant before which there is none of its entries. */
  since: string;
};

export type Counted = Required<Pick<PartResult, 'accounts' | 'entries' | 'change' | 'cash'>>;

export const countMoved = async (
  parts: Pick<CashParts, 'receipts' | 'accounts'>,
  scope: Scope,
  { companyId, receiptIds, cause, since }: ToCount,
): Promise<Counted> => {
  const isOwn = (entry: { cause: Cause }): boolean =>
    entry.cause.kind === cause.kind && entry.cause.id === cause.id;
  const moved: CashMoved[] = [];
  for (const receiptId of receiptIds) {
    const one = cashMovedBy(await receiptEntries(parts, scope, { companyId, receiptId }), isOwn);
    if (one !== undefined) moved.push(one);
  }
  const accounts = moved.flatMap((one) => one.accounts);
  const each = accounts.filter((one, at) => accounts.findIndex((other) => isSameAccount(one, other)) === at);
  const found: Entry[][] = [];
  for (const account of each) found.push(await entriesSince(parts, scope, account, since, isOwn));
  const changed = found.filter((entries) => entries.length > 0);
  return {
    accounts: changed.length,
    entries: changed.flat().length,
    change: changed.flat().reduce<Sums>((all, { facts }) => addSums(all, changeOf(facts)), {}),
    cash: moved.reduce<CashSums>((all, one) => addCash(all, { [one.currency]: one.figures }), {}),
  };
};

const pageOfEntries = 100;

const receiptEntries = async (
  { receipts }: Pick<CashParts, 'receipts'>,
  scope: Scope,
  key: { companyId: string; receiptId: string },
): Promise<ReceiptEntry[]> => {
  const all: ReceiptEntry[] = [];
  for (;;) {
    const page = await receipts.entries(scope, key, { afterVersion: all.length, limit: pageOfEntries });
    all.push(...page);
    if (page.length < pageOfEntries) return all;
  }
};

/** Looked for from the newest back, in growing stretches: what it made is nearly always among the last. */
const entriesSince = async (
  { accounts }: Pick<CashParts, 'accounts'>,
  scope: Scope,
  account: AccountRef,
  since: string,
  isOwn: (entry: Entry) => boolean,
): Promise<Entry[]> => {
  const own: Entry[] = [];
  let before = (await accounts.load(scope, account)).account.head.version;
  for (let size = 8; before > 0; size = Math.min(2 * size, pageOfEntries)) {
    const afterVersion = Math.max(0, before - size);
    const page = await accounts.entries(scope, account, { afterVersion, limit: before - afterVersion });
    own.push(...page.filter(isOwn));
    const [first] = page;
    if (first === undefined || isBefore(first.at, since)) break;
    before = afterVersion;
  }
  return own;
};

const isBefore = (at: string, since: string): boolean =>
  instantFromText(at).since(instantFromText(since)).sign < 0;
