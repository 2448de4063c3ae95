/**
 * What taking in lines of money came to: who goes on with which receipt, and the result of the part.
 * From: `receive-part.ts`. Next: one message per receipt, whose own result (`report-settled.ts`) says where its money
 * went; the part's says that it came in, and how many of those are still to come.
 */
import { addCash, noCash, type CashFigures, type CashSums } from '../../shared/domain/cash-moves.ts';
import { addSums } from '../../shared/domain/control-totals.ts';
import type { ReceiptRow } from '../../shared/domain/feed-rows.ts';
import type { ImportDocument, PartResult } from '../../shared/domain/imports.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import { receiptIdOf } from '../../shared/domain/receipt-row.ts';
import type { OutgoingMessage } from '../../shared/ports/message-sender.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import type { Counted } from './count-moved.ts';
import type { MoneyLine } from './keep-refused-money.ts';
import type { ReceivedRow } from './receive-row.ts';
import { awaitedFor, awaitedMessageId } from './report-settled.ts';

/** `row`: money that came in. `moved`: what a line that took money back moved. `line`: what it is the result of. */
export type TakenIn = ReceivedRow & { row?: ReceiptRow; moved?: Counted; line?: MoneyLine };

const mostPerSend = 100;

/** A receipt that this import brought, or told what it is for, reports to it; one that another brought, to that one. */
export const sendOn = async (
  parts: CashParts,
  call: CashCall,
  imported: ImportDocument,
  results: readonly TakenIn[],
): Promise<void> => {
  const messages: OutgoingMessage[] = [];
  for (const result of results) {
    if (result.is === 'refused') continue;
    const receiptId = goingOn(parts, imported, result);
    if (receiptId === undefined) continue;
    const key = { companyId: imported.companyId, receiptId };
    const importId = result.is === 'posted' ? imported.importId : await broughtBy(parts, call, key);
    messages.push(messageFor(parts, key, importId, result.goesOn?.messageId ?? ''));
  }
  for (let first = 0; first < messages.length; first += mostPerSend)
    await parts.sender.send('received-payments', messages.slice(first, first + mostPerSend));
};

/** What was brought here is awaited, also where it was settled before this part came again. */
const goingOn = (
  { hashText }: CashParts,
  { source }: ImportDocument,
  result: Exclude<TakenIn, { is: 'refused' }>,
): string | undefined =>
  result.is === 'posted' && result.row !== undefined
    ? receiptIdOf(source, result.row.receiptId, hashText)
    : result.goesOn?.receiptId;

const broughtBy = async (
  { receipts, imports }: CashParts,
  { scope }: CashCall,
  key: { companyId: string; receiptId: string },
): Promise<string | undefined> => {
  const [first] = await receipts.entries(scope, key, { afterVersion: 0, limit: 1 });
  if (first?.cause.kind !== 'import') return undefined;
  const importId = first.cause.id;
  const brought = await imports.load(scope, { companyId: key.companyId, importId });
  return brought?.document.importId;
};

const messageFor = (
  { hashText }: CashParts,
  { companyId, receiptId }: { companyId: string; receiptId: string },
  importId: string | undefined,
  otherwise: string,
): OutgoingMessage => {
  if (importId === undefined) return { id: otherwise, body: { v: 1, companyId, receiptId } };
  const awaited = awaitedFor({ companyId, importId }, 'receipt', receiptId, hashText);
  return { id: awaitedMessageId(awaited, hashText), body: { v: 1, companyId, receiptId, importId } };
};

/** `standing`: of money that came in. */
export const resultOfMoney = (
  part: string,
  results: readonly TakenIn[],
  standing: Receipt['standing'],
): PartResult => {
  const refusedBy: Record<string, number> = {};
  for (const result of results)
    if (result.is === 'refused') refusedBy[result.code] = (refusedBy[result.code] ?? 0) + 1;
  const count = (of: (result: TakenIn) => number): number =>
    results.reduce((all, result) => all + of(result), 0);
  return {
    ...{ part, rows: results.length, refusedBy },
    accounts: count(({ moved }) => moved?.accounts ?? 0),
    entries: count(({ entries, moved }) => entries + (moved?.entries ?? 0)),
    posted: count(({ is }) => Number(is === 'posted')),
    unchanged: count(({ is }) => Number(is === 'unchanged')),
    change: results.reduce((all, { moved }) => addSums(all, moved?.change ?? {}), {}),
    cash: results.reduce<CashSums>((all, result) => addCash(all, cashIn(result, standing)), {}),
    awaits: count((result) =>
      Number(result.is === 'posted' && (result.row !== undefined || result.goesOn !== undefined)),
    ),
  };
};

/** All of it free as it came. */
const cashIn = ({ is, row, moved }: TakenIn, standing: Receipt['standing']): CashSums => {
  if (moved !== undefined) return moved.cash;
  if (is !== 'posted' || row === undefined) return {};
  const { amount, currency, accountId } = row;
  const free: Partial<CashFigures> =
    accountId === undefined ? { unidentified: amount } : { unassigned: amount };
  const beside: Partial<CashFigures> = standing === 'provisional' ? { provisional: amount } : {};
  return { [currency]: { ...noCash, received: amount, ...free, ...beside } };
};
