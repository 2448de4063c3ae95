/**
 * Keeps how the months of a company closed, each once: what stood at its end and what moved it, as it was known then.
 * From: a tick a night. Next: the kept figures; CEI and trends read them instead of a past day's aging.
 * A month is closed from the second day after it on, so that its last entries are counted.
 */
import {
  addDays,
  addMonths,
  dayAt,
  endOfMonth,
  type Day,
  type Instant,
} from '../../shared/domain/calendar.ts';
import { figuresIn, type Closing } from '../../shared/domain/figures-kept.ts';
import { lastWholeMonth } from '../../shared/domain/kpis.ts';
import { movedIn } from '../../shared/domain/roll-forward.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { closingOn, figuresOn, type FigureStores } from './read-figures.ts';

const mostTries = 6;
/** Months made up for, when nobody closed them in time. */
const mostMissed = 3;

type Company = { companyId: string; zone: string };

export const closeMonths = async (
  { companyId, zone }: Company,
  scope: Scope,
  now: Instant,
  stores: Pick<FigureStores, 'reports'>,
): Promise<void> => {
  const { lastOn } = lastWholeMonth(addDays(dayAt(now, zone), -2));
  for (let back = mostMissed - 1; back >= 0; back -= 1)
    await closeMonth(companyId, endOfMonth(addMonths(lastOn, -back)), scope, stores);
};

/** @throws when the figures changed during each of the tries: the tick comes again. */
const closeMonth = async (
  companyId: string,
  day: Day,
  scope: Scope,
  stores: Pick<FigureStores, 'reports'>,
): Promise<void> => {
  let closing: Closing | undefined;
  const month = day.slice(0, 7);
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const loaded = await stores.reports.figures(scope, companyId);
    if (loaded === undefined || loaded.figures.closings[month] !== undefined) return;
    closing ??= await frozen({ companyId, day }, scope, stores);
    if (Object.keys(closing).length === 0) return;
    const closings = { ...loaded.figures.closings, [month]: closing };
    const saved = await stores.reports.saveFigures(
      scope,
      companyId,
      { ...loaded.figures, closings },
      loaded.mark,
    );
    if (saved === 'saved') return;
  }
  throw new Error(`the figures of ${companyId} changed during each of ${mostTries} tries`);
};

/** What stood, and what had moved it, as both are known now. */
const frozen = async (
  place: { companyId: string; day: Day },
  scope: Scope,
  stores: Pick<FigureStores, 'reports'>,
): Promise<Closing> => {
  const { kept } = await figuresOn(place, scope, stores);
  const figures = figuresIn(kept, `${place.day.slice(0, 7)}-01` as Day, place.day);
  const closing = await closingOn(place, kept, scope, stores);
  if (figures === undefined) return closing;
  return Object.fromEntries(
    Object.entries(closing).map(([currency, sums]) => [
      currency,
      { ...sums, moved: movedIn(figures, currency) },
    ]),
  );
};
