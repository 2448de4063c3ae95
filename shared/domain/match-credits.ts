/**
 * Credits that went down or vanished together with what is owed: which of them was taken for what. No cash moves.
 * From: reconciliation, per account and currency. Next: `lower-item.ts` lets each settle its item. First a credit
 * that names the item, then one of exactly its amount, then the rest in the order of due days.
 */
import type { AccountItem } from './account.ts';
import type { ClearingSpan } from './item.ts';
import { smaller, subtract, zero, type AmountMinor } from './money.ts';
import type { Given } from './lower-item.ts';

/** Credits one item takes in one step, so that a step fits an append; what is beyond has another reason. */
const mostCredits = 60;

/** An item, how far it goes down for a reason not yet known, and between which instants, where it is gone. */
export type Drop = { item: AccountItem; amount: AmountMinor; span?: ClearingSpan };

/** Whether it is no longer there, and not only lower. */
export const isClosing = ({ span }: Drop): boolean => span !== undefined;

/** What each item gets from which credits; items closing go before those that only go down. */
export const matchCredits = (
  debits: readonly Drop[],
  credits: readonly Drop[],
): ReadonlyMap<string, readonly Given[]> => {
  const left = new Map([...debits, ...credits].map(({ item, amount }) => [item.id, amount]));
  const given = new Map<string, Given[]>();
  const give = ({ item }: Drop, credit: Drop): void => {
    const amount = smaller(left.get(item.id) ?? zero, left.get(credit.item.id) ?? zero);
    const isFull = (given.get(item.id) ?? []).length >= mostCredits;
    if (amount <= 0 || isFull || item.currency !== credit.item.currency) return;
    for (const id of [item.id, credit.item.id]) left.set(id, subtract(left.get(id) ?? zero, amount));
    const { span } = credit;
    const one = { creditId: credit.item.id, amount, ...(span === undefined ? {} : { span }) };
    given.set(item.id, [...(given.get(item.id) ?? []), one]);
  };
  const inOrder = [...debits.filter(isClosing), ...debits.filter((drop) => !isClosing(drop))];
  for (const credit of credits)
    for (const debit of inOrder) if (credit.item.originalId === debit.item.id) give(debit, credit);
  for (const credit of credits) {
    const same = inOrder.find(
      ({ item, amount }) =>
        item.currency === credit.item.currency &&
        left.get(item.id) === amount &&
        amount === left.get(credit.item.id),
    );
    if (same) give(same, credit);
  }
  for (const credit of credits)
    for (const debit of inOrder) {
      if ((left.get(credit.item.id) ?? zero) <= 0) break;
      give(debit, credit);
    }
  return given;
};
