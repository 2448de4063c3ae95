/**
 * Every golden number of the definitions of metrics (R81, R124, R125, R126, R127), from their common quarter and their worked examples.
 * From: `shared/domain/metrics-*.ts`.
 */
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import {
  atRiskRate,
  costPerThousand,
  cycleTimes,
  daysDeductionsOutstanding,
  deductionRecovery,
  spreadOf,
  timeToSend,
} from '../../shared/domain/metrics-cases.ts';
import {
  badDebtRatio,
  callFigures,
  collectionEffectiveness,
  expectedCash,
  forecastAccuracy,
  promisesKept,
  rate,
  type JudgedPromise,
} from '../../shared/domain/metrics-collecting.ts';
import {
  badDebtByMonth,
  collected,
  defaultProvisionRules,
  provisionOf,
  receivableShares,
  withheldByReason,
} from '../../shared/domain/metrics-money.ts';
import {
  dsoCountback,
  dsoFigures,
  dsoSimple,
  dsoTrue,
  latenessOf,
  lateOnly,
  turnover,
  weightedLateness,
} from '../../shared/domain/metrics-sales.ts';

const euro = (amount: number) => amountOf(Math.round(amount * 100));
const value = <Value>(outcome: { ok: true; value: Value } | { ok: false; code: string }): Value | string =>
  outcome.ok ? outcome.value : outcome.code;

const [april, may, june] = [
  { amount: euro(300_000), days: 30 },
  { amount: euro(200_000), days: 31 },
  { amount: euro(250_000), days: 30 },
];
const quarter = [april, may, june];
const receivables = euro(420_000);
const notDue = euro(300_000);

describe('days sales outstanding', () => {
  it.each([
    ['simple: 50.96', dsoSimple(receivables, quarter), 50_96],
    ['countback: 56.35', dsoCountback(receivables, quarter), 56_35],
    ['best possible, simple: 36.40', dsoSimple(notDue, quarter), 36_40],
    ['best possible, countback: 37.75', dsoCountback(notDue, quarter), 37_75],
    ['countback of exactly June: 30', dsoCountback(euro(250_000), quarter), 30_00],
    ['countback of all the quarter: 91', dsoCountback(euro(750_000), quarter), 91_00],
    ['countback of nothing: 0', dsoCountback(euro(0), quarter), 0],
  ])('%s', (_what, figure, expected) => {
    expect(value(figure)).toBe(expected);
  });

  it('true, per invoice: 54.67', () => {
    const invoices = [
      { amount: euro(250_000), ageDays: 15, month: 'june' },
      { amount: euro(120_000), ageDays: 45, month: 'may' },
      { amount: euro(50_000), ageDays: 76, month: 'april' },
    ];
    expect(value(dsoTrue(invoices, { april, may, june }))).toBe(54_67);
  });

  it('ADD by the same method: 14.56 simple, 18.60 by countback', () => {
    const sums = { receivables, notDue };
    expect(value(dsoFigures('simple', sums, quarter))).toEqual({
      ...{ dso: 50_96, best: 36_40, averageDelinquent: 14_56 },
    });
    expect(value(dsoFigures('countback', sums, quarter))).toMatchObject({ averageDelinquent: 18_60 });
  });

  it.each([
    ['simple without any', dsoSimple(receivables, [])],
    ['simple with sales of 0', dsoSimple(receivables, [{ amount: euro(0), days: 30 }])],
    ['countback that reaches back too far', dsoCountback(euro(750_000.01), quarter)],
    ['an invoice of a month not told', dsoTrue([{ amount: euro(1), ageDays: 1, month: 'july' }], { june })],
    ['figures without any', dsoFigures('countback', { receivables, notDue }, [])],
  ])('is refused without sales: %s', (_what, figure) => {
    expect(figure).toMatchObject({ ok: false, code: 'no-sales-data' });
  });

  it('a month of more credit notes than sales lengthens a countback', () => {
    const credited = { amount: euro(-10_000), days: 31 };
    expect(value(dsoCountback(euro(250_000), [april, credited]))).toBe(31_00 + 26_00);
  });
});

describe('lateness by value', () => {
  const late = [
    { amount: euro(30_000), daysLate: 10 },
    { amount: euro(12_000), daysLate: 25 },
    { amount: euro(8_000), daysLate: 60 },
  ];
  const early = { amount: euro(50_000), daysLate: -2 };

  it('of late invoices: 21.60; with early payers: 9.80', () => {
    expect(weightedLateness(lateOnly([...late, early]))).toBe(21_60);
    expect(weightedLateness([...late, early])).toBe(9_80);
    expect(weightedLateness([])).toBeUndefined();
  });

  it('counts days from the due day', () => {
    const dueOn = dayFromText('2026-02-27');
    expect(latenessOf(euro(1), dueOn, dayFromText('2026-03-02')).daysLate).toBe(3);
  });
});

