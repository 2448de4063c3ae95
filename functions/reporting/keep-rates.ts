/**
 * Keeps the rates a company provides for and forecasts by.
 * From: routes. Next: setting `reportRates`; the month-end pack and forecasts made from then on, none made before.
 */
import {
  reportRatesFrom,
  reportRatesPlace,
  type ReportRates,
  type ReportRatesAnswer,
  type ReportRatesBody,
} from '../../shared/contracts/report-rates.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

type Answer = Promise<Outcome<ReportRatesAnswer, ProblemCode>>;
type Parts = { settings: SettingsStore };

/** `version`: 0 as delivered. */
export const ratesOf = async (
  { settings }: { settings: Pick<SettingsStore, 'read'> },
  scope: Scope,
  companyId: string,
): Promise<ReportRates & { version: number }> => {
  const kept = await settings.read(scope, reportRatesPlace(companyId));
  return { ...reportRatesFrom(kept?.value), version: kept?.version ?? 0 };
};

const shown = ({ version, provision, forecast }: ReportRates & { version: number }): ReportRatesAnswer => {
  const { buckets, insolvent, insured } = provision;
  const rate = (bucket: string): number => buckets[bucket] ?? 0;
  const ofBuckets = { notDue: rate('notDue'), '1-30': rate('1-30'), '31-60': rate('31-60') };
  return {
    version,
    provision: {
      buckets: { ...ofBuckets, '61-90': rate('61-90'), '91+': rate('91+') },
      ...{ insolvent, insured },
    },
    forecast: { ...forecast, shares: forecast.shares.map((share) => ({ ...share })) },
  };
};

export const readRates = async (parts: Parts, scope: Scope, companyId: string): Answer =>
  reachInto(scope, companyId) === 'all'
    ? done(shown(await ratesOf(parts, scope, companyId)))
    : refuse('not-found', 'There is no such company.');

export const keepRates = async (
  { settings }: Parts,
  { scope, now, by }: { scope: Scope; now: Instant; by: string },
  companyId: string,
  { after, reason, ...value }: ReportRatesBody,
): Answer => {
  if (reachInto(scope, companyId) !== 'all') return refuse('not-found', 'There is no such company.');
  const change = { value, by, at: textOfInstant(now), reason };
  const saved = await settings.save(scope, reportRatesPlace(companyId), after, change);
  return saved === 'version-conflict'
    ? refuse('setting-changed', 'Somebody saved another version meanwhile.')
    : done(shown({ ...value, version: after + 1 }));
};
