/**
 * What a person may do with money that no rung took, best first.
 * From: the last rung of the ladder. Next: the clerk's page; nothing here is done by itself.
 */
import type { AllocationInput, OpenItem, Proposal } from './allocation-input.ts';
import { combinationsOf } from './allocation-search.ts';

const mostProposals = 5;
const mostAlike = 3;

/** `items` sorted by due day; `named` are those the payer's text names. */
export const proposalsFor = (
  { money, limits }: AllocationInput,
  items: readonly OpenItem[],
  named: readonly OpenItem[],
): Proposal[] => {
  const alike = items.filter(({ open }) => open === money.amount).slice(0, mostAlike);
  const { found } = combinationsOf(items, money.amount, limits);
  const proposals = [
    ...(named.length > 0 ? [proposal('named', named)] : []),
    ...alike.map((item) => proposal('same-amount', [item])),
    ...found.filter(({ length }) => length > 1).map((combination) => proposal('combination', combination)),
    ...oldest(items, money.amount),
  ];
  return proposals.slice(0, mostProposals);
};

const proposal = (because: Proposal['because'], items: readonly OpenItem[]): Proposal => ({
  because,
  items: items.map(({ account, id }) => ({ account, itemId: id })),
});

/** The oldest undisputed items that the money reaches. */
const oldest = (items: readonly OpenItem[], amount: number): Proposal[] => {
  let left = amount;
  const reached = items.filter(({ open, isDisputed }) => {
    if (open <= 0 || isDisputed || left <= 0) return false;
    left -= open;
    return true;
  });
  return reached.length > 0 ? [proposal('oldest-first', reached)] : [];
};
