/**
 * Items as they stand, asked for by nobody: what a statement or a copy out of our records shows.
 * From: items of one account. Next: `build-message-data.ts`. What is looked into or under way stands beside, in the sum.
 */
import type { AccountItem } from './account.ts';
import type { Demand } from './build-message-data.ts';
import { provisionalOf } from './evolve.ts';
import { negate, sum, zero, type AmountMinor, type Currency } from './money.ts';

/** Every currency of the items has a sum, also where all of them are settled. */
export const balanceDemand = (shown: readonly AccountItem[]): Demand => {
  const sums = new Map<Currency, AmountMinor>();
  const items: Demand['items'][number][] = [];
  const credits: Demand['credits'][number][] = [];
  for (const { id: itemId, currency, stage, open } of shown) {
    sums.set(currency, sum(sums.get(currency) ?? zero, open));
    if (open < 0) credits.push({ itemId, amount: negate(open) });
    else items.push({ itemId, stage, currency, asked: open, isDue: false });
  }
  return { items, credits, aside: shown.flatMap(besideOf), sums: Object.fromEntries(sums) };
};

const besideOf = (item: AccountItem): Demand['aside'][number][] => {
  const parts = (item.heldParts ?? []).map(({ code, amount }) => ({
    ...{ itemId: item.id, amount },
    reason: code === 'disputed' ? ('disputed' as const) : ('promised' as const),
  }));
  const pending = provisionalOf(item);
  return pending > 0 ? [...parts, { itemId: item.id, amount: pending, reason: 'payment-pending' }] : parts;
};
