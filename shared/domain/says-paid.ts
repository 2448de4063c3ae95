/**
 * The hold of an account whose customer says to have paid: nothing of what the advice names is asked for until its
 * last day, or until the money is here.
 * From: an advice without money. Next: `holdPlaced`, `holdLifted`; dunning reads the holds of the head.
 */
import type { Account, Hold } from './account.ts';
import type { Advice } from './advice.ts';
import type { Day } from './calendar.ts';
import type { Fact } from './facts.ts';

export const saysPaid = 'says-paid';

/** Items a hold names, and holds that name any: a head stays small, what is beyond holds the account as a whole. */
export const mostItemsOfHold = 30;
export const mostNamingHolds = 5;

export const holdIdOf = ({ id }: Pick<Advice, 'id'>): string => `${saysPaid}:${id}`;

/** The same hold again is nothing; with other items or another last day it takes the place of the one before. */
export const holdSaysPaid = (
  { head }: Account,
  advice: Pick<Advice, 'id' | 'heldUntil'>,
  itemIds: readonly string[],
  on: Day,
): Fact[] => {
  const id = holdIdOf(advice);
  const known = head.holds.find((one) => one.id === id);
  if (itemIds.length === 0) return known === undefined ? [] : [lift(id, on)];
  const sorted = itemIds.toSorted();
  const others = head.holds.filter((one) => one.id !== id && one.itemIds !== undefined).length;
  const isSmall = sorted.length <= mostItemsOfHold && others < mostNamingHolds;
  const named = isSmall ? { itemIds: sorted } : {};
  const hold: Hold = { id, code: saysPaid, placedOn: on, untilOn: advice.heldUntil, ...named };
  if (known !== undefined && isSame(known, hold)) return [];
  return [...(known === undefined ? [] : [lift(id, on)]), { kind: 'holdPlaced', hold, on }];
};

/** Nothing where it does not stand. */
export const liftSaysPaid = ({ head }: Account, advice: Pick<Advice, 'id'>, on: Day): Fact[] => {
  const id = holdIdOf(advice);
  return head.holds.some((one) => one.id === id) ? [lift(id, on)] : [];
};

const lift = (holdId: string, on: Day): Fact => ({ kind: 'holdLifted', holdId, on });

const isSame = (a: Hold, b: Hold): boolean =>
  a.untilOn === b.untilOn && JSON.stringify(a.itemIds ?? null) === JSON.stringify(b.itemIds ?? null);

/** Whether an item is held on a day, and by what. A hold without items holds all of the account. */
export const holdOf = (holds: readonly Hold[], itemId: string, on: Day): Hold | undefined =>
  holds.find(
    ({ untilOn, itemIds }) =>
      (untilOn === undefined || on <= untilOn) && (itemIds === undefined || itemIds.includes(itemId)),
  );
