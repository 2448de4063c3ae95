/**
 * What came in soon after a reminder, by its stage: money of the account within 7 and within 14 days of the last one
 * sent. Counted on the day the reminder went, so that a month of reminders is held against what they brought.
 * From: rows of money, the last reminder remembered. Next: `report-figures.ts`, the effect of policies (`defaults.md` §9).
 */
import { daysBetween, type Day } from './calendar.ts';
import type { FigureRow } from './figure-sums.ts';

/** The last reminder that was sent. */
export type Asked = { on: Day; stage: number };

const windows = [7, 14] as const;
const cashNames: readonly string[] = ['booked', 'implied'];

/** Money dated before the reminder came without it. */
export const cashAfter = (asked: Asked | undefined, rows: readonly FigureRow[]): FigureRow[] =>
  rows.flatMap(({ name, on, amount, about }) => {
    const [what = '', currency = ''] = name.split(' ');
    if (asked === undefined || !cashNames.includes(what)) return [];
    const days = daysBetween(asked.on, on);
    return windows
      .filter((window) => days >= 0 && days <= window)
      .map((window) => ({
        ...{ name: `cashIn${window} ${asked.stage} ${currency}`, on: asked.on, amount, about },
      }));
  });
