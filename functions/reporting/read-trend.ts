/**
 * Answers how months went: how each closed, what came in it, DSO and CEI of it.
 * From: `GET api/reports/{company}/trend`. Next: charts. One document, whatever the ledger's size.
 */
import type { TrendAnswer } from '../../shared/contracts/reports.ts';
import { addDays, dayAt, endOfMonth, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { figuresIn, noFigures, type FiguresKept } from '../../shared/domain/figures-kept.ts';
import { salesUpTo, salesWithin } from '../../shared/domain/kpi-sales.ts';
import { collectionEffectiveness } from '../../shared/domain/metrics-collecting.ts';
import { dsoCountback } from '../../shared/domain/metrics-sales.ts';
import type { SalesRow } from '../../shared/domain/other-rows.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import { salesRows } from './read-figures.ts';
import type { KpiParts } from './read-kpis.ts';

type MonthShown = TrendAnswer['months'][number];

/** Months nobody closed yet are not in it. */
export const readTrend = async (
  companyId: string,
  scope: Scope,
  now: Instant,
  parts: KpiParts,
): Promise<Outcome<TrendAnswer, 'not-found'>> => {
  const zone = reachInto(scope, companyId) === 'all' ? await parts.zoneOf(scope, companyId) : undefined;
  if (zone === undefined) return refuse('not-found', 'There is no such company.');
  const kept = (await parts.reports.figures(scope, companyId))?.figures ?? noFigures;
  const rows = await salesRows({ companyId, day: dayAt(now, zone) }, scope, parts);
  const months = Object.keys(kept.closings)
    .toSorted()
    .flatMap((month) => monthsShown(month, kept, rows));
  return done({ companyId, months });
};

const monthsShown = (month: string, kept: FiguresKept, rows: readonly SalesRow[]): MonthShown[] => {
  const firstOn = `${month}-01` as Day;
  const lastOn = endOfMonth(firstOn);
  const before = kept.closings[addDays(firstOn, -1).slice(0, 7)];
  const figures = figuresIn(kept, firstOn, lastOn) ?? {};
  return Object.entries(kept.closings[month] ?? {}).map(([currency, closed]) => {
    const sales = salesUpTo(rows, currency, lastOn);
    const sold = salesWithin(sales, firstOn, lastOn);
    const dso = dsoCountback(closed.receivables, sales);
    const opening = before?.[currency]?.receivables;
    const cei =
      sold === undefined || opening === undefined
        ? undefined
        : collectionEffectiveness(
            {
              ...{ opening, sales: sold.amount, closing: closed.receivables },
              ...{ closingCurrent: closed.notDue, months: 1 },
            },
            'salesOfPeriod',
          );
    return {
      ...{ month, currency, ...closed },
      ...{ dsoDaysHundredths: dso.ok ? dso.value : null, ceiPercentHundredths: cei ?? null },
      collectedBooked: figures[`booked ${currency}`] ?? 0,
      collectedImplied: figures[`implied ${currency}`] ?? 0,
    };
  });
};
