/**
 * Invented accounts for tests of the worklist: one to change, and any at all.
 * From: fast-check. Next: the tests beside this file.
 */
import fc from 'fast-check';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { dueKinds, type WorklistAccount, type WorklistItem } from '../../shared/domain/worklist-account.ts';
import { defaultWorklistRules, riskClasses } from '../../shared/domain/worklist-rules.ts';
import type { ScoreSetting } from '../../shared/domain/worklist-score.ts';

/** A Tuesday. */
export const today: Day = dayFromText('2026-11-24');

export const setting: ScoreSetting = {
  today,
  currency: 'EUR',
  calendar: { weekend: [6, 7], holidays: new Set<Day>() },
  rules: defaultWorklistRules,
};

export const lateBy = (daysLate: number, euro: number, more: Partial<WorklistItem> = {}): WorklistItem => ({
  ...{ id: `item-${daysLate}-${euro}`, claimable: amountOf(euro * 100), dueOn: addDays(today, -daysLate) },
  ...more,
});

/** 1,000.00 at 10 days, risk B, spoken to last week and by mail five days ago: nothing but time, decay and a call. */
export const accountWith = (changes: Partial<WorklistAccount> = {}): WorklistAccount => ({
  ...{ accountId: 'A-1', items: [lateBy(10, 1_000)], credits: amountOf(0), risk: 'B' },
  ...{ brokenPromiseOpen: amountOf(0), blockedOrders: amountOf(0), breaksCeiling: false },
  ...{ lastContactOn: addDays(today, -6), hasNewsSinceTalk: false, touch: 'call', dues: [] },
  ...changes,
});

const money = (max: number) => fc.integer({ min: 0, max }).map(amountOf);
const dayAround = fc.integer({ min: -400, max: 30 }).map((days) => addDays(today, days));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const anyItem = (id: number): fc.Arbitrary<WorklistItem> =>
  fc
    .record({ claimable: money(5_000_000), dueOn: dayAround, insurerDateOn: maybe(dayAround) })
    .map(({ insurerDateOn, ...item }) => ({
      id: `i${id}`,
      ...item,
      ...(insurerDateOn && { insurerDateOn }),
    }));

const anyDues = fc.array(
  fc.record({ id: fc.constantFrom('d1', 'd2'), kind: fc.constantFrom(...dueKinds), on: dayAround }),
  { maxLength: 1 },
);

/** Any account without something due today, unless asked. */
export const anyAccount = (accountId: string, dues = fc.constant([] as never[]) as typeof anyDues) =>
  fc
    .record({
      items: fc.tuple(anyItem(1), anyItem(2), anyItem(3)),
      credits: fc.oneof(fc.constant(amountOf(0)), money(2_000_000)),
      risk: fc.constantFrom(...riskClasses),
      usualDaysLate: maybe(fc.integer({ min: -5, max: 20 })),
      brokenPromiseOpen: fc.oneof(fc.constant(amountOf(0)), money(1_000_000)),
      blockedOrders: fc.oneof(fc.constant(amountOf(0)), money(9_000_000)),
      breaksCeiling: fc.boolean(),
      lastContactOn: maybe(dayAround),
      lastTalkOn: maybe(dayAround),
      hasNewsSinceTalk: fc.boolean(),
      touch: fc.constantFrom('call' as const, 'mail' as const),
      dues,
    })
    .map(({ usualDaysLate, lastContactOn, lastTalkOn, ...rest }): WorklistAccount => ({
      ...{ accountId, ...rest },
      ...(usualDaysLate !== undefined && { usualDaysLate }),
      ...(lastContactOn && { lastContactOn }),
      ...(lastTalkOn && { lastTalkOn }),
    }));

export const anyAccounts = fc
  .integer({ min: 2, max: 12 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) => anyAccount(`A-${at}`, anyDues))));
