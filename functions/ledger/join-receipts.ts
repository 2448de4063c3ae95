/**
 * One payment that was told twice: a clerk says that two receipts are one, that they are two, or takes the first back.
 * From: staff routes, a receipt that is shown as a possible double payment. Next: the money of one of them is gone
 * from the book, or settles what it pays. Each step finds what is done already.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import {
  joinedFacts,
  joinId,
  mayJoin,
  possibleDoubleOf,
  ruledOut,
} from '../../shared/domain/double-payment.ts';
import { manualSource } from '../../shared/domain/entered-item.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt } from '../../shared/domain/receipt.ts';
import { undoReturn } from '../../shared/domain/return-money.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';
import { receiptsOfSum } from './match-keyed.ts';
import { takeBack } from './reverse-receipt.ts';
import { settleWhole } from './settle-receipt.ts';

/** The two are one: what `key` names goes into `otherId`, wherever its money was. */
export const joinReceipts = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  otherId: string,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const other = { ...key, receiptId: otherId };
  const both = await loadBoth(parts, call, key, other);
  if (!both.ok) return both;
  const [goes, stays] = both.value;
  const may = mayJoin(goes, stays);
  if (!may.ok) return may;
  const company = await readCompany(parts.settings, call.scope, key.companyId);
  if (!company.ok) return company;
  if (company.value.mode === 'erpLed' && goes.standing === 'confirmed')
    return refuse('payment-used', `${goes.id} is in the book of the ERP`);
  const id = joinId(stays);
  const on = goes.returns.find((one) => one.id === id)?.on ?? dayAt(call.now, company.value.zone);
  const returned = { id, kind: 'joined', amount: goes.amount, on } as const;
  const gone = await takeBack(parts, call, key, returned, 'joined');
  if (!gone.ok) return gone;
  const known = await changeReceipt<ProblemCode>(parts, call, other, async (now) =>
    done(joinedFacts(now, goes)),
  );
  if (!known.ok) return known;
  const settled = await settleWhole(parts, call, other);
  if (!settled.ok) return settled;
  const freed = await settleHeldFor(parts, call, goes.source === manualSource ? goes : stays);
  return freed.ok ? gone : freed;
};

/** Other lines that waited for a word about a payment keyed in: it is taken back, or another line's. */
export const settleHeldFor = async (
  parts: CashParts,
  call: CashCall,
  keyed: Receipt,
): Promise<Outcome<undefined, ProblemCode>> => {
  const alike = await receiptsOfSum(parts, call.scope, keyed);
  for (const { companyId, id } of alike.filter((one) => possibleDoubleOf(one) === keyed.id)) {
    const settled = await settleWhole(parts, call, { companyId, receiptId: id });
    if (!settled.ok) return settled;
  }
  return done(undefined);
};

/** The two are two: the line settles what it pays. */
export const keepApart = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
  otherId: string,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const both = await loadBoth(parts, call, key, { ...key, receiptId: otherId });
  if (!both.ok) return both;
  const apart = await changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    done(ruledOut(now, otherId)),
  );
  return apart.ok ? settleWhole(parts, call, key) : apart;
};

/** They were not one after all: both stand as they were told, and the line is asked about again. */
export const partReceipts = async (
  parts: CashParts,
  call: CashCall,
  key: ReceiptKey,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const { receipt } = await parts.receipts.load(call.scope, key);
  if (receipt === undefined) return refuse('receipt-not-found', `there is no receipt ${key.receiptId}`);
  const joined = receipt.returns.find(({ kind }) => kind === 'joined');
  if (joined === undefined) return settleWhole(parts, call, key);
  const other = { ...key, receiptId: joined.id.slice('joined:'.length) };
  const unseen = await changeReceipt<ProblemCode>(parts, call, other, async ({ seenAs = [] }) =>
    done(seenAs.some(({ id }) => id === key.receiptId) ? [{ kind: 'receiptUnseen', id: key.receiptId }] : []),
  );
  if (!unseen.ok) return unseen;
  const back = await changeReceipt<ProblemCode>(parts, call, key, async (now) => {
    const undone = undoReturn(now, joined.id, 'parted');
    const isAnew = undone.length > 0 && now.plan !== undefined;
    return done([...undone, ...(isAnew ? [{ kind: 'allocationDropped', because: 'parted' } as const] : [])]);
  });
  return back.ok ? settleWhole(parts, call, key) : back;
};

const loadBoth = async (
  { receipts }: CashParts,
  { scope }: CashCall,
  ...keys: [ReceiptKey, ReceiptKey]
): Promise<Outcome<[Receipt, Receipt], 'receipt-not-found'>> => {
  const [first, second] = [await receipts.load(scope, keys[0]), await receipts.load(scope, keys[1])];
  const missing = [first, second].find(({ receipt }) => receipt === undefined);
  if (missing !== undefined || first.receipt === undefined || second.receipt === undefined)
    return refuse('receipt-not-found', `there is no receipt ${missing?.receiptId ?? ''}`);
  return done([first.receipt, second.receipt]);
};
