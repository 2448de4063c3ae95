/**
 * Settles chosen items together: credits go against items of their own account, money pays the rest.
 * From: a rung of the ladder that has chosen. Next: the lines and offsets of an `Allocation`.
 */
import {
  byDueDay,
  keyOf,
  toldShortOf,
  type AllocationLine,
  type Offset,
  type OpenItem,
  type ToldShort,
} from './allocation-input.ts';
import { amountOf, smaller, subtract, sum, zero, type AmountMinor } from './money.ts';

/** What is wanted of an item: of its sign, and never more than is open. */
export type Chosen = { item: OpenItem; amount: AmountMinor } & ToldShort;

export type Settled = { lines: AllocationLine[]; offsets: Offset[]; onAccount: AmountMinor };

/** All of what is open, of each. */
export const inFull = (items: readonly OpenItem[]): Chosen[] =>
  items.map((item) => ({ item, amount: item.open }));

/**
 * Undefined when it cannot be done: the money does not suffice, more is wanted than is open, or a credit finds
 * nothing to go against in its account (credits never cross accounts).
 */
export const settle = (chosen: readonly Chosen[], money: AmountMinor): Settled | undefined => {
  if (chosen.some(({ item, amount }) => amount === 0 || !isWithin(amount, item.open))) return undefined;
  const sorted = chosen.toSorted((a, b) => byDueDay(a.item, b.item));
  const left = new Map(sorted.map(({ item, amount }) => [keyOf(item), amountOf(Math.abs(amount))]));
  if (left.size !== sorted.length) return undefined;
  const debits = sorted.filter(({ amount }) => amount > 0);
  const offsets = sorted
    .filter(({ amount }) => amount < 0)
    .flatMap(({ item }) =>
      offsetsOf(
        item,
        debits.map(({ item: debit }) => debit),
        left,
      ),
    );
  if (sorted.some(({ item, amount }) => amount < 0 && left.get(keyOf(item)) !== 0)) return undefined;
  const lines = debits.flatMap((one) => lineOf(one, left.get(keyOf(one.item)) ?? zero));
  const onAccount = subtract(money, sum(...lines.map(({ amount }) => amount)));
  return onAccount < 0 ? undefined : { lines, offsets, onAccount };
};

const isWithin = (amount: AmountMinor, open: AmountMinor): boolean =>
  Math.sign(amount) === Math.sign(open) && Math.abs(amount) <= Math.abs(open);

const isSameAccount = (a: OpenItem, b: OpenItem): boolean =>
  a.account.companyId === b.account.companyId && a.account.accountId === b.account.accountId;

/** Takes the credit from what is left of its account's items, oldest first. */
const offsetsOf = (credit: OpenItem, debits: readonly OpenItem[], left: Map<string, AmountMinor>): Offset[] =>
  debits.flatMap((debit) => {
    const amount = smaller(left.get(keyOf(credit)) ?? zero, left.get(keyOf(debit)) ?? zero);
    if (amount === 0 || !isSameAccount(credit, debit)) return [];
    for (const key of [keyOf(credit), keyOf(debit)]) left.set(key, subtract(left.get(key) ?? zero, amount));
    return [{ account: credit.account, creditId: credit.id, itemId: debit.id, amount }];
  });

const lineOf = ({ item, ...told }: Chosen, amount: AmountMinor): AllocationLine[] =>
  amount === 0 ? [] : [{ account: item.account, itemId: item.id, amount, ...toldShortOf(told) }];
