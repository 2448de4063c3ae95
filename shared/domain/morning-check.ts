/**
 * The morning check: proof, per currency, that the book is what the ERP says, and how it came from yesterday's
 * balance to today's (`defaults.md` §2.5).
 * From: what posting a snapshot's parts came to. Next: a colour; red stops automated dunning (B4).
 */
import type { Sums } from './imports.ts';
import { amountOf, negate, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { percentOf } from './percent.ts';

/** How reconciling moved open amounts of one currency; reduced and cleared are positive. */
export type Movements = {
  added: AmountMinor;
  increased: AmountMinor;
  reduced: AmountMinor;
  cleared: AmountMinor;
  reopened: AmountMinor;
  /** The part of reduced and cleared that nothing but the snapshot explains. */
  unexplained: AmountMinor;
};

export const noMovements: Movements = {
  added: zero,
  increased: zero,
  reduced: zero,
  cleared: zero,
  reopened: zero,
  unexplained: zero,
};

/** An account whose book is not what the file says, and why: positive when the book is higher. */
export type Difference = {
  accountId: string;
  currency: Currency;
  amount: AmountMinor;
  /** Kept open because its row was refused; or its row could not be posted. */
  because: 'withheld' | 'refused';
};

export type MorningLine = Movements & {
  currency: Currency;
  opening: AmountMinor;
  /** Posted since the check before by other feeds and by people. */
  between: AmountMinor;
  /** What the book comes to. */
  closing: AmountMinor;
  file: AmountMinor;
  /** Withheld and refused, of all accounts. */
  withheld: AmountMinor;
  refused: AmountMinor;
};

export type MorningFigures = {
  importId: string;
  asOf: string;
  lines: readonly MorningLine[];
  /** The largest differences; the lines count all of them. */
  differences: readonly Difference[];
  differenceCount: number;
  /** Whether documents or journals came since the check before, so that reductions should be explained. */
  isExplained: boolean;
  /** A person saw red and let dunning go on. */
  released?: { by: string; at: string; reason: string };
};

export type Colour = 'green' | 'amber' | 'red';

/** Up to this share of the receivables a difference is amber: 0.1 %. */
const amberHundredths = 10;
const mostDifferences = 200;

export const addMovements = (a: Movements, b: Movements): Movements => ({
  added: sum(a.added, b.added),
  increased: sum(a.increased, b.increased),
  reduced: sum(a.reduced, b.reduced),
  cleared: sum(a.cleared, b.cleared),
  reopened: sum(a.reopened, b.reopened),
  unexplained: sum(a.unexplained, b.unexplained),
});

type Given = {
  importId: string;
  asOf: string;
  /** Closing of the check before, by currency. */
  opening: Sums;
  file: Sums;
  movements: Readonly<Record<Currency, Movements>>;
  /** Of every account, also of those that did not change. */
  differences: readonly Difference[];
  isExplained: boolean;
};

/** What stands between the opening, the movements and the closing was posted by others. */
export const morningFigures = (given: Given): MorningFigures => {
  const { importId, asOf, opening, file, movements, differences, isExplained } = given;
  const currencies = new Set([opening, file, movements].flatMap(Object.keys));
  for (const { currency } of differences) currencies.add(currency);
  return {
    ...{ importId, asOf, isExplained },
    lines: [...currencies].toSorted().map((currency) => lineOf(currency, given)),
    differences: differences
      .toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount) || (a.accountId < b.accountId ? -1 : 1))
      .slice(0, mostDifferences),
    differenceCount: differences.length,
  };
};

const lineOf = (currency: Currency, { opening, file, movements, differences }: Given): MorningLine => {
  const sumOf = (because: Difference['because']) =>
    sum(
      ...differences
        .filter((one) => one.currency === currency && one.because === because)
        .map(({ amount }) => amount),
    );
  const [withheld, refused] = [sumOf('withheld'), sumOf('refused')];
  const moved = movements[currency] ?? noMovements;
  const closing = sum(file[currency] ?? zero, withheld, refused);
  const opened = opening[currency] ?? zero;
  const between = subtract(subtract(closing, opened), netOf(moved));
  return {
    currency,
    opening: opened,
    between,
    ...moved,
    closing,
    file: file[currency] ?? zero,
    withheld,
    refused,
  };
};

/** What the movements come to. */
export const netOf = ({ added, increased, reduced, cleared, reopened }: Movements): AmountMinor =>
  sum(added, increased, negate(reduced), negate(cleared), reopened);

/** What the book should have been by the ERP's own control account, where it was given for that day. */
export type Control = Readonly<Record<Currency, AmountMinor>>;

export type Judged = { colour: Colour; reasons: readonly string[] };

/**
 * Green is to the cent. A withheld row is in the ERP and known here by name: amber, however much it is. Anything
 * else that differs is amber up to 0.1 % of the receivables and red above.
 */
export const judgeLine = (line: MorningLine, isExplained: boolean, control: Control | undefined): Judged => {
  const reasons: string[] = [];
  let colour: Colour = 'green';
  const note = (reason: string, amount: AmountMinor, isMild = false) => {
    if (amount === 0) return;
    reasons.push(reason);
    const isSmall =
      isMild || Math.abs(amount) <= percentOf(sizeOf(line.file), amberHundredths, 'towardsZero');
    colour = worse(colour, isSmall ? 'amber' : 'red');
  };
  note('source-row-refused', line.withheld, true);
  note('row-not-posted', line.refused);
  if (isExplained) note('unexplained', line.unexplained);
  if (control !== undefined)
    note('control-account-differs', subtract(line.closing, control[line.currency] ?? zero));
  return { colour, reasons };
};

const sizeOf = (amount: AmountMinor): AmountMinor => amountOf(Math.abs(amount));

const order: readonly Colour[] = ['green', 'amber', 'red'];

export const worse = (a: Colour, b: Colour): Colour => (order.indexOf(a) >= order.indexOf(b) ? a : b);
