/**
 * What an account is after facts: the one place where facts become state.
 * From: decisions, stored entries. Next: the stores write head and changed items; the invariants are asserted
 * on every result, so that a wrong state ends the work instead of being kept.
 */
import {
  mostItemsInside,
  noBalance,
  type Account,
  type AccountHead,
  type AccountItem,
  type Balance,
  type OpenItem,
} from './account.ts';
import type { Day } from './calendar.ts';
import { assertSound } from './check-account.ts';
import { itemsAfter } from './evolve-item.ts';
import { isMoneyFact, type Fact } from './facts.ts';
import { headAfter } from './head-after.ts';
import { subtract, sum, zero, type AmountMinor } from './money.ts';
import { isPlainItem } from './plain-item.ts';
import type { LedgerAccount, Posting } from './postings.ts';
import { withRecentMoney } from './recent-money.ts';

/** The account after these facts. @throws when an invariant of money would break (M1, M2, M3, M9, B3). */
export const evolve = (account: Account, facts: readonly Fact[]): Account => {
  const { account: after, changed } = fold(account, facts);
  assertSound(account, after, facts, changed);
  return after;
};

/** Ids of the items that facts touch, in the order first touched; without asserting anything. */
export const fold = (
  account: Account,
  facts: readonly Fact[],
): { account: Account; changed: ReadonlySet<string> } => {
  const draft = draftOf(account);
  for (const fact of facts) {
    if (isMoneyFact(fact)) post(draft, fact.posting, fact.on);
    for (const item of itemsAfter(draft.items, fact)) put(draft, item);
    draft.head = headAfter(draft.head, fact);
  }
  return { account: drafted(draft), changed: draft.changed };
};

/** `own`: its items, once one of them is another; until then they are those of the account before. */
type Draft = Account & { own?: Map<string, AccountItem>; changed: Set<string> };

const draftOf = (account: Account): Draft => ({ ...account, changed: new Set() });

const drafted = ({ head, items, restOldestDueOn }: Draft): Account =>
  restOldestDueOn === undefined ? { head, items } : { head, items, restOldestDueOn };

const keep = (draft: Draft, item: AccountItem): void => {
  draft.own ??= new Map(draft.items);
  draft.items = draft.own.set(item.id, item);
};

const post = (draft: Draft, posting: Posting, on: Day): void => {
  const { debit, credit, amount, currency } = posting;
  const balance = draft.head.balances[currency] ?? noBalance;
  const debited = moved(balance.ledger, debit, amount);
  const ledger = moved(debited, credit, subtract(zero, amount));
  setBalance(draft, currency, { ...balance, ledger });
  draft.head = withRecentMoney(draft.head, posting, on);
};

const moved = (ledger: Balance['ledger'], account: LedgerAccount, by: AmountMinor): Balance['ledger'] => ({
  ...ledger,
  [account]: sum(ledger[account] ?? zero, by),
});

const setBalance = (draft: Draft, currency: string, balance: Balance): void => {
  draft.head = { ...draft.head, balances: { ...draft.head.balances, [currency]: balance } };
};

const put = (draft: Draft, item: AccountItem): void => {
  const before = draft.items.get(item.id);
  const balance = draft.head.balances[item.currency] ?? noBalance;
  setBalance(draft, item.currency, {
    ...balance,
    open: sum(balance.open, subtract(item.open, before?.open ?? zero)),
    provisional: sum(balance.provisional, subtract(provisionalOf(item), provisionalOf(before))),
  });
  keep(draft, item);
  draft.changed.add(item.id);
  const openCount = draft.head.openCount + countOf(item) - countOf(before);
  draft.head = { ...draft.head, openCount };
  if (draft.head.openItems === undefined) dueOutside(draft, item, before);
  else listInside(draft, draft.head.openItems, item);
};

const countOf = (item: AccountItem | undefined): number => (item === undefined || item.open === 0 ? 0 : 1);

/** Money received for an item that its accounts do not show yet. */
export const provisionalOf = (item: AccountItem | undefined): AmountMinor =>
  sum(...(item?.provisional ?? []).filter(({ state }) => state === 'noted').map(({ amount }) => amount));

const listInside = (draft: Draft, listed: readonly OpenItem[], item: AccountItem): void => {
  const others = listed.filter(({ id }) => id !== item.id);
  const openItems = item.open === 0 ? others : [...others, openItemOf(item)].toSorted(byDueDay);
  if (openItems.length > mostItemsInside) leaveHead(draft, openItems);
  else draft.head = withOldest({ ...draft.head, openItems }, oldestOf(openItems));
};

/** The head keeps totals only from here on; what is not at hand is remembered by its earliest due day. */
const leaveHead = (draft: Draft, openItems: readonly OpenItem[]): void => {
  const { openItems: _left, ...head } = draft.head;
  draft.head = withOldest(head, oldestOf(openItems));
  setRest(draft, oldestOf(openItems.filter(({ id }) => !draft.items.has(id))));
};

/** As `leaveHead`, for a head that has grown too large with fewer items. */
export const itemsLeaveHead = (account: Account): Account => {
  if (account.head.openItems === undefined) return account;
  const draft = draftOf(account);
  leaveHead(draft, account.head.openItems);
  return drafted(draft);
};

const dueOutside = (draft: Draft, item: AccountItem, before: AccountItem | undefined): void => {
  const { oldestDueOn } = draft.head;
  const claimsOn = item.open > 0 ? item.dueOn : undefined;
  const wasOldest = before !== undefined && before.open > 0 && before.dueOn === oldestDueOn;
  const oldest =
    wasOldest && claimsOn !== oldestDueOn
      ? earlier(draft.restOldestDueOn, oldestOf([...draft.items.values()]))
      : earlier(oldestDueOn, claimsOn);
  draft.head = withOldest(draft.head, oldest);
};

const openItemOf = (item: AccountItem): OpenItem => {
  const { id, kind, currency, open, dueOn, stage } = item;
  return { ...{ id, kind, currency, open, dueOn, stage }, ...(isPlainItem(item) && { isPlain: true }) };
};

const byDueDay = (a: OpenItem, b: OpenItem): number =>
  a.dueOn === b.dueOn ? (a.id < b.id ? -1 : 1) : a.dueOn < b.dueOn ? -1 : 1;

/** The earliest due day of the items that claim money. */
export const oldestOf = (items: readonly Pick<OpenItem, 'open' | 'dueOn'>[]): Day | undefined =>
  items.reduce<Day | undefined>(
    (oldest, { open, dueOn }) => (open > 0 ? earlier(oldest, dueOn) : oldest),
    undefined,
  );

const earlier = (a: Day | undefined, b: Day | undefined): Day | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

const withOldest = (head: AccountHead, oldest: Day | undefined): AccountHead => {
  const { oldestDueOn: _before, ...rest } = head;
  return oldest === undefined ? rest : { ...rest, oldestDueOn: oldest };
};

const setRest = (draft: Draft, oldest: Day | undefined): void => {
  if (oldest === undefined) delete draft.restOldestDueOn;
  else draft.restOldestDueOn = oldest;
};
