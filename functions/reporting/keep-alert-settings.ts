/**
 * Keeps by which thresholds a company is watched and who hears of it, and fires an alert to see whether it arrives.
 * From: routes. Next: setting `alerts`; `rulesOf` gives them to whoever raises or mails alerts.
 */
import {
  alertSettings,
  alertSettingsPlace,
  type AlertSettingsAnswer,
  type AlertSettingsBody,
} from '../../shared/contracts/alert-settings.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AlertCondition, AlertRule } from '../../shared/domain/alert-rules.ts';
import { fixedAlerts, rulesWith } from '../../shared/domain/alert-settings.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

type Answer = Promise<Outcome<AlertSettingsAnswer, ProblemCode>>;
const absent = () => refuse('not-found', 'There is no such company.');

const kept = async (settings: Pick<SettingsStore, 'read'>, scope: Scope, companyId: string) => {
  const found = await settings.read(scope, alertSettingsPlace(companyId));
  const overrides = found === undefined ? [] : alertSettings.parse(found.value).rules;
  return { version: found?.version ?? 0, rules: rulesWith(overrides) };
};

/** The rules a company is watched by just now. */
export const rulesOf = async (
  { settings }: { settings: Pick<SettingsStore, 'read'> },
  scope: Scope,
  companyId: string,
): Promise<AlertRule[]> => (await kept(settings, scope, companyId)).rules;

const limitShown = (condition: AlertCondition) => {
  const { measure, unit } = condition;
  if ('above' in condition) return { measure, unit, is: 'above' as const, limit: condition.above };
  if ('from' in condition) return { measure, unit, is: 'from' as const, limit: condition.from };
  return { measure, unit, is: 'below' as const, limit: condition.below };
};

const shown = (version: number, rules: readonly AlertRule[]): AlertSettingsAnswer => ({
  version,
  rules: rules.map(({ name, at, to, isMuted, when }) => ({
    ...{ name, at, to: [...to], isMuted, isFixed: fixedAlerts.includes(name) },
    when: when.map(limitShown),
  })),
});

export const readAlertSettings = async (
  { settings }: { settings: SettingsStore },
  scope: Scope,
  companyId: string,
): Answer => {
  if (reachInto(scope, companyId) !== 'all') return absent();
  const { version, rules } = await kept(settings, scope, companyId);
  return done(shown(version, rules));
};

export const keepAlertSettings = async (
  { settings }: { settings: SettingsStore },
  { scope, now, by }: { scope: Scope; now: Instant; by: string },
  companyId: string,
  { after, reason, rules }: AlertSettingsBody,
): Answer => {
  if (reachInto(scope, companyId) !== 'all') return absent();
  const change = { value: { rules }, by, at: textOfInstant(now), reason };
  const saved = await settings.save(scope, alertSettingsPlace(companyId), after, change);
  if (saved === 'version-conflict')
    return refuse('setting-changed', 'Somebody saved another version meanwhile.');
  return done(shown(after + 1, rulesWith(rules)));
};
