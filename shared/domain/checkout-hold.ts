/**
 * Holds that customers bring about: a payment on its way, a word that it was paid, a case nobody has looked at yet.
 * What they name is not asked for until their last day, or until they are lifted.
 * From: the portal, provider events. Next: `holdPlaced`, `holdLifted`; dunning reads the holds of the head.
 */
import type { Account, AccountHead, Hold } from './account.ts';
import type { Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import { mostItemsOfHold, mostNamingHolds } from './says-paid.ts';

export const checkoutHoldId = (checkoutId: string): string => `checkout:${checkoutId}`;

type Placing = {
  id: string;
  code: 'payment-pending' | 'says-paid' | 'query-open';
  itemIds: readonly string[];
  untilOn: Day;
};

/** The same hold again is nothing; with another last day it takes the place of the one before. */
export const placeHold = ({ head }: Pick<Account, 'head'>, placing: Placing, on: Day): Fact[] =>
  head.holds.some(({ id, untilOn }) => id === placing.id && untilOn === placing.untilOn)
    ? []
    : placeHoldAnew({ head }, placing, on);

/** The same again changes the account, too: who is about to lift the one before has to look again. */
export const placeHoldAnew = ({ head }: Pick<Account, 'head'>, placing: Placing, on: Day): Fact[] => {
  const { id, code, itemIds, untilOn } = placing;
  const others = head.holds.filter((one) => one.id !== id && one.itemIds !== undefined).length;
  const isSmall = itemIds.length <= mostItemsOfHold && others < mostNamingHolds;
  const hold: Hold = { id, code, placedOn: on, untilOn, ...(isSmall ? { itemIds: itemIds.toSorted() } : {}) };
  return [...liftHold({ head }, id, on), { kind: 'holdPlaced', hold, on }];
};

/** Nothing where it does not stand. */
export const liftHold = ({ head }: Pick<Account, 'head'>, holdId: string, on: Day): Fact[] =>
  head.holds.some(({ id }) => id === holdId) ? [{ kind: 'holdLifted', holdId, on }] : [];

/** Other checkouts of which some item is among these. */
export const checkoutsOver = (
  { holds }: Pick<AccountHead, 'holds'>,
  checkoutId: string,
  itemIds: readonly string[],
  today: Day,
): string[] =>
  holds
    .filter(({ id, untilOn }) => id.startsWith('checkout:') && (untilOn === undefined || today <= untilOn))
    .filter(({ itemIds: named }) => named === undefined || named.some((id) => itemIds.includes(id)))
    .map(({ id }) => id.slice('checkout:'.length))
    .filter((id) => id !== checkoutId);
