/**
 * One line of money that came in: a new receipt, the one that is there, or a refusal when it is there otherwise.
 * From: `receive-part.ts`. Next: the receipt under its derived id, with what the journal told of it.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { DesignatedLine } from '../../shared/domain/allocation-input.ts';
import type { Company } from '../../shared/domain/company.ts';
import { itemIdOf } from '../../shared/domain/document-ids.ts';
import type { Cause } from '../../shared/domain/entry.ts';
import { openReceipt } from '../../shared/domain/evolve-receipt.ts';
import type { AllocationRow, ReceiptRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { isSameReceipt, receiptHeadOf } from '../../shared/domain/receipt-row.ts';
import { stateOf, type Receipt, type ReceiptFact, type ReceiptHead } from '../../shared/domain/receipt.ts';
import type { LoadedReceipt } from '../../shared/ports/receipt-store.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { matchKeyed } from './match-keyed.ts';
import { matchReceipt } from './match-receipt.ts';

/** What became of a line, counted the same however often the part is taken in. */
export type ReceivedRow =
  | { is: 'posted' | 'unchanged'; entries: number; goesOn?: { messageId: string; receiptId: string } }
  | { is: 'refused'; code: ProblemCode; entries: 0 };

/** The import it came in, or who keyed it in. */
export type MoneyOrigin = Pick<ImportDocument, 'importId' | 'kind' | 'source' | 'receivedAt'> & {
  /** That of the import, unless said. */
  cause?: Cause;
  keyedBy?: string;
};

export type RowToReceive = {
  company: Company;
  imported: MoneyOrigin;
  row: ReceiptRow;
  /** What the same file says it settled. */
  told: readonly AllocationRow[];
};

/** @throws when two deliveries keep overtaking each other. */
export const receiveRow = async (
  parts: CashParts,
  call: CashCall,
  wanted: RowToReceive,
): Promise<ReceivedRow> => {
  const head = headOf(parts, wanted);
  const opened = openReceipt(head);
  if (!opened.ok) return { is: 'refused', code: opened.code, entries: 0 };
  const key = { companyId: head.companyId, receiptId: head.id };
  const cause = wanted.imported.cause ?? { kind: 'import', id: wanted.imported.importId };
  for (let tries = 1; tries <= 2; tries += 1) {
    const loaded = await parts.receipts.load(call.scope, key);
    if (loaded.receipt !== undefined) return known(parts, call, loaded, loaded.receipt, head, cause);
    const told = designated(parts, wanted);
    const keyed = await matchKeyed(parts, call, head, wanted.company.mode);
    if (!keyed.ok) return { is: 'refused', code: keyed.code, entries: 0 };
    if (keyed.value !== undefined) return { is: 'unchanged', entries: 0 };
    if (wanted.company.mode === 'erpLed') {
      const same = await matchReceipt(parts, call, head, told);
      if (!same.ok) return { is: 'refused', code: same.code, entries: 0 };
      if (same.value !== undefined) return { is: 'unchanged', entries: 0 };
    }
    const facts: ReceiptFact[] = [...opened.value, ...told];
    const { now: at, actor } = call;
    const appended = await parts.receipts.append(call.scope, loaded, { at, actor, cause, facts }, head);
    if (appended.outcome === 'appended')
      return { is: 'posted', entries: 1, goesOn: nextOf(appended.loaded, parts.hashText) };
  }
  throw new Error(`receipt ${head.id} appeared and vanished`);
};

/** Money of an ERP-led company that did not come by the ERP's own journal is not in its book yet. */
export const standingOf = (
  { mode }: Company,
  { kind }: Pick<MoneyOrigin, 'kind'>,
): ReceiptHead['standing'] => (mode === 'dunwellLed' || kind === 'journal' ? 'confirmed' : 'provisional');

const headOf = ({ hashText }: CashParts, { company, imported, row }: RowToReceive): ReceiptHead => {
  const standing = standingOf(company, imported);
  const { companyId } = company;
  const { source, receivedAt, keyedBy: by } = imported;
  return receiptHeadOf(row, { companyId, source, receivedAt, standing, by }, hashText);
};

const known = async (
  { receipts, hashText }: CashParts,
  { scope }: CashCall,
  loaded: LoadedReceipt,
  receipt: Receipt,
  head: ReceiptHead,
  cause: Cause,
): Promise<ReceivedRow> => {
  if (!isSameReceipt(receipt, head)) return { is: 'refused', code: 'receipt-differs', entries: 0 };
  const [first] = await receipts.entries(scope, loaded, { afterVersion: 0, limit: 1 });
  const isOurs = first?.cause.kind === cause.kind && first.cause.id === cause.id;
  const isUnfinished = receipt.plan === undefined || stateOf(receipt) === 'posting';
  return {
    ...(isOurs ? { is: 'posted', entries: 1 } : { is: 'unchanged', entries: 0 }),
    ...(isUnfinished ? { goesOn: nextOf(loaded, hashText) } : {}),
  };
};

/** The same receipt in the same version is the same message, of another company another one. */
export const nextOf = (
  { companyId, receiptId, version }: LoadedReceipt,
  hashText: CashParts['hashText'],
): { messageId: string; receiptId: string } => ({
  receiptId,
  messageId: `settle:${hashText(`${companyId} ${receiptId}`).slice(0, 40)}:${version}`,
});

/** What rows say a receipt is for; what they take back again is not said. */
export const designated = (
  { hashText }: CashParts,
  { company, told }: Pick<RowToReceive, 'company' | 'told'>,
): ReceiptFact[] => {
  const lines = told
    .filter(({ isReversal }) => !isReversal)
    .map((row): DesignatedLine => {
      const { kind, number, fiscalYear, part, amount, discount, difference } = row;
      const { accountId, reasonCode, claimNumber } = row;
      const year = fiscalYear === undefined ? {} : { fiscalYear };
      return {
        itemId: itemIdOf({ type: kind, number, part, ...year }, hashText),
        ...{ number, amount },
        ...(accountId === undefined ? {} : { account: { companyId: company.companyId, accountId } }),
        ...(reasonCode === undefined ? {} : { reason: reasonCode }),
        ...(claimNumber === undefined ? {} : { claimNumber }),
        ...(discount > 0 ? { discount } : {}),
        ...(difference > 0 ? { difference } : {}),
      };
    });
  return lines.length === 0 ? [] : [{ kind: 'designationNoted', lines }];
};
