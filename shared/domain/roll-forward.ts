/**
 * How receivables of a month rolled from its opening to its closing, line by line (R163).
 * From: figures of the month, what stood before and after it. Next: kept with how the month closed; the month-end pack, as
 * known when it closed, with what was corrected since beside it.
 */
import type { Figures } from './figure-sums.ts';
import type { Currency } from './money.ts';

/** Figures that raise what is owed, and those that lower it. */
const moving: readonly (readonly [name: string, what: string, sign: 1 | -1])[] = [
  ['billed', 'documents posted', 1],
  ['credited', 'credit notes', -1],
  ['booked', 'money received', -1],
  ['recovered', 'of it for what was written off', 1],
  ['implied', 'left the feed as paid', -1],
  ['unexplained', 'left the feed for a reason not known', -1],
  ['writtenOff', 'written off', -1],
];

/** Of the figures of a month, those that move receivables of a currency. */
export const movedIn = (figures: Figures, currency: Currency): Figures =>
  Object.fromEntries(moving.map(([name]) => [name, figures[`${name} ${currency}`] ?? 0]));

export type RollLine = { what: string; amount: number };

/** Opening and lines come to the closing; what no figure tells is a line of its own. */
export const rollForward = (opening: number, closing: number, moved: Figures): RollLine[] => {
  const lines = moving.map(([name, what, sign]) => ({ what, amount: sign * (moved[name] ?? 0) }));
  const rest = closing - opening - lines.reduce((all, { amount }) => all + amount, 0);
  return [
    { what: 'opening', amount: opening },
    ...lines,
    { what: 'discounts, differences, charges', amount: rest },
    { what: 'closing', amount: closing },
  ];
};
