/**
 * Statement of an account (R162): what was owed when a time began, what moved on which posting day, what is owed
 * at its end, per currency; currencies are never added.
 * From: the journal. Next: a page, a file for the customer. Opening + lines = closing, and the closing is what a
 * replay as of its day comes to, as corrected since or as it was known then.
 */
import type { AccountItem, AccountKey } from './account.ts';
import { asOf, seenEntries, type AsOfView } from './as-of.ts';
import type { Day } from './calendar.ts';
import type { Entry } from './entry.ts';
import { itemsAfter } from './evolve-item.ts';
import type { Fact } from './facts.ts';
import type { ItemKind } from './item.ts';
import { subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';

export type StatementChoice = {
  from: Day;
  to: Day;
  zone: string;
  /** `known`: what was written by the end of `to`, with the opening as that knew it. */
  view: AsOfView;
  /** Only items of this site; what has none is left out, too. */
  site?: string;
};

export type StatementLine = {
  on: Day;
  /** The item that moved; of an allocation within the statement there is no line. */
  itemId: string;
  number: string;
  itemKind: ItemKind;
  /** Why: the kind of the fact, and of a reduction its reason. */
  why: string;
  /** From the debit side: what it added to the debt. */
  amount: AmountMinor;
  /** The entry that says so. */
  version: number;
};

export type CurrencyStatement = {
  currency: Currency;
  opening: AmountMinor;
  lines: StatementLine[];
  closing: AmountMinor;
  /** What is open at the end, by due day; the sum of open amounts is the closing. */
  items: AccountItem[];
  /** Received by then and not in the accounts yet; not taken off the closing. */
  provisional: AmountMinor;
};

/** By currency. Empty for an account nothing was posted to by then. */
export const statementOf = (
  key: AccountKey,
  entries: readonly Entry[],
  choice: StatementChoice,
): CurrencyStatement[] => {
  const when = { day: choice.to, zone: choice.zone, view: choice.view };
  const moved = movementsOf(seenEntries(entries, when), choice);
  const { items } = asOf(key, entries, when);
  const shown = [...items.values()].filter((item) => isOfSite(item, choice));
  const currencies = new Set([
    ...moved.map(({ currency }) => currency),
    ...shown.map(({ currency }) => currency),
  ]);
  return [...currencies].toSorted().map((currency) => {
    const own = moved.filter((one) => one.currency === currency);
    const before = own.filter(({ line }) => line.on < choice.from);
    const within = own.filter(({ line }) => line.on >= choice.from).map(({ line }) => line);
    const opening = sum(...before.map(({ line }) => line.amount));
    const inCurrency = shown.filter((item) => item.currency === currency);
    return {
      ...{ currency, opening, lines: within.toSorted(inOrder) },
      closing: sum(opening, ...within.map(({ amount }) => amount)),
      items: inCurrency.filter(({ open }) => open !== 0).toSorted(byDueDay),
      provisional: sum(...inCurrency.map(notedOn)),
    };
  });
};

type Movement = { currency: Currency; line: StatementLine };

/** Everything that moved an open amount up to the end, each on the day from which on it counts. */
const movementsOf = (entries: readonly Entry[], choice: StatementChoice): Movement[] => {
  const items = new Map<string, AccountItem>();
  const moved: Movement[] = [];
  for (const { facts, version } of entries)
    for (const fact of facts) {
      const day = countsFrom(items, fact);
      const after = itemsAfter(items, fact);
      const changes = after
        .filter((item) => isOfSite(item, choice))
        .map((item) => ({ item, amount: subtract(item.open, items.get(item.id)?.open ?? zero) }));
      for (const item of after) items.set(item.id, item);
      const movement = day <= choice.to ? movementFrom(fact, day, version, changes) : undefined;
      if (movement !== undefined) moved.push(movement);
    }
  return moved;
};

/** What was undone before it began never counted: both count from the later day. */
const countsFrom = (items: ReadonlyMap<string, AccountItem>, fact: Fact): Day => {
  if (fact.kind !== 'itemReopened' && fact.kind !== 'applicationReversed') return fact.on;
  const undone = items.get(fact.itemId)?.changes.find(({ id }) => id === fact.changeId);
  return undone !== undefined && undone.on > fact.on ? undone.on : fact.on;
};

/** What one fact moved as a whole: an allocation within the statement moves nothing. */
const movementFrom = (
  fact: Fact,
  on: Day,
  version: number,
  changes: readonly { item: AccountItem; amount: AmountMinor }[],
): Movement | undefined => {
  const amount = sum(...changes.map((change) => change.amount));
  const [first] = changes;
  if (first === undefined || amount === 0) return undefined;
  const { id: itemId, number, kind: itemKind, currency } = first.item;
  return { currency, line: { on, itemId, number, itemKind, why: whyOf(fact), amount, version } };
};

const whyOf = (fact: Fact): string => (fact.kind === 'itemReduced' ? fact.by : fact.kind);

const isOfSite = ({ parties }: AccountItem, { site }: StatementChoice): boolean =>
  site === undefined || parties.site === site;

const inOrder = (a: StatementLine, b: StatementLine): number =>
  a.on < b.on ? -1 : a.on > b.on ? 1 : a.version - b.version;

const byDueDay = (a: AccountItem, b: AccountItem): number =>
  a.dueOn < b.dueOn || (a.dueOn === b.dueOn && a.id < b.id) ? -1 : 1;

const notedOn = ({ provisional }: AccountItem): AmountMinor =>
  sum(...provisional.filter(({ state }) => state === 'noted').map(({ amount }) => amount));
