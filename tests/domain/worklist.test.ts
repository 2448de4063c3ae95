/**
 * The worklist: the worked example to the cent, each factor by itself, both lanes, who is off it.
 * From: `shared/domain/worklist*.ts`. The properties are in `worklist-properties.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText } from '../../shared/domain/calendar.ts';
import { amountOf } from '../../shared/domain/money.ts';
import type { WorklistAccount } from '../../shared/domain/worklist-account.ts';
import { scorerFor } from '../../shared/domain/worklist-score.ts';
import { worklistOf } from '../../shared/domain/worklist.ts';
import { accountWith, lateBy, setting, today } from './worklist-examples.ts';

const score = scorerFor(setting);
const partsOf = (account: WorklistAccount) =>
  Object.fromEntries(score(account).parts.map(({ factor, points }) => [factor, points]));
const ago = (days: number) => addDays(today, -days);

describe('the worked example', () => {
  const one = accountWith({ items: [lateBy(45, 12_000)] });
  const two = accountWith({ accountId: 'A-2', items: [lateBy(20, 4_000), lateBy(72, 2_500)], risk: 'C' });

  it('12,000 at 45 days, risk B is 18.41 + 30.00 - 9.00 = 39.41', () => {
    expect(partsOf(one)).toEqual({ time: 18_41, decay: 30_00, costOfTouch: -9_00 });
    expect(score(one).points).toBe(39_41);
  });

  it('4,000 at 20 and 2,500 at 72 days, risk C is 9.97 + 38.00 - 9.00 = 38.97', () => {
    expect(partsOf(two)).toEqual({ time: 9_97, decay: 38_00, costOfTouch: -9_00 });
    expect(score(two).points).toBe(38_97);
  });

  it('the first ranks before the second', () => {
    const { ranked } = worklistOf([two, one], setting);
    expect(ranked.map(({ account }) => account.accountId)).toEqual(['A-1', 'A-2']);
  });
});

describe('a week of decay by the age of the item', () => {
  it.each([
    [1, 10_00],
    [30, 10_00],
    [31, 25_00],
    [60, 25_00],
    [61, 60_00],
    [90, 60_00],
    [91, 50_00],
    [180, 50_00],
    [181, 30_00],
    [900, 30_00],
  ])('10,000 at %i days loses %i cents', (daysLate, decay) => {
    expect(partsOf(accountWith({ items: [lateBy(daysLate, 10_000)] }))['decay']).toBe(decay);
  });

  it.each([
    ['A', 5_00],
    ['B', 10_00],
    ['C', 20_00],
    ['D', 40_00],
  ] as const)('risk %s makes 10.00 to %i cents', (risk, decay) => {
    expect(partsOf(accountWith({ items: [lateBy(10, 10_000)], risk }))['decay']).toBe(decay);
  });
});

describe('each other factor', () => {
  it.each<[string, Partial<WorklistAccount>, Record<string, number | undefined>]>([
    [
      'a broken promise of 500.00: 1 % and 25',
      { brokenPromiseOpen: amountOf(500_00) },
      { brokenPromise: 30_00 },
    ],
    ['no contact for 14 days: half of time', { lastContactOn: ago(14) }, { time: 1_53, silence: 77 }],
    ['contact 13 days ago is no silence', { lastContactOn: ago(13) }, { silence: undefined }],
    ['usually 2 days late, now 10: 0.2 %', { usualDaysLate: 2 }, { firstSign: 2_00 }],
    ['usually 3 days late, now 10: no sign', { usualDaysLate: 3 }, { firstSign: undefined }],
    [
      'usually punctual, now 7 days late: not yet',
      { usualDaysLate: 0, items: [lateBy(7, 1_000)] },
      { firstSign: undefined },
    ],
    ['an order of 86,000 blocked: 0.5 %', { blockedOrders: amountOf(86_000_00) }, { blockedOrder: 430_00 }],
    ['above the ceiling: 10', { breaksCeiling: true }, { missedCeiling: 10_00 }],
    ['insurer 20 days ahead: 2 %', insured(20), { insurerDate: 20_00 }],
    ['insurer 21 days ahead: nothing', insured(21), { insurerDate: undefined }],
    ['insurer 5 days ahead: 10 %', insured(5), { insurerDate: 100_00 }],
    ['insurer today: 10 %', insured(0), { insurerDate: 100_00 }],
    ['insurer yesterday: too late', insured(-1), { insurerDate: undefined }],
    ['talked to on Thursday, nothing new: - 80 %', { lastTalkOn: ago(5) }, { justSpoken: -2_02 }],
    ['talked to on Wednesday, four business days ago', { lastTalkOn: ago(6) }, { justSpoken: undefined }],
    ['talked to, and money came', { lastTalkOn: ago(1), hasNewsSinceTalk: true }, { justSpoken: undefined }],
    ['a mail costs 0.10', { touch: 'mail' }, { costOfTouch: -10 }],
  ])('%s', (_what, changes, parts) => {
    const found = partsOf(accountWith(changes));
    for (const [factor, points] of Object.entries(parts))
      expect([factor, found[factor]]).toEqual([factor, points]);
  });

  it('limits follow the currency, rates do not', () => {
    const inYen = scorerFor({ ...setting, currency: 'JPY' })(accountWith({ breaksCeiling: true }));
    expect(inYen.parts).toContainEqual({ factor: 'missedCeiling', points: 1_500 });
    expect(inYen.parts).toContainEqual({ factor: 'costOfTouch', points: -1_350 });
  });
});

function insured(days: number): Partial<WorklistAccount> {
  return { items: [lateBy(10, 1_000, { insurerDateOn: addDays(today, days) })] };
}

describe('off the list', () => {
  it.each<[string, Partial<WorklistAccount>]>([
    ['belowMinimum', { items: [lateBy(10, 49.99)] }],
    ['nothingClaimable', { items: [] }],
    ['nothingClaimable', { items: [lateBy(0, 1_000)] }],
    ['netCredit', { credits: amountOf(1_000_01) }],
    ['contactedToday', { lastContactOn: today }],
    ['placed', { handedOver: 'placed' }],
    ['legal', { handedOver: 'legal' }],
    ['insolvent', { handedOver: 'insolvent' }],
  ])('%s', (reason, changes) => {
    const { ranked, off } = worklistOf([accountWith(changes)], setting);
    expect([ranked.length, off[0]?.reason]).toEqual([0, reason]);
  });

  it('50.00 is worth a place', () => {
    expect(worklistOf([accountWith({ items: [lateBy(10, 50)] })], setting).ranked).toHaveLength(1);
  });

  it('a disputed part leaves, and its points with it', () => {
    const whole = score(accountWith({ items: [lateBy(10, 1_000)] }));
    const rest = score(accountWith({ items: [lateBy(10, 700)] }));
    expect([whole.points, rest.points]).toEqual([-6_47, -7_23]);
  });
});

describe('credits', () => {
  it('are taken from the oldest item on', () => {
    const items = [lateBy(72, 300), lateBy(20, 800)];
    const { claim } = score(accountWith({ items, credits: amountOf(400_00) }));
    expect(claim.items.map(({ daysLate, claimable }) => [daysLate, claimable])).toEqual([[20, 700_00]]);
    expect(claim.total).toBe(700_00);
  });
});

describe('due today', () => {
  const due = (accountId: string, kind: WorklistAccount['dues'][number]['kind'], at?: string, on = today) =>
    accountWith({ accountId, dues: [{ id: `due-${accountId}`, kind, on, ...(at !== undefined && { at }) }] });

  it('comes in the order of the lane, call-backs by time', () => {
    const accounts = [
      due('approval', 'approval'),
      due('blocked', 'blockedOrder'),
      due('follow', 'followUp'),
      due('reply', 'reply'),
      due('broken', 'brokenPromise'),
      due('late-call', 'callBack', '2026-11-24T15:00:00Z'),
      due('early-call', 'callBack', '2026-11-24T09:30:00+01:00'),
    ];
    expect(worklistOf(accounts, setting).due.map(({ account }) => account.accountId)).toEqual([
      ...['early-call', 'late-call', 'broken', 'reply', 'follow', 'blocked', 'approval'],
    ]);
  });

  it('is never ranked away, however small the sum or fresh the contact', () => {
    const small = { ...due('small', 'followUp'), items: [lateBy(10, 1)], lastContactOn: today };
    const { due: lane, ranked, off } = worklistOf([small], setting);
    expect([lane.length, ranked.length, off.length]).toEqual([1, 0, 0]);
  });

  it('older ones of a kind come first, and those of tomorrow wait', () => {
    const accounts = [
      due('today', 'followUp'),
      due('older', 'followUp', undefined, ago(3)),
      due('tomorrow', 'followUp', undefined, addDays(today, 1)),
    ];
    const list = worklistOf(accounts, setting);
    expect(list.due.map(({ account }) => account.accountId)).toEqual(['older', 'today']);
    expect(list.ranked.map(({ account }) => account.accountId)).toEqual(['tomorrow']);
  });
});

describe('ties', () => {
  const tied = (accountId: string, items: WorklistAccount['items']) => accountWith({ accountId, items });

  it('the larger claim, then the older, then the account number', () => {
    const rules = { ...setting.rules, time: { yearlyPercentHundredths: 0, days: 7 }, decay: [] };
    const accounts = [
      tied('A-4', [lateBy(10, 500)]),
      tied('A-3', [lateBy(10, 500)]),
      tied('A-9', [lateBy(11, 500)]),
      tied('A-8', [lateBy(9, 501)]),
    ];
    const { ranked } = worklistOf(accounts, { ...setting, rules });
    expect(ranked.map(({ account }) => account.accountId)).toEqual(['A-8', 'A-9', 'A-3', 'A-4']);
  });
});

it('a currency the limits do not know is an error, not euro', () => {
  expect(() => scorerFor({ ...setting, currency: 'XXX' })).toThrow(RangeError);
});

it('a holiday is no business day of a talk', () => {
  const calendar = { weekend: [6, 7], holidays: new Set([dayFromText('2026-11-23')]) };
  const talked = accountWith({ lastTalkOn: ago(6) });
  expect(scorerFor({ ...setting, calendar })(talked).parts.map(({ factor }) => factor)).toContain(
    'justSpoken',
  );
});
