/**
 * A bank's line of money that somebody keyed in before: it is one receipt, in every company.
 * From: `receive-row.ts`, a provisional or Dunwell-led line that is new. Next: the receipt that is there hears of the
 * bank's line; no second one is made. Who keys in what the bank told before is asked by `enter-payments.ts`.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { addDays } from '../../shared/domain/calendar.ts';
import type { LedgerMode } from '../../shared/domain/company.ts';
import { manualSource } from '../../shared/domain/entered-item.ts';
import { isKeyedMoney } from '../../shared/domain/entered-payment.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Receipt, ReceiptHead } from '../../shared/domain/receipt.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { receiptMarkAt } from '../../shared/ports/receipt-documents.ts';
import { changeReceipt, type CashCall, type CashParts } from './cash-parts.ts';

export const pageOfReceipts = 50;
const fewPages = 4;

/** What banks write where there is no reference. */
export const saysNothing = /^(|nonref|notprovided|none|0+)$/i;
/** Nothing is received before its value day, but for what a bank dates ahead. */
const daysBefore = 14;

/** Receipts of the same sum that came since shortly before the value day. */
export const receiptsOfSum = async (
  { receipts }: Pick<CashParts, 'receipts'>,
  scope: Scope,
  {
    companyId,
    amount,
    currency,
    valueOn,
  }: Pick<ReceiptHead, 'companyId' | 'amount' | 'currency' | 'valueOn'>,
  mostPages = fewPages,
): Promise<Receipt[]> => {
  const found: Receipt[] = [];
  const which = { sum: { amount, currency } };
  let after: string | undefined = receiptMarkAt(addDays(valueOn, -daysBefore));
  for (let page = 1; page <= mostPages && after !== undefined; page += 1) {
    const asked = { limit: pageOfReceipts, after };
    const some: Awaited<ReturnType<typeof receipts.list>> = await receipts.list(
      scope,
      companyId,
      which,
      asked,
    );
    found.push(...some.receipts);
    after = some.after;
  }
  return found;
};

/** The keyed receipt that is this line's money; undefined: none, or several that nothing tells apart. */
export const matchKeyed = async (
  parts: CashParts,
  call: CashCall,
  head: ReceiptHead,
  mode: LedgerMode,
): Promise<Outcome<Receipt | undefined, ProblemCode>> => {
  // the ERP's own journal confirms, which `match-receipt.ts` knows
  const isOfErp = mode === 'erpLed' && head.standing === 'confirmed';
  if (head.source === manualSource || isOfErp) return done(undefined);
  const alike = (await receiptsOfSum(parts, call.scope, head)).filter((one) => isKeyedMoney(one, head));
  const known = alike.find(({ seenAs }) => seenAs?.some(({ id }) => id === head.id));
  const free = alike.filter(({ seenAs }) => !seenAs?.some(({ source }) => source === head.source));
  const sameDay = free.filter(({ valueOn }) => valueOn === head.valueOn);
  const [only, another] = sameDay.length > 0 ? sameDay : free;
  const found = known ?? (another === undefined ? only : undefined);
  if (found === undefined) return done(undefined);
  const { id, source } = head;
  const key = { companyId: head.companyId, receiptId: found.id };
  const matched = await changeReceipt<ProblemCode>(parts, call, key, async (now) =>
    done(
      now.seenAs?.some((one) => one.id === id || one.source === source)
        ? []
        : [{ kind: 'receiptSeenAs', id, source }],
    ),
  );
  if (!matched.ok) return matched;
  return done(matched.value.seenAs?.some((one) => one.id === id) ? matched.value : undefined);
};
