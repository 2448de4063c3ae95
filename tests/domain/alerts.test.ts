/**
 * Alerts: thresholds as data, one per breach, again when it doubles or stays a week unacknowledged.
 * From: `shared/domain/{alert-rules,alerts}.ts`.
 */
import { describe, expect, it } from 'vitest';
import { defaultAlertRules } from '../../shared/domain/alert-rules.ts';
import { acknowledge, alertsOf, isBreach, testAlert, type Breach } from '../../shared/domain/alerts.ts';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { repositoryFiles } from '../tidy/repository.ts';

const today = dayFromText('2026-11-24');
const ruleOf = (name: string) => defaultAlertRules.find((rule) => rule.name === name)!;
const read = (rule: string, values: Record<string, number>, currency = 'EUR') => ({
  ...{ rule, subject: 'A-1', values, currency },
});

describe('thresholds', () => {
  it.each<[string, Record<string, number>, boolean, string?]>([
    ['punctualNowLate', { daysLate: 8, amount: 5_000_00 }, true],
    ['punctualNowLate', { daysLate: 7, amount: 5_000_00 }, false],
    ['punctualNowLate', { daysLate: 8, amount: 4_999_99 }, false],
    ['unidentifiedLarge', { amount: 10_000_00 }, false],
    ['unidentifiedLarge', { amount: 10_000_01 }, true],
    ['largeItemOverdue', { amount: 25_000_00 }, true],
    ['largeItemOverdue', { amount: 25_000_00 }, false, 'SEK'],
    ['limitNearlyUsed', { limitUsed: 90_00 }, true],
    ['limitExceeded', { limitUsed: 100_00 }, false],
    ['disputedShare', { share: 5_00 }, false],
    ['disputedShare', { share: 5_01 }, true],
    ['effectivenessLow', { share: 75_00 }, false],
    ['effectivenessLow', { share: 74_99 }, true],
    ['insurerDateNear', { days: 20 }, true],
    ['insurerDateNext', { days: 6 }, false],
    ['complaints', { share: 10 }, true],
    ['dsoRising', {}, false],
  ])('%s %o: %s %s', (rule, values, expected, currency) => {
    expect(isBreach(ruleOf(rule), read(rule, values, currency))).toBe(expected);
  });

  it('names are there once', () => {
    const names = defaultAlertRules.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('each is named by a test that raises it', () => {
    const others = repositoryFiles().filter(
      ({ path }) => path.endsWith('.test.ts') && path !== 'tests/domain/alerts.test.ts',
    );
    const isNamed = (name: string) => others.some(({ text }) => new RegExp(`\\b${name}\\b`).test(text));
    expect(defaultAlertRules.map(({ name }) => name).filter((name) => !isNamed(name))).toEqual([]);
  });
});

describe('one per breach', () => {
  const rules = defaultAlertRules;
  const reading = (amount: number) => [read('largeItemOverdue', { amount })];
  const first = alertsOf(reading(30_000_00), rules, [], today);
  const because = (amount: number, days: number, before: readonly Breach[] = first.breaches) =>
    alertsOf(reading(amount), rules, before, addDays(today, days)).alerts.map((alert) => alert.because);

  it('is told the first time, and the same again says nothing', () => {
    expect(first.alerts).toMatchObject([{ because: 'new', at: 'now', to: ['collector', 'creditManager'] }]);
    expect(because(30_000_00, 0)).toEqual([]);
    expect(because(59_999_99, 6)).toEqual([]);
  });

  it('again if it doubles, or after seven days', () => {
    expect([because(60_000_00, 1), because(30_000_00, 7)]).toEqual([['doubled'], ['stays']]);
  });

  it('acknowledged, only if it doubles; who was first stays named', () => {
    const taken = first.breaches.map((breach) =>
      acknowledge(acknowledge(breach, 'u:1', today), 'u:2', today),
    );
    expect(taken[0]?.acknowledged?.by).toBe('u:1');
    expect([because(30_000_00, 30, taken), because(60_000_00, 30, taken)]).toEqual([[], ['doubled']]);
  });

  it('one that ended and comes again is new; one that was not read stands', () => {
    const ended = alertsOf(reading(1), rules, first.breaches, today);
    expect(ended.breaches).toEqual([]);
    expect(because(30_000_00, 1, ended.breaches)).toEqual(['new']);
    expect(alertsOf([], rules, first.breaches, today).breaches).toEqual(first.breaches);
  });

  it('a muted rule tells nothing', () => {
    const muted = rules.map((rule) => ({ ...rule, isMuted: true }));
    expect(alertsOf(reading(30_000_00), muted, [], today)).toEqual({ alerts: [], breaches: [] });
  });

  it('what must not fall is worse when it halves, not when it rises', () => {
    const low = (share: number) => [read('effectivenessLow', { share })];
    const { breaches } = alertsOf(low(60_00), rules, [], today);
    expect(alertsOf(low(70_00), rules, breaches, today).alerts).toEqual([]);
    expect(alertsOf(low(30_00), rules, breaches, today).alerts).toMatchObject([{ because: 'doubled' }]);
  });

  it('a dispute out of control is told the CFO once, however large it grows', () => {
    const grown = (count: number) => [read('disputeOutOfControl', { count })];
    const { breaches } = alertsOf(grown(1), rules, [], today);
    expect(alertsOf(grown(50), rules, breaches, addDays(today, 60)).alerts).toEqual([]);
  });

  it('a test goes to the same people and leaves no breach', () => {
    expect(testAlert(ruleOf('complaints'), 'u:cfo', today)).toMatchObject({ to: ['it', 'creditManager'] });
  });
});
