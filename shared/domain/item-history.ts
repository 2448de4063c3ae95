/**
 * What an item was on each posting day: how much of it was open, due when, held back until when, contested.
 * From: an item as it is now, with its changes. Next: `aging-moves.ts` compares before and after an entry.
 * What a payment or credit gave away is not in it: a giver does not say on which days.
 */
import { signedFor, sizeOf, type AccountItem, type ItemChange, type TermsChange } from './account.ts';
import type { ContestedPart } from './aging-cells.ts';
import type { Day } from './calendar.ts';
import type { Amendment } from './facts.ts';
import type { Item } from './item.ts';
import { subtract, sum, type AmountMinor } from './money.ts';

/** What a case held of an item from a day on: 0, nothing. */
export type ContestChange = { on: Day; id: string; amount: AmountMinor; untilOn?: Day };

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
export const daysOf = ({ postedOn, changes, terms = [], contests = [] }: AccountItem): Day[] =>
  [
    ...new Set([
      postedOn,
      ...terms.map(({ on }) => on),
      // what is posted ahead can be contested before: it counts from its posting
      ...contests.map(({ on }) => (on > postedOn ? on : postedOn)),
      ...changes.flatMap(({ on, reversedOn }) => (reversedOn === undefined ? [on] : [on, reversedOn])),
    ]),
  ].toSorted();

/** An item on a day, with what cases held of it. */
export type ItemOn = Item & { contested?: readonly ContestedPart[] };

/** The item as its changes up to a posting day made it; before it was posted, nothing is open. */
export const itemOn = (item: AccountItem, day: Day): ItemOn => {
  const live = item.changes.filter((change) => isLiveOn(change, day));
  const [up, down] = [live.filter(isRaising), live.filter((change) => !isRaising(change))];
  const amounts = (changes: ItemChange[]) => changes.map(({ amount }) => amount);
  const size = subtract(sum(sizeOf(item.original), ...amounts(up)), sum(...amounts(down)));
  const contested = contestedOn(item, day);
  return {
    ...{ ...termsOn(item, day), open: signedFor(item, size) },
    ...(contested.length === 0 ? {} : { contested }),
  };
};

/** What each case held: the last the journal says of it up to the day. */
const contestedOn = ({ contests = [] }: AccountItem, day: Day): ContestedPart[] => {
  const parts = new Map<string, ContestedPart>();
  for (const { on, id, ...part } of contests) if (on <= day) parts.set(id, part);
  return [...parts.values()].filter(({ amount }) => amount > 0);
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