describe('collecting', () => {
  const input = {
    ...{ opening: euro(400_000), sales: euro(750_000), closing: receivables },
    ...{ closingCurrent: notDue, months: 3 },
  };

  it('CEI: 65.7 % with sales by month, 85.9 % with those of the period', () => {
    expect(collectionEffectiveness(input, 'salesPerMonth')).toBe(65_71);
    expect(collectionEffectiveness(input, 'salesOfPeriod')).toBe(85_88);
  });

  it('CEI: both variants agree for a month, and nothing overdue is 100 %', () => {
    const month = { ...input, months: 1, closingCurrent: receivables };
    expect(collectionEffectiveness(month, 'salesPerMonth')).toBe(100_00);
    expect(collectionEffectiveness(month, 'salesOfPeriod')).toBe(100_00);
  });

  it('turnover: 1.829 a quarter, 7.34 a year, 49.75 days', () => {
    const sums = { opening: euro(400_000), closing: receivables };
    expect(value(turnover(sums, { amount: euro(750_000), days: 91 }))).toEqual({
      ...{ inPeriodThousandths: 1_829, inYearHundredths: 7_34, collectionDays: 49_75 },
    });
  });

  it('bad debt: 1.00 %', () => {
    const figures = { writtenOff: euro(9_000), recovered: euro(1_500), sales: euro(750_000) };
    expect(badDebtRatio(figures)).toBe(1_00);
  });

  it('promises kept: 70 % by count, 82 % by value; those without cash data wait', () => {
    const make = (count: number, total: number, outcome: JudgedPromise['outcome']) =>
      Array.from({ length: count }, (_, at): JudgedPromise => ({
        amount: euro(at === 0 ? total - (count - 1) * 100 : 100),
        outcome,
      }));
    const promises = [
      ...make(28, 410_000, 'kept'),
      ...make(7, 50_000, 'broken'),
      ...make(5, 40_000, 'partlyKept'),
      ...make(3, 9_000, 'waitingForCashData'),
    ];
    expect(promisesKept(promises)).toEqual({
      ...{ due: 40, kept: 28, waiting: 3, byCount: 70_00, byValue: 82_00 },
    });
    expect(promisesKept([]).byCount).toBeUndefined();
  });

  it('right party: 30.0 % of attempts, 66.7 % of answers, 2.4 an hour; calls 8.0 an hour and a day', () => {
    const period = { attempts: 200, answered: 90, rightParty: 60, loggedMinutes: 25 * 60 };
    expect(callFigures({ ...period, collectors: 5, workingDays: 5 })).toEqual({
      ...{ ofAttempts: 30_00, ofAnswers: 66_67, rightPartyPerHour: 2_40 },
      ...{ callsPerHour: 8_00, callsPerCollectorAndDay: 8_00 },
    });
  });

  it('forecast: WAPE 15.0 %, accuracy 85.0 %, bias 0.0 %', () => {
    const actuals = [90, 130, 100, 80];
    const weeks = [100, 120, 80, 100].map((forecast, at) => ({
      forecast: euro(forecast),
      actual: euro(actuals[at]!),
    }));
    expect(forecastAccuracy(weeks)).toEqual({ wape: 15_00, accuracy: 85_00, bias: 0 });
    expect(forecastAccuracy([{ forecast: euro(1), actual: euro(0) }])).toBeUndefined();
  });

  it('weekly expected cash: 69,800', () => {
    const parts = [
      { open: euro(40_000), percentHundredths: 82_00 },
      { open: euro(100_000), percentHundredths: 35_00 },
      { open: euro(20_000), percentHundredths: 10_00 },
    ];
    expect(expectedCash(parts)).toBe(euro(69_800));
  });

  it.each([
    ['messages an invoice: 1.5', 1_800, 1_200, 1_50],
    ['messages a customer: 6.0', 1_800, 300, 6_00],
    ['accounts a collector: 180', 900, 5, 180_00],
  ])('%s', (_what, count, per, expected) => {
    expect(rate(count, per)).toBe(expected);
  });
});

