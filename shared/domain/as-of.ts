/**
 * An account as of a past day, from its journal.
 * From: entries. Next: aging, statements, exports of a past day.
 */
import { newAccount, type Account, type AccountKey } from './account.ts';
import { dayAt, type Day } from './calendar.ts';
import { instantOf, type Entry } from './entry.ts';
import { fold } from './evolve.ts';

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
  return fold(newAccount(key), facts).account;
};
