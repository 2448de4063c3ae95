/**
 * What all decisions about an account share: what they return, what they ask first.
 * From: the decisions beside this file. Next: facts for the store, or a refusal for the caller.
 */
import type { Account, AccountItem, ItemChange } from './account.ts';
import type { Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import type { AmountMinor } from './money.ts';
import { done, refuse, type Outcome, type Refusal } from './outcome.ts';

export type AccountRefusal =
  | 'item-not-found'
  | 'item-differs'
  | 'same-number-other-source'
  | 'amount-not-possible'
  | 'more-than-open'
  | 'more-than-left'
  | 'currency-differs'
  | 'kind-not-right'
  | 'change-not-found'
  | 'change-differs'
  | 'too-many-changes'
  | 'above-limit'
  | 'not-approved'
  | 'same-person'
  | 'reason-missing';

/** Facts to append, none where all was done before. */
export type Decision = Outcome<readonly Fact[], AccountRefusal>;

export const nothing: Decision = done([]);

/**
 * Changes one item remembers by id: more than two years of nightly snapshots make of an item that moves every
 * night, and a document below 200 KB. Beyond it a feed has gone wrong.
 */
export const mostChanges = 1_000;

/** The item, if it is there and was loaded. */
export const findItem = (account: Account, id: string): Outcome<AccountItem, AccountRefusal> => {
  const item = account.items.get(id);
  return item === undefined ? refuse('item-not-found', `there is no item ${id} here`) : done(item);
};

/** Posting days follow causes: nothing is posted before what it changes. */
export const latestOf = (first: Day, ...others: readonly Day[]): Day =>
  others.reduce((latest, day) => (day > latest ? day : latest), first);

type NewChange = { changeId: string; amount: AmountMinor };

/**
 * Whether a change may be made: already made under this id with this content is `nothing`, other content
 * is refused, and so is more than `most`. Undefined: go on.
 */
export const beforeChange = (
  item: AccountItem,
  { changeId, amount }: NewChange,
  isSame: (change: ItemChange) => boolean,
  most?: AmountMinor,
): Decision | undefined => {
  const known = item.changes.find(({ id }) => id === changeId);
  if (known !== undefined)
    return known.amount === amount && isSame(known)
      ? nothing
      : refuse('change-differs', `${changeId} changed ${item.id} before, with other content`);
  return amountRefused(item, amount, most) ?? fullRefused(item);
};

/** Refuses what is not a positive amount, or is more than `most`. */
export const amountRefused = (
  { id }: Pick<AccountItem, 'id'>,
  amount: AmountMinor,
  most?: AmountMinor,
): Refusal<AccountRefusal> | undefined => {
  if (!Number.isSafeInteger(amount) || amount <= 0)
    return refuse('amount-not-possible', `${amount} is no amount to change ${id} by`);
  return most !== undefined && amount > most
    ? refuse('more-than-open', `${amount} is more than the ${most} open of ${id}`)
    : undefined;
};

const fullRefused = ({ id, changes }: AccountItem): Refusal<AccountRefusal> | undefined =>
  changes.length < mostChanges
    ? undefined
    : refuse('too-many-changes', `${id} has been changed ${changes.length} times`);
