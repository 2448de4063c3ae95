/**
 * A company's own thresholds, times and recipients of alerts, over the defaults.
 * From: setting `alerts`, every version kept. Next: whoever raises, mails or shows alerts.
 */
import { defaultAlertRules, type AlertCondition, type AlertRule, type AlertTime } from './alert-rules.ts';

/** What a company says of one rule; what it leaves out stays as it is by default. */
export type AlertOverride = {
  rule: string;
  isMuted: boolean;
  at?: AlertTime | undefined;
  to?: readonly string[] | undefined;
  /** New limits by measure, in the unit of the condition. */
  limits: Readonly<Record<string, number>>;
};

/** Nobody turns these off, gives them to fewer people or lets them wait: they watch those who set them. */
export const fixedAlerts: readonly string[] = ['bankDetailsChange', 'rightsRaised', 'breakGlass'];

/** What is wrong with an override; undefined where nothing is. */
export const overrideFault = ({ rule: name, isMuted, at, to, limits }: AlertOverride): string | undefined => {
  const rule = defaultAlertRules.find((one) => one.name === name);
  if (rule === undefined) return `there is no alert "${name}"`;
  const isFixed = fixedAlerts.includes(name);
  if (isFixed && (isMuted || at !== undefined || to !== undefined))
    return `"${name}" watches over rights and money: it stays as it is`;
  const strange = Object.keys(limits).find((measure) => !rule.when.some((one) => one.measure === measure));
  if (strange !== undefined)
    return `"${name}" measures ${rule.when.map(({ measure }) => measure).join(', ')}, not "${strange}"`;
  const low = Object.entries(limits).find(([, limit]) => !Number.isSafeInteger(limit) || limit < 0);
  return low === undefined ? undefined : `the limit of "${low[0]}" is a whole number from 0 on`;
};

const withLimit = (condition: AlertCondition, limit: number | undefined): AlertCondition => {
  if (limit === undefined) return condition;
  if ('above' in condition) return { ...condition, above: limit };
  return 'from' in condition ? { ...condition, from: limit } : { ...condition, below: limit };
};

/** The rules a company is watched by; of two overrides of one rule the later holds. */
export const rulesWith = (overrides: readonly AlertOverride[]): AlertRule[] =>
  defaultAlertRules.map((rule) => {
    const own = overrides.findLast((one) => one.rule === rule.name);
    if (own === undefined || overrideFault(own) !== undefined) return rule;
    return {
      ...{ ...rule, isMuted: own.isMuted, at: own.at ?? rule.at, to: own.to ?? rule.to },
      when: rule.when.map((one) => withLimit(one, own.limits[one.measure])),
    };
  });

/** Who hears of an alert and when: by its rule, but for people the alert names itself, which an own list alone replaces. */
export const tellingOf = (
  rules: readonly AlertRule[],
  { rule: name, to }: { rule: string; to: readonly string[] },
): { at: AlertTime; to: readonly string[]; isMuted: boolean } => {
  const rule = rules.find((one) => one.name === name);
  const byDefault = defaultAlertRules.find((one) => one.name === name);
  const isOwn = rule !== undefined && rule.to !== byDefault?.to;
  return { at: rule?.at ?? 'digest', to: isOwn ? rule.to : to, isMuted: rule?.isMuted ?? false };
};
