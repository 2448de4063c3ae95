/**
 * What must hold before a clerk's division sets money aside: its accounts and items are there, and enough is free.
 * From: `split-receipt.ts`. Next: the division. Money that only lies on account is taken off it again where the
 * division needs it; the ladder put it there for want of anything better.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt } from '../../shared/domain/calendar.ts';
import type { Company } from '../../shared/domain/company.ts';
import { subtract, sum, type AmountMinor } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef, Portion, Receipt } from '../../shared/domain/receipt.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { reverseOne } from './reverse-receipt.ts';

export type Share = { account: AccountRef; itemId?: string | undefined; amount: AmountMinor };

/** What is set aside must arrive: a portion for an account or item that is not there would wait for ever. */
export const areThere = async (
  parts: CashParts,
  { scope }: CashCall,
  { currency }: Receipt,
  shares: readonly Share[],
): Promise<Outcome<true, ProblemCode>> => {
  for (const { account: ref, itemId } of shares) {
    const { account } = await parts.accounts.load(scope, ref, itemId === undefined ? [] : [itemId]);
    if (account.head.version === 0) return refuse('not-found', `There is no account ${ref.accountId}.`);
    if (itemId === undefined) continue;
    const item = account.items.get(itemId);
    if (item === undefined) return refuse('item-not-found', `there is no item ${itemId} on ${ref.accountId}`);
    if (item.currency !== currency) return refuse('currency-differs', `${itemId} is in ${item.currency}`);
  }
  return done(true);
};

/** Takes off account what the division needs beyond the free money; nothing when even that is not enough. */
export const freeForDivision = async (
  parts: CashParts,
  call: CashCall,
  { zone }: Company,
  receipt: Receipt,
  total: AmountMinor,
): Promise<Outcome<true, ProblemCode>> => {
  for (const portion of portionsToFree(receipt, total)) {
    const freed = await reverseOne(parts, call, receipt, portion, 'divided', dayAt(call.now, zone));
    if (!freed.ok) return freed;
  }
  return done(true);
};

/** On account whole, none of it used, in their order until there is enough. */
const portionsToFree = ({ free, portions }: Receipt, total: AmountMinor): Portion[] => {
  const onAccount = portions.filter(({ state, uses }) => state === 'posted' && uses.length === 0);
  const chosen: Portion[] = [];
  let missing = subtract(total, free);
  for (const portion of onAccount) {
    if (missing <= 0) break;
    chosen.push(portion);
    missing = subtract(missing, portion.amount);
  }
  return missing > 0 ? [] : chosen;
};

export const totalOf = (shares: readonly Share[]): AmountMinor => sum(...shares.map(({ amount }) => amount));
