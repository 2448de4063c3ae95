/**
 * What a night reads of an account breaks each rule at its limit and not below it.
 */
import { describe, expect, it } from 'vitest';
import { newAccount, noBalance, type AccountHead, type OpenItem } from '../../shared/domain/account.ts';
import { largeItemReadings, orderReadings, readingsOfAccount } from '../../shared/domain/alert-readings.ts';
import { defaultAlertRules } from '../../shared/domain/alert-rules.ts';
import { overrideFault, rulesWith, tellingOf } from '../../shared/domain/alert-settings.ts';
import { alertsOf, isBreach } from '../../shared/domain/alerts.ts';
import { addDays, dayFromText, type Day } from '../../shared/domain/calendar.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { amountOf } from '../../shared/domain/money.ts';

const today = dayFromText('2026-11-24');
const { head: nobody } = newAccount({ companyId: 'c1', accountId: 'a' });

const item = (open: number, dueOn: Day, more: Partial<OpenItem> = {}): OpenItem => ({
  ...{
    id: 'item:invoice:1',
    kind: 'invoice',
    currency: 'EUR',
    open: amountOf(open),
    dueOn,
    stage: 0,
    ...more,
  },
});
const owing = (open: number, currency = 'EUR'): AccountHead['balances'] => ({
  [currency]: { ...noBalance, open: amountOf(open) },
});
const late = (days: number): Day => addDays(today, -days);
const habit = (latenessDays: number): AccountHead['dunning'] => ({
  stage: 0,
  policy: { id: 'p', rule: 'r', on: today, habit: { invoices: 5, latenessDays } },
});
const insured = (reached: Day): AccountHead['dunning'] => ({
  stage: 0,
  tasks: [{ id: `task:insurer:item:invoice:1:${reached}`, act: 'insurerDate', stage: 0, createdOn: reached }],
});

const broken = (told: Partial<AccountHead>, masterData: MasterData = {}, riskBefore?: string): string[] => {
  const head = { ...nobody, ...told };
  const items = head.openItems ?? [];
  return [
    ...largeItemReadings(head.accountId, items, today),
    ...readingsOfAccount({ head, items, masterData, riskBefore }, today),
  ]
    .filter((reading) =>
      isBreach(
        defaultAlertRules.find(({ name }) => name === reading.rule)!,
        reading,
      ),
    )
    .map(({ rule }) => rule)
    .toSorted();
};

const limit = { creditLimit: { amount: amountOf(100_000), currency: 'EUR' } };

describe('an account', () => {
  it.each<[string, string[], Partial<AccountHead>, MasterData?, string?]>([
    ['a large item a day late', ['largeItemOverdue'], { openItems: [item(25_000_00, late(1))] }],
    ['one cent less', [], { openItems: [item(24_999_99, late(1))] }],
    ['a large item due today', [], { openItems: [item(25_000_00, today)] }],
    ['10,000 beyond 60 days', ['beyond60Days'], { openItems: [item(10_000_00, late(61))] }],
    ['10,000 at 60 days', [], { openItems: [item(10_000_00, late(60))] }],
    [
      'a punctual one 8 days late',
      ['punctualNowLate'],
      { openItems: [item(5_000_00, late(8))], dunning: habit(3) },
    ],
    ['a punctual one 7 days late', [], { openItems: [item(5_000_00, late(7))], dunning: habit(3) }],
    ['a late one 8 days late', [], { openItems: [item(5_000_00, late(8))], dunning: habit(4) }],
    ['a credit balance above 1,000', ['creditBalanceLarge'], { balances: owing(-1_000_01) }],
    ['a credit balance of 1,000', [], { balances: owing(-1_000_00) }],
    [
      'a credit balance of 91 days',
      ['creditBalanceOld'],
      { balances: owing(-1), openItems: [item(-1, late(91), { kind: 'creditNote' })] },
    ],
    ['90 % of its limit', ['limitNearlyUsed'], { balances: owing(90_000) }, limit],
    ['89.99 % of its limit', [], { balances: owing(89_990) }, limit],
    ['more than its limit', ['limitExceeded', 'limitNearlyUsed'], { balances: owing(100_100) }, limit],
    ['a limit in another currency', [], { balances: owing(1_000_000, 'USD') }, limit],
    ['a risk that grew', ['riskWorse'], {}, { treatment: { risk: 'C' } }, 'B'],
    ['a risk that shrank', [], {}, { treatment: { risk: 'A' } }, 'B'],
    ['a risk seen first', [], {}, { treatment: { risk: 'D' } }],
    [
      'an insured item 20 days before its date',
      ['insurerDateNear'],
      { openItems: [item(1, late(40))], dunning: insured(today) },
    ],
    [
      'an insured item 5 days before its date',
      ['insurerDateNear', 'insurerDateNext'],
      { openItems: [item(1, late(55))], dunning: insured(today) },
    ],
    ['an item nobody insured', [], { openItems: [item(1, late(55))] }],
  ])('of %s', (_what, rules, head, masterData, riskBefore) => {
    expect(broken(head, masterData, riskBefore)).toEqual(rules);
  });

  it('in a currency without a factor is judged as if it were euro, and stops nothing', () => {
    expect(broken({ openItems: [item(25_000_00, late(1), { currency: 'CAD' })] })).toEqual([
      'largeItemOverdue',
    ]);
    expect(broken({ openItems: [item(24_999_99, late(1), { currency: 'CAD' })] })).toEqual([]);
  });
});

