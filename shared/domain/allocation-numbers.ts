/**
 * Whether the amounts of the items named in a text agree with the money.
 * From: the third rung of the ladder. Next: lines for those items; else a person chooses.
 */
import type { AllocationInput, OpenItem } from './allocation-input.ts';
import { combinationsOf } from './allocation-search.ts';
import { inFull, settle, type Chosen, type Settled } from './allocation-settle.ts';
import { discountOn } from './discount.ts';
import { subtract, type AmountMinor } from './money.ts';

export type Agreed = { settled: Settled; reason: string };

/** In full; net of discounts; some of them in one way only; or one item paid a little short. */
export const numbersAgree = (
  named: readonly OpenItem[],
  { money, limits }: AllocationInput,
): Agreed | undefined => {
  const full = exactly(inFull(named), money.amount);
  if (full) return { settled: full, reason: `all ${named.length} items named in the text, in full` };
  const net = exactly(netOf(named, money.valueOn, limits.graceDays), money.amount);
  if (net) return { settled: net, reason: 'the items named in the text, net of discount' };
  const search = combinationsOf(named, money.amount, limits);
  const only = search.isComplete && search.found.length === 1 ? search.found[0] : undefined;
  const some = only && exactly(inFull(only), money.amount);
  if (some)
    return { settled: some, reason: 'those of the named items that make the amount, in one way only' };
  const [first] = named;
  if (
    first === undefined ||
    named.length > 1 ||
    !isShortOf(first.open, money.amount, limits.partPaymentPercent)
  )
    return undefined;
  const short = settle([{ item: first, amount: money.amount }], money.amount);
  return short && { settled: short, reason: 'the one item named in the text, paid short' };
};

const exactly = (chosen: readonly Chosen[], money: AmountMinor): Settled | undefined => {
  const settled = settle(chosen, money);
  return settled?.onAccount === 0 ? settled : undefined;
};

const netOf = (
  named: readonly OpenItem[],
  paidOn: AllocationInput['money']['valueOn'],
  graceDays: number,
): Chosen[] =>
  named.map((item) => ({
    item,
    amount: item.open > 0 ? subtract(item.open, discountOn(item, paidOn, graceDays)) : item.open,
  }));

/** Less than the item, and by less than what reads as a part payment. */
const isShortOf = (open: AmountMinor, paid: AmountMinor, partPercent: number): boolean =>
  paid < open && BigInt(open - paid) * 100n < BigInt(open) * BigInt(partPercent);
