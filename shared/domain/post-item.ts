/**
 * Decides whether a document becomes an item of the account, and whether later news amends it.
 * From: feeds, manual posting. Next: `itemPosted` or `itemAmended`, nothing when known, or a refusal.
 */
import { sizeOf, type Account, type AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { findItem, latestOf, nothing, type Decision } from './decide.ts';
import { amended } from './amended-item.ts';
import type { Amendment, PostedItem } from './facts.ts';
import type { Item } from './item.ts';
import { subtract } from './money.ts';
import { done, refuse } from './outcome.ts';
import { isCreditKind, postingOfNew } from './postings.ts';

/**
 * Posts an item with the open amount it is first seen with; the gap to its original is "settled before first
 * sight". The same document again is nothing; the same number with other content is refused.
 */
export const postItem = (account: Account, item: Item): Decision => {
  const known = account.items.get(item.id);
  if (known !== undefined) return again(known, item);
  if (account.head.openItems?.some(({ id }) => id === item.id))
    throw new Error(`item ${item.id} is on the account and was not loaded`);
  const refused = amountsRefused(item);
  if (refused) return refused;
  const size = sizeOf(item.open);
  return done([
    {
      kind: 'itemPosted',
      item: withoutText(item),
      settledBefore: subtract(sizeOf(item.original), size),
      on: item.postedOn,
      posting: postingOfNew(item, size),
    },
  ]);
};

const again = (known: AccountItem, item: Item): Decision => {
  if (known.source !== item.source)
    return refuse('same-number-other-source', `${item.id} came from ${known.source} before`);
  return isSameDocument(known, item)
    ? nothing
    : refuse('item-differs', `${item.id} is on the account with other content`);
};

const isSameDocument = (a: Item, b: Item): boolean =>
  a.kind === b.kind &&
  a.number === b.number &&
  a.fiscalYear === b.fiscalYear &&
  a.part === b.part &&
  a.documentOn === b.documentOn &&
  a.currency === b.currency &&
  a.original === b.original;

const amountsRefused = ({ id, kind, original, open }: Item): Decision | undefined => {
  const isWhole = Number.isSafeInteger(original) && Number.isSafeInteger(open);
  const isOnItsSide = isCreditKind(kind) ? original <= open && open <= 0 : open >= 0 && original >= open;
  return isWhole && isOnItsSide
    ? undefined
    : refuse('amount-not-possible', `${id}: ${kind} of ${original} with ${open} open`);
};

/** Free text may name a person; it is kept on the item's document, not in the fact. */
const withoutText = ({ open: _open, references, ...item }: Item): PostedItem => {
  const { text: _text, ...others } = references;
  return { ...item, references: others };
};

/** Amends what a feed or a person may amend; the same values again are nothing. */
export const amendItem = (account: Account, itemId: string, amendment: Amendment, on: Day): Decision => {
  const found = findItem(account, itemId);
  if (!found.ok) return found;
  const before = found.value;
  return isEqual(before, amended(before, amendment))
    ? nothing
    : done([{ kind: 'itemAmended', itemId, amendment, on: latestOf(on, before.postedOn) }]);
};

/** Values of items are plain: texts, numbers, lists, objects. */
const isEqual = (a: unknown, b: unknown): boolean => {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [entriesA, entriesB] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    entriesA.length === entriesB.size &&
    entriesA.every(([name, value]) => entriesB.has(name) && isEqual(value, entriesB.get(name)))
  );
};
