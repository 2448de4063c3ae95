/**
 * The zone of a company's calendar day, remembered for a while: every batch of events and every report asks.
 * From: the company's setting. Next: the day on which an entry became known, today of a report.
 */
import { companyFrom } from '../../shared/contracts/company.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

const rememberedMinutes = 10;

export type ZoneOf = (scope: Scope, companyId: string) => Promise<string | undefined>;

/** Undefined when there is no such company, or it is outside the scope. */
export const companyZones = (settings: SettingsStore, now: () => Instant): ZoneOf => {
  const known = new Map<string, { zone: string; until: Instant }>();
  return async (scope, companyId) => {
    const found = known.get(companyId);
    if (found !== undefined && now().epochMilliseconds < found.until.epochMilliseconds) return found.zone;
    const setting = await settings.read(scope, { scope: `company:${companyId}`, name: 'company' });
    if (setting === undefined) return undefined;
    const { zone } = companyFrom(setting.value);
    known.set(companyId, { zone, until: now().add({ minutes: rememberedMinutes }) });
    return zone;
  };
};
