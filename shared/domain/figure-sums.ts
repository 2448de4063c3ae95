/**
 * Sums of figures by name and day.
 * From: `report-figures.ts`. Next: tails, `figures-kept.ts`.
 * A figure is named by one text: what it counts, then what it is told apart by (currency, reason, stage).
 */
import { addDays, type Day } from './calendar.ts';
import { amountOf } from './money.ts';

/** By name; none is 0. */
export type Figures = Readonly<Record<string, number>>;
/** By the day they count on. */
export type FigureMoves = Readonly<Record<Day, Figures>>;

/** One thing that counts. `about`: the item, promise, case or message. `fromAt`: it may be as old as this instant. */
export type FigureRow = { name: string; on: Day; amount: number; about: string; fromAt?: string };

/** Further ahead of the day it became known on than this, it counts as this far ahead: a wrong year keeps no year. */
const mostDaysAhead = 400;

export const notTooFarAhead = (rows: readonly FigureRow[], knownOn: Day): FigureRow[] => {
  const latest = addDays(knownOn, mostDaysAhead);
  return rows.map((row) => (row.on > latest ? { ...row, on: latest } : row));
};

export const sumRows = (rows: readonly FigureRow[]): FigureMoves => {
  const total: Record<Day, Record<string, number>> = {};
  for (const { name, on, amount } of rows) addToFigure((total[on] ??= {}), name, amount);
  return withoutEmpty(total);
};

/** Changes a sum that nobody else has yet. */
const addToFigure = (total: Record<string, number>, name: string, amount: number): void => {
  const after = amountOf((total[name] ?? 0) + amount);
  if (after === 0) delete total[name];
  else total[name] = after;
};

const withoutEmpty = (total: Readonly<Record<Day, Figures>>): FigureMoves =>
  Object.fromEntries(Object.entries<Figures>(total).filter(([, figures]) => Object.keys(figures).length > 0));

export const addFigures = (a: Figures, b: Figures): Figures => {
  const total: Record<string, number> = { ...a };
  for (const [name, amount] of Object.entries(b)) addToFigure(total, name, amount);
  return total;
};

export const addFigureMoves = (a: FigureMoves, b: FigureMoves): FigureMoves => {
  const total: Record<Day, Figures> = { ...a };
  for (const [day, figures] of Object.entries(b) as [Day, Figures][]) {
    const sum = addFigures(total[day] ?? {}, figures);
    if (Object.keys(sum).length === 0) delete total[day];
    else total[day] = sum;
  }
  return total;
};