describe('cases, delivery, cost', () => {
  it('cycle time: median 9, mean 12.0, 90th percentile 29', () => {
    expect(spreadOf([29, 4, 12, 6, 9])).toEqual({
      ...{ count: 5, median: 9, meanHundredths: 12_00, percentile90: 29 },
    });
  });

  it('cycle times count what was resolved in the period, and print what is open beside it', () => {
    const firstOn = dayFromText('2026-06-01');
    const lastOn = dayFromText('2026-06-30');
    const resolved = [4, 6, 9, 12, 29].map((days) => ({
      openedOn: addDays(lastOn, -days),
      resolvedOn: lastOn,
    }));
    const open = [{ openedOn: addDays(lastOn, -40) }, { openedOn: addDays(lastOn, 1) }];
    const later = [{ openedOn: addDays(lastOn, -3), resolvedOn: addDays(lastOn, 2) }];
    const before = [{ openedOn: addDays(firstOn, -9), resolvedOn: addDays(firstOn, -1) }];
    const figures = cycleTimes([...resolved, ...open, ...later, ...before], { firstOn, lastOn });
    expect(figures).toMatchObject({ open: 2, oldestOpenDays: 40, resolved: { median: 9, percentile90: 29 } });
  });

  it('days deductions outstanding: 30.0', () => {
    const raised = { amount: euro(136_500), days: 91 };
    expect(daysDeductionsOutstanding(euro(45_000), raised)).toBe(30_00);
  });

  it('recovery: 75.0 % of invalid, 26.25 % of all', () => {
    const period = { valid: euro(78_000), invalid: euro(42_000), recovered: euro(31_500) };
    expect(deductionRecovery(period)).toEqual({ ofInvalid: 75_00, ofResolved: 26_25 });
  });

  it('time to send: median 5 h, mean 16 h, 90th percentile 50 h, and one not delivered', () => {
    expect(timeToSend([2, 3, undefined, 5, 20, 50])).toEqual({
      ...{ undelivered: 1, sent: { count: 5, median: 5, meanHundredths: 16_00, percentile90: 50 } },
    });
  });

  it('at risk: 2.0 %', () => {
    const dueOn = dayFromText('2026-01-31');
    const invoices = [
      { amount: euro(4_000), dueOn },
      { amount: euro(2_000), dueOn, settledOn: addDays(dueOn, 91) },
      { amount: euro(294_000), dueOn, settledOn: addDays(dueOn, 90) },
    ];
    expect(atRiskRate(invoices)).toBe(2_00);
  });

  it('cost per 1,000 invoices: 630.20', () => {
    expect(costPerThousand([euro(4.1), euro(1), euro(310)], 500)).toBe(630_20);
  });
});

describe('money of a period', () => {
  const [firstOn, lastOn] = [dayFromText('2026-06-01'), dayFromText('2026-06-30')];

  it('implied and booked stand apart, and a span across the start is marked', () => {
    const money = [
      { as: 'booked' as const, amount: euro(100), on: firstOn },
      { as: 'booked' as const, amount: euro(-30), on: lastOn },
      { as: 'booked' as const, amount: euro(999), on: addDays(lastOn, 1) },
      { as: 'implied' as const, amount: euro(50), on: firstOn, fromOn: addDays(firstOn, -1) },
      { as: 'implied' as const, amount: euro(25), on: addDays(firstOn, 2), fromOn: firstOn },
    ];
    expect(collected(money, { firstOn, lastOn })).toEqual({
      ...{ booked: euro(70), implied: euro(75), impliedAcrossStart: euro(50) },
    });
  });

  it('withheld messages are counted by their reason', () => {
    const messages = [
      {},
      { reason: 'promised' },
      { reason: 'paid' },
      { reason: 'holiday' },
      { reason: 'paid' },
    ];
    expect(withheldByReason(messages)).toEqual({
      ...{ sent: 1, withheld: 4 },
      byReason: [
        { reason: 'paid', count: 2 },
        { reason: 'holiday', count: 1 },
        { reason: 'promised', count: 1 },
      ],
    });
  });

  it('shares of receivables, none of nothing', () => {
    const figures = {
      ...{ receivables, notDue, disputed: euro(21_000), beyond90Days: euro(4_200), unapplied: euro(0) },
    };
    expect(receivableShares(figures)).toEqual({
      ...{ notDue: 71_43, overdue: 28_57, disputed: 5_00, beyond90Days: 1_00, unapplied: 0 },
    });
    expect(receivableShares({ ...figures, receivables: euro(0) }).disputed).toBeUndefined();
  });

  it.each([
    ['notDue', 30],
    ['1-30', 100],
    ['31-60', 400],
    ['61-90', 1_000],
    ['91+', 4_000],
  ])('provision of 100.00 in %s', (bucket, expected) => {
    expect(provisionOf([{ bucket, amount: euro(100) }], defaultProvisionRules)).toBe(expected);
  });

  it('provision: insolvent 80 %, insured a tenth, rounded once', () => {
    const part = { bucket: '91+', amount: euro(100) };
    expect(provisionOf([{ ...part, isInsolvent: true }], defaultProvisionRules)).toBe(euro(80));
    expect(provisionOf([{ ...part, insured: euro(50) }], defaultProvisionRules)).toBe(euro(22));
    const small = { bucket: 'notDue', amount: amountOf(100) };
    expect(provisionOf([small, small, small, small, small], defaultProvisionRules)).toBe(2);
    expect(() => provisionOf([{ bucket: 'x', amount: euro(1) }], defaultProvisionRules)).toThrow(RangeError);
  });

  it('a recovery counts in the month it came', () => {
    const facts = [
      { kind: 'recovered' as const, amount: euro(5), on: dayFromText('2026-07-01') },
      { kind: 'writtenOff' as const, amount: euro(9), on: dayFromText('2026-06-30') },
      { kind: 'writtenOff' as const, amount: euro(1), on: dayFromText('2026-06-01') },
    ];
    expect(badDebtByMonth(facts)).toEqual([
      { month: '2026-06', writtenOff: euro(10), recovered: 0 },
      { month: '2026-07', writtenOff: 0, recovered: euro(5) },
    ]);
  });
});
