/**
 * An account as of a past day, from its journal.
 * From: entries. Next: aging, statements, exports of a past day.
 */
import { newAccount, type Account, type AccountKey } from './account.ts';
import { dayAt, type Day } from './calendar.ts';
import { instantOf, type Entry } from './entry.ts';
import { fold } from './evolve.ts';
import { isMoneyFact, type Fact } from './facts.ts';
import { itemIdsIn } from './timeline-words.ts';

/**
 * `known`: what was posted up to the end of the day, as the journal knew it then. `corrected`: what is posted
 * up to that day as the journal knows it today, so later corrections of that day are in it.
 */
export type AsOfView = 'known' | 'corrected';

export type AsOf = { day: Day; zone: string; view: AsOfView };

/** The entries a view knows of. */
export const seenEntries = (entries: readonly Entry[], { day, zone, view }: AsOf): readonly Entry[] =>
  view === 'corrected' ? entries : entries.filter((entry) => dayAt(instantOf(entry), zone) <= day);

/**
 * Balances and items at the end of a day of the company's zone. Nothing is asserted: money booked late for
 * an earlier day may stand beside what settled the item meanwhile.
 */
export const asOf = (key: AccountKey, entries: readonly Entry[], when: AsOf): Account => {
  const facts = seenEntries(entries, when).flatMap((entry) => entry.facts.filter(({ on }) => on <= when.day));
  return fold(newAccount(key), onWhatIsThere(facts)).account;
};

/** What is held, told or carried of an item before its posting day counts from that day on, not earlier. */
const onWhatIsThere = (facts: readonly Fact[]): Fact[] => {
  const there = new Set<string>();
  return facts.flatMap((fact): Fact[] => {
    if ('item' in fact && fact.item !== undefined) there.add(fact.item.id);
    // money without its item is a fault of the journal, and is to be seen
    if (isMoneyFact(fact)) return [fact];
    if (fact.kind === 'itemsCarried')
      return [{ ...fact, items: fact.items.filter(({ itemId }) => there.has(itemId)) }];
    if (fact.kind === 'carryingUndone')
      return [{ ...fact, itemIds: fact.itemIds.filter((id) => there.has(id)) }];
    return itemIdsIn(fact).every((id) => there.has(id)) ? [fact] : [];
  });
};
