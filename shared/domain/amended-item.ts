/**
 * An item as a feed or a person amends it: fields that are named change, others stay.
 * From: `evolve-item.ts` and decisions that look ahead. Next: the item.
 */
import type { AccountItem } from './account.ts';
import type { Amendment } from './facts.ts';

export const amended = (
  item: AccountItem,
  { references, emptied = [], ...amendment }: Amendment,
): AccountItem => {
  const after = { ...item, ...amendment, references: { ...item.references, ...references } };
  for (const field of emptied) delete after[field];
  return after;
};
