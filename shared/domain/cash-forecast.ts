/**
 * Cash a company may expect in each of the coming weeks: promises first, then what is open by how late it usually comes,
 * disputed parts at their odds (`metrics.md`, weekly expected cash).
 * From: open amounts by due day, promises. Next: the forecast's report and route. Shares by default, to be replaced by a
 * company's own; each amount is rounded by itself, once a week.
 */
import { parseCell, type Cells } from './aging-cells.ts';
import { addDays, daysBetween, weekdayOf, type Day } from './calendar.ts';
import { expectedCash } from './metrics-collecting.ts';
import { amountOf, smaller, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';

export const forecastWeeks = 13;

export type ForecastRules = {
  /** Days after the due day on which money usually comes. */
  usualDaysLate: number;
  /** Shares of what is left that come in a week, in hundredths of a percent, by days past the day it usually comes. */
  shares: readonly { fromDaysPast: number; percentHundredths: number }[];
  disputed: number;
  promised: number;
};

export const defaultForecastRules: ForecastRules = {
  usualDaysLate: 7,
  shares: [
    { fromDaysPast: 90, percentHundredths: 200 },
    { fromDaysPast: 30, percentHundredths: 1_000 },
    { fromDaysPast: 0, percentHundredths: 5_000 },
  ],
  ...{ disputed: 300, promised: 8_200 },
};

export type ForecastPromise = { currency: Currency; amount: AmountMinor; dueOn: Day };
export type ForecastWeek = {
  /** Its Monday. */
  fromOn: Day;
  currency: Currency;
  promised: AmountMinor;
  open: AmountMinor;
  disputed: AmountMinor;
  total: AmountMinor;
};

type Part = { dueOn: Day; left: AmountMinor; isDisputed: boolean };

export const mondayOf = (day: Day): Day => addDays(day, 1 - weekdayOf(day));

/** Thirteen weeks of each currency, the running one first. @param cells by due day, as of `today`. */
export const forecastOf = (
  cells: Cells,
  promises: readonly ForecastPromise[],
  today: Day,
  rules: ForecastRules = defaultForecastRules,
): ForecastWeek[] => {
  const parts = partsOf(cells, today);
  return [...parts.keys()].toSorted().flatMap((currency) => {
    const own = promises.filter((one) => one.currency === currency);
    const open = withoutPromised(parts.get(currency) ?? [], own);
    return weeksOf(currency, open, own, today, rules);
  });
};

/** What may come in; credits lower the oldest of it. */
const partsOf = (cells: Cells, today: Day): Map<Currency, Part[]> => {
  const parts = new Map<Currency, Part[]>();
  const credits = new Map<Currency, AmountMinor>();
  for (const [text, amount] of Object.entries(cells)) {
    const { currency, kind, isIntercompany, dueOn, heldUntil, contestedUntil } = parseCell(text);
    if (isIntercompany || kind === 'outside' || heldUntil === 'unset') continue;
    const isHeld = heldUntil !== undefined && heldUntil > addDays(today, 7 * forecastWeeks);
    if (amount < 0) credits.set(currency, amountOf((credits.get(currency) ?? 0) - amount));
    else if (!isHeld) {
      const isDisputed =
        kind === 'deduction' ||
        contestedUntil === 'unset' ||
        (contestedUntil !== undefined && contestedUntil >= today);
      const part = { dueOn: dueOn ?? today, left: amount, isDisputed };
      const known = parts.get(currency);
      if (known === undefined) parts.set(currency, [part]);
      else known.push(part);
    }
  }
  return new Map(
    [...parts].map(([currency, some]) => [currency, lessened(some, credits.get(currency) ?? zero)]),
  );
};

/** Without as much of the oldest that nobody disputes. */
const lessened = (parts: readonly Part[], off: AmountMinor): Part[] => {
  let rest = off;
  return parts
    .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
    .map((part) => {
      const taken = part.isDisputed ? zero : smaller(rest, part.left);
      rest = subtract(rest, taken);
      return { ...part, left: subtract(part.left, taken) };
    })
    .filter(({ left }) => left > 0);
};

const withoutPromised = (parts: readonly Part[], promises: readonly ForecastPromise[]): Part[] =>
  lessened(parts, sum(zero, ...promises.map(({ amount }) => amount)));

const weeksOf = (
  currency: Currency,
  parts: readonly Part[],
  promises: readonly ForecastPromise[],
  today: Day,
  rules: ForecastRules,
): ForecastWeek[] => {
  const weeks: ForecastWeek[] = [];
  let left = parts;
  for (let week = 0; week < forecastWeeks; week += 1) {
    const fromOn = addDays(mondayOf(today), 7 * week);
    const lastOn = addDays(fromOn, 6);
    const due = promises.filter(({ dueOn }) => dueOn <= lastOn && (week === 0 || dueOn >= fromOn));
    const promised = expectedCash(
      due.map(({ amount }) => ({ open: amount, percentHundredths: rules.promised })),
    );
    const coming = left.map((part) => ({ part, comes: comesIn(part, lastOn, rules) }));
    const of = (isDisputed: boolean): AmountMinor =>
      sum(zero, ...coming.filter(({ part }) => part.isDisputed === isDisputed).map(({ comes }) => comes));
    const [open, disputed] = [of(false), of(true)];
    weeks.push({ fromOn, currency, promised, open, disputed, total: sum(promised, open, disputed) });
    left = coming.map(({ part, comes }) => ({ ...part, left: subtract(part.left, comes) }));
  }
  return weeks;
};

const comesIn = ({ dueOn, left, isDisputed }: Part, lastOn: Day, rules: ForecastRules): AmountMinor => {
  const daysPast = daysBetween(addDays(dueOn, rules.usualDaysLate), lastOn);
  const share = rules.shares.find(({ fromDaysPast }) => daysPast >= fromDaysPast)?.percentHundredths;
  if (share === undefined) return zero;
  return expectedCash([{ open: left, percentHundredths: isDisputed ? rules.disputed : share }]);
};
