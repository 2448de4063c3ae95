/**
 * What an item was on each posting day: how much of it was open, due when, held back until when.
 * From: an item as it is now, with its changes. Next: `aging-moves.ts` compares before and after an entry.
 * What a payment or credit gave away is not in it: a giver does not say on which days.
 */
import { signedFor, sizeOf, type AccountItem, type ItemChange, type TermsChange } from './account.ts';
import type { Day } from './calendar.ts';
import type { Amendment } from './facts.ts';
import type { Item } from './item.ts';
import { subtract, sum } from './money.ts';

/** The amended item, remembering from which posting day on it is due otherwise than before. */
export const withTerms = (
  before: AccountItem,
  after: AccountItem,
  { amendment, on }: { amendment: Amendment; on: Day },
): AccountItem => {
  const { dueOn, retention, emptied = [] } = amendment;
  const isHeldAnew = retention !== undefined || emptied.includes('retention');
  if (dueOn === undefined && !isHeldAnew) return after;
  const first = { on: before.postedOn, dueOn: before.dueOn, retention: before.retention ?? null };
  const next = {
    on,
    ...(dueOn === undefined ? {} : { dueOn }),
    ...(isHeldAnew ? { retention: after.retention ?? null } : {}),
  };
  return { ...after, terms: [...(before.terms ?? [first]), next] };
};

/** The posting days on which something about the item was new, in order. */
export const daysOf = ({ postedOn, changes, terms = [] }: AccountItem): Day[] =>
  [
    ...new Set([
      postedOn,
      ...terms.map(({ on }) => on),
      ...changes.flatMap(({ on, reversedOn }) => (reversedOn === undefined ? [on] : [on, reversedOn])),
    ]),
  ].toSorted();

/** The item as its changes up to a posting day made it; before it was posted, nothing is open. */
export const itemOn = (item: AccountItem, day: Day): Item => {
  const live = item.changes.filter((change) => isLiveOn(change, day));
  const [up, down] = [live.filter(isRaising), live.filter((change) => !isRaising(change))];
  const amounts = (changes: ItemChange[]) => changes.map(({ amount }) => amount);
  const size = subtract(sum(sizeOf(item.original), ...amounts(up)), sum(...amounts(down)));
  return { ...termsOn(item, day), open: signedFor(item, size) };
};

const isRaising = ({ by }: ItemChange): boolean => by === 'adjustment';

const isLiveOn = ({ on, isReversed, reversedOn = on }: ItemChange, day: Day): boolean =>
  on <= day && !(isReversed && reversedOn <= day);

const termsOn = (item: AccountItem, day: Day): Item =>
  (item.terms ?? []).filter(({ on }) => on <= day).reduce<Item>(withChange, item);

const withChange = (item: Item, { dueOn, retention }: TermsChange): Item => {
  const { retention: held, ...rest } = item;
  const now = retention === undefined ? held : (retention ?? undefined);
  return {
    ...rest,
    ...(now === undefined ? {} : { retention: now }),
    ...(dueOn === undefined ? {} : { dueOn }),
  };
};
