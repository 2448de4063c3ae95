/**
 * What a notice shows of the account's items: a statement all that is open, others the items they name.
 * From: the notice, the items as they were judged. Next: the tables of its text: every text shows at least one currency.
 */
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Demand } from '../../shared/domain/build-message-data.ts';
import { standingOfItem } from '../../shared/domain/item-standing.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from '../../shared/domain/money.ts';
import type { PendingNotice } from '../../shared/domain/notice.ts';
import type { CompanyFrame } from '../../shared/edge/read-dunning-frame.ts';
import type { Judged } from './gate-message.ts';

/** All that is open, or the items it names as far as they are; of a settled account its currencies, with nothing. */
export const demandOfNotice = (
  { text, itemIds = [] }: PendingNotice,
  { items, loaded }: Judged,
  frame: CompanyFrame,
): Demand => {
  const open = [...items.values()].filter((item) => item.open !== 0);
  const named = wholeAccount.includes(text) ? [] : open.filter(({ id }) => itemIds.includes(id));
  const { head } = loaded.account;
  const demand = demandOf(named.length > 0 ? named : open, (item) => standingOfItem(item, head, frame));
  if (Object.keys(demand.sums).length > 0) return demand;
  return {
    ...demand,
    sums: Object.fromEntries(Object.keys(head.balances).map((currency) => [currency, zero])),
  };
};

/** Texts that show the account as a whole, whatever they name. */
const wholeAccount: readonly string[] = ['T13', 'T14', 'T17'];

type Standing = ReturnType<typeof standingOfItem>;

const demandOf = (shown: readonly AccountItem[], standingOf: (item: AccountItem) => Standing): Demand => {
  const asked = new Map<Currency, AmountMinor>();
  const items: Demand['items'][number][] = [];
  const credits: Demand['credits'][number][] = [];
  const aside: Demand['aside'][number][] = [];
  for (const item of shown) {
    const { claim, beside, credit, aside: held, reason } = standingOf(item);
    const { id: itemId, currency, stage } = item;
    const amount = sum(claim, beside);
    asked.set(currency, subtract(sum(asked.get(currency) ?? zero, amount), credit));
    if (credit > 0) credits.push({ itemId, amount: credit });
    else items.push({ itemId, stage, currency, asked: amount, isDue: false });
    for (const one of held) aside.push({ itemId, ...one });
    if (reason !== undefined && held.length === 0 && item.open > 0)
      aside.push({ itemId, amount: item.open, reason });
  }
  return { items, credits, aside, sums: Object.fromEntries(asked) };
};
