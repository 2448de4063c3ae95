/**
 * The last days on which an account paid, kept in its head: its page shows them without another read.
 * From: postings that move money. Next: `evolve.ts`, the account page.
 */
import type { AccountHead, RecentMoney } from './account.ts';
import type { Day } from './calendar.ts';
import { negate, sum } from './money.ts';
import type { LedgerAccount, Posting } from './postings.ts';

/** Days and currencies kept; with more of them a page lists items. */
const mostKept = 5;

const isMoney = (account: LedgerAccount): account is RecentMoney['as'] =>
  account === 'cash' || account === 'impliedCash';

/** The same head when the posting moves no money. A day whose money went back as it came is gone from it. */
export const withRecentMoney = (
  head: AccountHead,
  { debit, credit, amount, currency }: Posting,
  on: Day,
): AccountHead => {
  const as = [debit, credit].find(isMoney);
  if (as === undefined || debit === credit || amount === 0) return head;
  const moved = as === debit ? amount : negate(amount);
  const { recentMoney = [], ...rest } = head;
  const isSame = (one: RecentMoney): boolean => one.on === on && one.currency === currency && one.as === as;
  const there = recentMoney.find(isSame);
  const after = { on, currency, as, amount: there === undefined ? moved : sum(there.amount, moved) };
  const kept = [...recentMoney.filter((one) => !isSame(one)), ...(after.amount === 0 ? [] : [after])]
    .toSorted(newestFirst)
    .slice(0, mostKept);
  return kept.length === 0 ? rest : { ...rest, recentMoney: kept };
};

const newestFirst = (a: RecentMoney, b: RecentMoney): number =>
  a.on === b.on ? (a.currency + a.as < b.currency + b.as ? -1 : 1) : a.on > b.on ? -1 : 1;
