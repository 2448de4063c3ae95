/**
 * Holds a bank's line that may be a payment keyed in under another reference: the same money is not counted twice.
 * From: `settle-receipt.ts`, a line whose payer is known. Next: the clerk's word (`join-receipts.ts`); a payment that
 * is taken back meanwhile holds nothing any more.
 */
import { heldFor } from '../../shared/domain/double-payment.ts';
import { manualSource } from '../../shared/domain/entered-item.ts';
import type { Receipt, ReceiptFact } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';
import { receiptsOfSum } from './match-keyed.ts';

/** What is noted of a bank's line that may be a payment keyed in, before it settles anything; undefined: go on. */
export const holdDouble = async (
  parts: Pick<CashParts, 'receipts'>,
  scope: Scope,
  line: Receipt,
): Promise<ReceiptFact[] | undefined> => {
  const isOver = line.plan !== undefined || line.free < line.amount || line.perhaps?.isRuledOut;
  if (isOver || line.source === manualSource) return undefined;
  const keyed = heldFor(line, await receiptsOfSum(parts, scope, line));
  if (keyed === undefined) return undefined;
  return line.perhaps?.of === keyed.id ? [] : [{ kind: 'possibleDoubleNoted', of: keyed.id }];
};
