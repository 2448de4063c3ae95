/**
 * What a receipt settled, told in another file than the receipt's own.
 * From: `receive-part.ts`. Next: the receipt knows it and is settled by it; where that comes too late the row is
 * refused and a person divides. In an ERP-led company the account of the item hears why it went down.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Company } from '../../shared/domain/company.ts';
import type { AllocationRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse } from '../../shared/domain/outcome.ts';
import { receiptIdOf } from '../../shared/domain/receipt-row.ts';
import type { Receipt, ReceiptFact } from '../../shared/domain/receipt.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { explainTold } from './explain-told.ts';
import { designated, nextOf, type ReceivedRow } from './receive-row.ts';

type Told = { company: Company; imported: ImportDocument; fromId: string; rows: readonly AllocationRow[] };

export const receiveTold = async (
  parts: CashParts,
  call: CashCall,
  { company, imported, fromId, rows }: Told,
): Promise<ReceivedRow[]> => {
  if (company.mode === 'erpLed') return explainTold(parts, call, { company, imported, rows });
  const { companyId } = company;
  const key = { companyId, receiptId: receiptIdOf(imported.source, fromId, parts.hashText) };
  const told = designated(parts, { company, told: rows });
  const noted = await changeReceipt<ProblemCode>(parts, call, key, async (receipt) => {
    if (told.length === 0 || rows.some(({ isReversal }) => isReversal))
      return refuse('reservation-differs', `what ${fromId} settled is taken back by a person`);
    if (isKnown(receipt, told)) return done([]);
    return receipt.plan === undefined && receipt.designation === undefined
      ? done(told)
      : refuse('reservation-differs', `receipt ${receipt.id} was divided before its lines came`);
  });
  if (!noted.ok) return rows.map(() => ({ is: 'refused', code: noted.code, entries: 0 }));
  const loaded = await parts.receipts.load(call.scope, key);
  const goesOn = nextOf(loaded, parts.hashText);
  return rows.map((_, at) => ({ is: 'posted', entries: at === 0 ? 1 : 0, ...(at === 0 ? { goesOn } : {}) }));
};

const isKnown = ({ designation = [] }: Receipt, told: readonly ReceiptFact[]): boolean =>
  told.every(
    (fact) =>
      fact.kind === 'designationNoted' &&
      fact.lines.every((line) =>
        designation.some(({ itemId, amount }) => itemId === line.itemId && amount === line.amount),
      ),
  );
