/**
 * Looks for items that add up to an amount, within a stated number of steps.
 * From: the ladder. Next: a combination only if it is the only one; else proposals.
 * The items are searched from the largest, equal ones by id, so that the answer does not depend on their order.
 */
import { byDueDay, type OpenItem } from './allocation-input.ts';
import type { AmountMinor } from './money.ts';

export type Search = {
  /** At most the two first; one alone and `isComplete` means it is the only one. */
  found: OpenItem[][];
  /** False when the steps ran out. */
  isComplete: boolean;
};

/** Combinations of 1 to `mostItems` items above 0 that add up to `amount`; stops at the second. */
export const combinationsOf = (
  items: readonly OpenItem[],
  amount: AmountMinor,
  limits: { combinationItems: number; searchSteps: number },
): Search => {
  const sorted = items
    .filter(({ open }) => open > 0 && open <= amount)
    .toSorted((a, b) => b.open - a.open || byDueDay(a, b));
  const search: Search = { found: [], isComplete: true };
  let steps = 0;

  const walk = (from: number, missing: number, taken: OpenItem[]): void => {
    for (let at = from; at < sorted.length && search.found.length < 2; at += 1) {
      const item = sorted[at]!;
      const room = limits.combinationItems - taken.length;
      if (item.open * room < missing) return; // even the largest that are left do not suffice
      if (item.open > missing) continue;
      steps += 1;
      if (steps > limits.searchSteps) {
        search.isComplete = false;
        return;
      }
      if (item.open === missing) search.found.push([...taken, item]);
      else if (room > 1) walk(at + 1, missing - item.open, [...taken, item]);
      if (!search.isComplete) return;
    }
  };
  walk(0, amount, []);
  return search;
};
