/**
 * An account as somebody sees it to whom only some of its items were lent: those, and figures of those alone.
 * From: the account store, which has loaded every lent item. Next: pages of agencies and lawyers; never a decision.
 */
import { noBalance, type Account, type AccountHead, type AccountItem, type Balance } from './account.ts';
import { oldestOf } from './evolve.ts';
import { sum, type Currency } from './money.ts';

/** `lent` are all items lent; of them only those `asked` for are handed on. */
export const narrowAccount = (
  { head }: Account,
  lent: readonly AccountItem[],
  asked: readonly string[],
): Account => {
  const open = lent.filter((item) => item.open !== 0).toSorted(byDueDay);
  const oldest = oldestOf(open);
  const narrow: AccountHead = {
    companyId: head.companyId,
    accountId: head.accountId,
    version: head.version,
    lastHash: '',
    ...(head.masterData === undefined ? {} : { masterData: head.masterData }),
    balances: balancesOf(open),
    openCount: open.length,
    ...(oldest === undefined ? {} : { oldestDueOn: oldest }),
    openItems: open.map(({ id, kind, currency, open: left, dueOn, stage }) => ({
      ...{ id, kind, currency, open: left, dueOn, stage },
    })),
    dunning: { stage: 0 },
    holds: [],
    smallWriteOffs: {},
  };
  const items = lent.filter(({ id }) => asked.includes(id));
  return { head: narrow, items: new Map(items.map((item) => [item.id, item])) };
};

const byDueDay = (a: AccountItem, b: AccountItem): number =>
  `${a.dueOn} ${a.id}` < `${b.dueOn} ${b.id}` ? -1 : 1;

const balancesOf = (open: readonly AccountItem[]): Record<Currency, Balance> => {
  const balances: Record<Currency, Balance> = {};
  for (const { currency, open: left, provisional } of open) {
    const before = balances[currency] ?? noBalance;
    const noted = provisional.filter(({ state }) => state === 'noted').map(({ amount }) => amount);
    balances[currency] = {
      open: sum(before.open, left),
      provisional: sum(before.provisional, ...noted),
      ledger: {},
    };
  }
  return balances;
};