it('an order that waits is told on the next working day, unless it was let go', () => {
  const calendar = { weekend: [6, 7], holidays: new Set<Day>() };
  const held = (heldOn: string) => ({
    ...{
      row: 1,
      accountId: 'a',
      orderNumber: 'O-1',
      currency: 'EUR',
      amount: amountOf(5),
      heldOn: heldOn as Day,
    },
  });
  const told = (heldOn: string, head: Partial<AccountHead> = {}) =>
    orderReadings({ ...nobody, ...head }, [held(heldOn)], today, calendar).filter((reading) =>
      isBreach(
        defaultAlertRules.find(({ name }) => name === 'orderBlocked')!,
        reading,
      ),
    ).length;
  expect([told('2026-11-24'), told('2026-11-23'), told('2026-11-20')]).toEqual([0, 1, 1]);
  const released = { number: 'O-1', untilOn: today };
  expect(told('2026-11-20', { releasedOrders: [released as never] })).toBe(0);
});

describe('settings of a company', () => {
  const over = (rule: string, more = {}) => ({ rule, isMuted: false, limits: {}, ...more });

  it.each([
    ['a rule nobody knows', over('never'), 'there is no alert'],
    ['a measure it does not have', over('largeReceipt', { limits: { days: 1 } }), 'measures amount'],
    ['a limit below 0', over('largeReceipt', { limits: { amount: -1 } }), 'whole number'],
    ['half a cent', over('largeReceipt', { limits: { amount: 0.5 } }), 'whole number'],
    ['silence about our bank details', over('bankDetailsChange', { isMuted: true }), 'stays as it is'],
    ['fewer people for broken glass', over('breakGlass', { to: ['it'] }), 'stays as it is'],
    ['a digest for rights', over('rightsRaised', { at: 'digest' }), 'stays as it is'],
  ])('%s is refused with what is wrong', (_what, override, words) => {
    expect(overrideFault(override)).toContain(words);
    expect(rulesWith([override])).toEqual(defaultAlertRules);
  });

  it('change limit, time, people; what they leave out stays', () => {
    const rules = rulesWith([over('punctualNowLate', { limits: { amount: 1 }, at: 'now', to: ['cfo'] })]);
    expect(rules.find(({ name }) => name === 'punctualNowLate')).toMatchObject({
      ...{ at: 'now', to: ['cfo'], isMuted: false },
      when: [
        { measure: 'daysLate', above: 7 },
        { measure: 'amount', from: 1 },
      ],
    });
    expect(rules.filter((rule, at) => rule !== defaultAlertRules[at])).toHaveLength(1);
  });

  it('a muted rule raises nothing; people an alert names itself stay unless a list replaces them', () => {
    const reading = [{ rule: 'disputePastDate', subject: 'x', currency: 'EUR', values: { count: 1 } }];
    expect(
      alertsOf(reading, rulesWith([over('disputePastDate', { isMuted: true })]), [], today).alerts,
    ).toEqual([]);
    const alert = { rule: 'disputePastDate', to: ['t:ann'] };
    expect(tellingOf(rulesWith([]), alert)).toEqual({ at: 'digest', to: ['t:ann'], isMuted: false });
    expect(tellingOf(rulesWith([over('disputePastDate', { to: ['cfo'] })]), alert).to).toEqual(['cfo']);
  });
});
