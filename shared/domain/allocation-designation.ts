/**
 * Follows what the payer said: lines of a checkout, a structured reference or a remittance advice.
 * From: the first two rungs of the ladder. Next: `allocation-settle.ts`. What the lines do not take stays on
 * account; nothing is guessed beside them.
 */
import {
  keyOf,
  toldShortOf,
  type AllocationInput,
  type DesignatedLine,
  type OpenItem,
} from './allocation-input.ts';
import { settle, type Chosen, type Settled } from './allocation-settle.ts';
import { numberFinder, numberKeys } from './document-numbers.ts';
import { amountOf, sum, zero, type AmountMinor } from './money.ts';
import { isSameAccount } from './receipt.ts';

export type Followed = { settled: Settled; unmatched: number } | 'nothing-matched' | 'more-than-received';

/** The lines, each for the one item it names; clipped to what is open. */
export const followLines = (
  lines: readonly DesignatedLine[],
  items: readonly OpenItem[],
  { amount }: AllocationInput['money'],
): Followed => {
  const find = finderOf(items);
  const chosen = new Map<string, Chosen>();
  let unmatched = 0;
  for (const line of lines.filter((one) => one.amount !== 0)) {
    const item = find(line);
    if (item === undefined) unmatched += 1;
    else chosen.set(keyOf(item), added(chosen.get(keyOf(item)), item, line));
  }
  const clipped = [...chosen.values()].flatMap(clippedToOpen);
  if (clipped.length === 0) return 'nothing-matched';
  const settled = settle(clipped, amount);
  return settled === undefined ? 'more-than-received' : { settled, unmatched };
};

/** The items that lines name, each once. */
export const itemsNamed = (lines: readonly DesignatedLine[], items: readonly OpenItem[]): OpenItem[] => {
  const find = finderOf(items);
  return [...new Set(lines.flatMap((line) => find(line) ?? []))];
};

/** By id, else by number; among several the one of exactly this amount, else none. */
const finderOf = (items: readonly OpenItem[]): ((line: DesignatedLine) => OpenItem | undefined) => {
  const byId = Map.groupBy(items, ({ id }) => id);
  const byNumber = byNumberOf(items);
  return ({ itemId, number, amount, account }) => {
    const said = itemId === undefined ? byNumber(number ?? '') : (byId.get(itemId) ?? []);
    const named = account === undefined ? said : said.filter((item) => isSameAccount(item.account, account));
    const ofSign = named.filter(({ open }) => Math.sign(open) === Math.sign(amount));
    return onlyOne(ofSign.length > 0 ? ofSign : named, amount);
  };
};

/** The items of a number, alone in its field or with words around it. */
const byNumberOf = (items: readonly OpenItem[]): ((written: string) => OpenItem[]) => {
  const byKey = Map.groupBy(
    items.flatMap((item) => numberKeys(item.number).map((key) => ({ key, item }))),
    ({ key }) => key,
  );
  const byNumber = Map.groupBy(items, ({ number }) => number);
  const find = numberFinder([...byNumber.keys()]);
  return (written) => {
    const alone = numberKeys(written).flatMap((key) => (byKey.get(key) ?? []).map(({ item }) => item));
    return alone.length > 0
      ? [...new Set(alone)]
      : find(written).flatMap((number) => byNumber.get(number) ?? []);
  };
};

const onlyOne = (named: readonly OpenItem[], amount: number): OpenItem | undefined => {
  const choice = named.length === 1 ? named : named.filter(({ open }) => open === amount);
  return choice.length === 1 ? choice[0] : undefined;
};

/** Several lines for an item add up; a line of the other sign is what the payer takes off it. */
const added = (before: Chosen | undefined, item: OpenItem, line: DesignatedLine): Chosen => {
  if (before === undefined) return { item, amount: line.amount, ...toldShortOf(line) };
  const [discount, difference] = (['discount', 'difference'] as const).map((what) =>
    sum(before[what] ?? zero, line[what] ?? zero),
  ) as [AmountMinor, AmountMinor];
  return {
    ...{ item, amount: sum(before.amount, line.amount), ...toldShortOf({ ...line, ...toldShortOf(before) }) },
    ...(discount > 0 ? { discount } : {}),
    ...(difference > 0 ? { difference } : {}),
  };
};

const clippedToOpen = (one: Chosen): Chosen[] => {
  const sign = Math.sign(one.item.open);
  if (Math.sign(one.amount) !== sign) return [];
  return [{ ...one, amount: amountOf(sign * Math.min(Math.abs(one.amount), Math.abs(one.item.open))) }];
};
