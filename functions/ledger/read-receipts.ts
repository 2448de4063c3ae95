/**
 * Receipts as clerks see them: lists by state, one by its id, what the ladder would do for a payer, aged credits.
 * From: staff routes. Next: the clerk identifies, splits, applies (`split-receipt.ts`).
 */
import { receiptAnswerOf, type ReceiptAnswer } from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { agedCredits } from '../../shared/domain/over-payment.ts';
import type { PlannedReceipt } from '../../shared/domain/plan-receipt.ts';
import type { AccountRef, Receipt, ReceiptState } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ReceiptKey } from '../../shared/ports/receipt-store.ts';
import type { CashParts } from './cash-parts.ts';
import { openItemsOf, proposeFor } from './settle-plan.ts';

type Asked = { state: ReceiptState | 'provisional'; limit: number; after?: string | undefined };

export const listReceipts = async (
  { receipts }: CashParts,
  scope: Scope,
  companyId: string,
  { state, limit, after }: Asked,
): Promise<Outcome<{ receipts: ReceiptAnswer[]; after?: string }, ProblemCode>> => {
  const which = state === 'provisional' ? { standing: state } : { state };
  const page = await receipts.list(scope, companyId, which, {
    limit,
    ...(after === undefined ? {} : { after }),
  });
  const answers = page.receipts.map(receiptAnswerOf);
  return done(page.after === undefined ? { receipts: answers } : { receipts: answers, after: page.after });
};

/** The receipt, or that it is not there: outside the scope looks the same. */
export const readReceipt = async (
  { receipts }: CashParts,
  scope: Scope,
  key: ReceiptKey,
): Promise<Outcome<Receipt, ProblemCode>> => {
  const { receipt } = await receipts.load(scope, key);
  return receipt === undefined
    ? refuse('receipt-not-found', `there is no receipt ${key.receiptId}`)
    : done(receipt);
};

/** What the ladder would do with the free money if this account had paid. */
export const proposeAllocation = async (
  parts: CashParts,
  scope: Scope,
  key: ReceiptKey,
  accountId: string,
): Promise<Outcome<PlannedReceipt, ProblemCode>> => {
  const receipt = await readReceipt(parts, scope, key);
  if (!receipt.ok) return receipt;
  if (receipt.value.free === 0)
    return refuse('portions-exceed-receipt', `nothing of ${key.receiptId} is free`);
  const payer = { companyId: key.companyId, accountId };
  const { account } = await parts.accounts.load(scope, payer);
  if (account.head.version === 0) return refuse('not-found', `There is no account ${accountId}.`);
  return done(await proposeFor(parts, scope, receipt.value, payer));
};

/** Credits of an account that nobody has used for half a year, oldest first. */
export const listAgedCredits = async (
  parts: CashParts,
  scope: Scope,
  account: AccountRef,
  today: Day,
): Promise<AccountItem[]> => {
  const open = await openItemsOf(parts, scope, account);
  return agedCredits(
    open.map(({ item }) => item),
    today,
  );
};
