/**
 * When an item was cleared: on a known day, or between the instants of two snapshots.
 * From: a closed item and what it gave to others. Next: exports, pages; both days are the same where it is known.
 */
import type { AccountItem, ItemChange } from './account.ts';
import { dayAt, instantFromText, type Day } from './calendar.ts';

export type ClearedDays = { clearedFrom?: Day; clearedTo?: Day };

/** What each payment or credit gave to the items at hand, by its id. */
export const receiversOf = (items: Iterable<AccountItem>): Map<string, ItemChange[]> => {
  const given = new Map<string, ItemChange[]>();
  for (const { changes } of items)
    for (const change of changes) {
      if (change.from === undefined || change.isReversed) continue;
      const known = given.get(change.from);
      if (known) known.push(change);
      else given.set(change.from, [change]);
    }
  return given;
};

/** Days of the zone. Nothing for an open item, nor where what settled it is not at hand: never a guess. */
export const clearedOf = (
  item: AccountItem,
  given: readonly Pick<ItemChange, 'on'>[],
  zone: string,
): ClearedDays => {
  if (item.open !== 0) return {};
  if (item.clearedBetween !== undefined) {
    const { fromAt, toAt } = item.clearedBetween;
    return {
      clearedFrom: dayAt(instantFromText(fromAt), zone),
      clearedTo: dayAt(instantFromText(toAt), zone),
    };
  }
  const days = [...item.changes.filter(({ isReversed }) => !isReversed), ...given].map(({ on }) => on);
  const last = days.toSorted().at(-1) ?? (item.original === 0 ? item.postedOn : undefined);
  return last === undefined ? {} : { clearedFrom: last, clearedTo: last };
};
