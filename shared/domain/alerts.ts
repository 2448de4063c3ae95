/**
 * Which alerts go out: one per breach, again only if it doubles or stays a week without anybody acknowledging it.
 * From: readings, the rules, what was sent before. Next: mails now or in a digest, and the kept breaches.
 */
import type { AlertCondition, AlertRule } from './alert-rules.ts';
import { daysBetween, type Day } from './calendar.ts';
import { decimalsOf } from './currencies.ts';
import { limitIn } from './euro-limits.ts';
import type { Currency } from './money.ts';

/** What was seen of a subject (an account, a case, the company), by measure; amounts in `currency`. */
export type AlertReading = {
  rule: string;
  subject: string;
  currency?: Currency;
  values: Readonly<Record<string, number>>;
};

/** A breach that was told and has not ended. */
export type Breach = {
  id: string;
  rule: string;
  subject: string;
  /** Of the first condition, when it was last told. */
  toldValue: number;
  toldOn: Day;
  toldTimes: number;
  acknowledged?: { by: string; on: Day };
};

export type Alert = {
  /** The breach and the how-manieth telling of it: the same alert has the same id. */
  id: string;
  breachId: string;
  rule: string;
  subject: string;
  values: Readonly<Record<string, number>>;
  at: AlertRule['at'];
  to: readonly string[];
  because: 'new' | 'doubled' | 'stays';
};

export const breachIdOf = ({ rule, subject }: Pick<AlertReading, 'rule' | 'subject'>): string =>
  `${rule}:${subject}`;

/**
 * Whether all conditions of a rule hold of a reading. An amount in a currency without a factor is judged as if it were
 * euro: an alert too many is less bad than figures and nights that stop.
 */
export const isBreach = (rule: AlertRule, reading: AlertReading): boolean =>
  rule.when.every((condition) => isBroken(condition, reading));

const isBroken = (condition: AlertCondition, { values, currency = 'EUR' }: AlertReading): boolean => {
  const value = values[condition.measure];
  if (value === undefined) return false;
  const limit = (threshold: number): number => {
    if (condition.unit !== 'euroCents') return threshold;
    const inOwn = limitIn(currency, threshold);
    const decimals = decimalsOf(currency);
    return inOwn.ok ? inOwn.value : (threshold / 100) * 10 ** (decimals.ok ? decimals.value : 2);
  };
  if ('above' in condition) return value > limit(condition.above);
  return 'from' in condition ? value >= limit(condition.from) : value < limit(condition.below);
};

/**
 * The alerts of a day and the breaches that stand after it. A breach whose subject is read and no longer broken
 * has ended: when it comes again it is new. A subject that is not read keeps its breach. A muted rule tells
 * nothing and remembers nothing, so that it tells once it is not muted any more.
 */
export const alertsOf = (
  readings: readonly AlertReading[],
  rules: readonly AlertRule[],
  before: readonly Breach[],
  today: Day,
): { alerts: Alert[]; breaches: Breach[] } => {
  const standing = new Map(before.map((breach) => [breach.id, breach]));
  const alerts: Alert[] = [];
  for (const reading of readings) {
    const rule = rules.find(({ name }) => name === reading.rule);
    const id = breachIdOf(reading);
    if (rule === undefined || rule.isMuted || !isBreach(rule, reading)) {
      standing.delete(id);
      continue;
    }
    const known = standing.get(id);
    const value = reading.values[rule.when[0]?.measure ?? ''] ?? 0;
    const because = whyTold(rule, known, value, today);
    if (because === undefined) continue;
    const toldTimes = (known?.toldTimes ?? 0) + 1;
    const { subject, values } = reading;
    const { at, to } = rule;
    alerts.push({
      id: `${id}#${toldTimes}:${today}`,
      breachId: id,
      rule: rule.name,
      subject,
      values,
      at,
      to,
      because,
    });
    standing.set(id, { id, rule: rule.name, subject, toldValue: value, toldOn: today, toldTimes });
  }
  return { alerts, breaches: [...standing.values()] };
};

const whyTold = (
  { again, when }: AlertRule,
  known: Breach | undefined,
  value: number,
  today: Day,
): Alert['because'] | undefined => {
  if (known === undefined) return 'new';
  if (again === 'never') return undefined;
  const [first] = when;
  const isWorseBelow = first !== undefined && 'below' in first;
  const [small, large] = isWorseBelow ? [value, known.toldValue] : [known.toldValue, value];
  if (large > 0 && large >= small * again.whenTimes && large > small) return 'doubled';
  const stays = known.acknowledged === undefined && daysBetween(known.toldOn, today) >= again.afterDays;
  return stays ? 'stays' : undefined;
};

/** Somebody has it in hand: it is not told again for staying, only for doubling. The first to say so stays named. */
export const acknowledge = (breach: Breach, by: string, on: Day): Breach =>
  breach.acknowledged === undefined ? { ...breach, acknowledged: { by, on } } : breach;

/** An alert a person fires to see whether it arrives; no breach comes of it. */
export const testAlert = ({ name, at, to }: AlertRule, by: string, today: Day): Alert => ({
  ...{ id: `test:${name}:${by}:${today}`, breachId: '', rule: name, subject: `test by ${by}` },
  ...{ values: {}, at, to, because: 'new' },
});
