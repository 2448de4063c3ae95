/**
 * Which items a receipt pays: the ladder of `defaults.md` §3.1, the first rung that fits.
 * From: a receipt's free money, open items, what the payer said. Next: `reserve-portions.ts`; over a short line
 * `short-payment.ts`, over money on account `over-payment.ts`.
 * The payer's own word always wins: where items are named, no other is guessed. Nothing is allocated beyond what is
 * open or received, items of another currency are never touched, and the order of the items does not matter.
 */
import { followLines } from './allocation-designation.ts';
import {
  byDueDay,
  type Allocation,
  type AllocationInput,
  type OpenItem,
  type Rung,
} from './allocation-input.ts';
import { numbersAgree } from './allocation-numbers.ts';
import { proposalsFor } from './allocation-proposals.ts';
import { combinationsOf } from './allocation-search.ts';
import { inFull, settle, type Settled } from './allocation-settle.ts';
import { documentNumbersIn } from './document-numbers.ts';
import { amountOf } from './money.ts';

/** @throws RangeError when there is no money to allocate. */
export const allocate = (input: AllocationInput): Allocation => {
  if (input.money.amount <= 0) throw new RangeError(`nothing to allocate: ${input.money.amount}`);
  const items = input.items
    .filter(({ currency, open }) => currency === input.money.currency && open !== 0)
    .toSorted(byDueDay);
  const designated = byDesignation(input, items);
  if (designated) return designated;
  const numbers = new Set(
    documentNumbersIn(
      input.money.text,
      items.map(({ number }) => number),
    ),
  );
  const named = items.filter(({ number }) => numbers.has(number));
  if (named.length > 0) return byNumbers(input, items, named);
  const own = items.filter(({ standsBack }) => standsBack === undefined);
  const found = byAmount(input, own) ?? byAmountOfGroup(input, items, own) ?? byAge(input, own);
  return found ?? onAccount(input, items, [], 'no rung fits');
};

/** The payer's group beside the payer; never by age, which is for accounts set so. */
const byAmountOfGroup = (
  input: AllocationInput,
  items: readonly OpenItem[],
  own: readonly OpenItem[],
): Allocation | undefined => {
  const near = items.filter(({ standsBack }) => standsBack !== 'unlessNamed');
  return near.length > own.length ? byAmount(input, near) : undefined;
};

/** Rungs 1 and 2. Lines that name only what we do not know still keep us from guessing. */
const byDesignation = (input: AllocationInput, items: readonly OpenItem[]): Allocation | undefined => {
  let refused: string | undefined;
  for (const [rung, lines] of [
    ['reference', input.reference],
    ['remittance', input.remittance],
  ] as const) {
    if (lines === undefined || lines.length === 0) continue;
    const followed = followLines(lines, items, input.money);
    if (typeof followed === 'object')
      return made(
        rung,
        `${lines.length} lines given, ${followed.unmatched} of unknown items`,
        followed.settled,
      );
    if (followed === 'more-than-received')
      return onAccount(input, items, [], `the lines of the ${rung} ask more than was received`);
    refused = `no line of the ${rung} names an open item`;
  }
  return refused === undefined ? undefined : onAccount(input, items, [], refused);
};

/** Rung 3, or a stop: the payer named items, so that no other may be chosen. */
const byNumbers = (input: AllocationInput, items: readonly OpenItem[], named: OpenItem[]): Allocation => {
  const agreed = numbersAgree(named, input);
  return agreed
    ? made('numbers-in-text', agreed.reason, agreed.settled)
    : onAccount(input, items, named, `${named.length} items named in the text, the amounts do not agree`);
};

/** Rungs 4 to 6. */
const byAmount = (input: AllocationInput, items: readonly OpenItem[]): Allocation | undefined => {
  const { amount } = input.money;
  const exact = items.filter(({ open }) => open === amount);
  if (exact.length === 1)
    return inTotal('exact-amount', exact, input, 'the only item of exactly this amount');
  const overdue = items.filter(({ open, dueOn }) => open > 0 && dueOn < input.money.valueOn);
  const credits = items.filter(({ open }) => open < 0);
  return (
    inTotal('overdue-total', overdue, input, 'exactly what is overdue') ??
    inTotal(
      'overdue-total',
      overdue.filter(({ isDisputed }) => !isDisputed),
      input,
      'what is overdue and not disputed',
    ) ??
    inTotal('overdue-total', [...overdue, ...credits], input, 'what is overdue less the credits') ??
    inTotal('statement-total', items, input, 'exactly the total of the statement') ??
    byOnlyCombination(input, items)
  );
};

const byOnlyCombination = (input: AllocationInput, items: readonly OpenItem[]): Allocation | undefined => {
  const { found, isComplete } = combinationsOf(items, input.money.amount, input.limits);
  const [first] = found;
  return isComplete && found.length === 1 && first
    ? inTotal('only-combination', first, input, `the only combination, of ${first.length} items`)
    : undefined;
};

/** All of these items, if the money is exactly theirs. */
const inTotal = (
  rung: Rung,
  items: readonly OpenItem[],
  { money }: AllocationInput,
  reason: string,
): Allocation | undefined => {
  const settled = items.length === 0 ? undefined : settle(inFull(items), money.amount);
  return settled?.onAccount === 0 ? made(rung, reason, settled) : undefined;
};

/** Only for accounts set so; what is disputed is left out. */
const byAge = (input: AllocationInput, items: readonly OpenItem[]): Allocation | undefined => {
  if (!input.isOldestFirst) return undefined;
  let left: number = input.money.amount;
  const chosen = items
    .filter(({ open, isDisputed }) => open > 0 && !isDisputed)
    .flatMap((item) => {
      const amount = amountOf(Math.min(left, item.open));
      left -= amount;
      return amount > 0 ? [{ item, amount }] : [];
    });
  const settled = chosen.length > 0 ? settle(chosen, input.money.amount) : undefined;
  return settled && made('oldest-first', 'the account is set so; disputed items left out', settled);
};

const made = (rung: Rung, reason: string, settled: Settled): Allocation => ({
  rung,
  reason,
  ...settled,
  proposals: [],
});

/** Rung 7. */
const onAccount = (
  input: AllocationInput,
  items: readonly OpenItem[],
  named: readonly OpenItem[],
  reason: string,
): Allocation => ({
  rung: 'on-account',
  reason,
  lines: [],
  offsets: [],
  onAccount: input.money.amount,
  proposals: proposalsFor(input, items, named),
});
