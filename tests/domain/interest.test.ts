/**
 * Golden figures of interest, fixed sums and clearing orders, as the papers work them out.
 * From: dated rules. Next: nothing may change them unseen.
 */
import { describe, expect, it } from 'vitest';
import { clearInOrder, fixedSumOf } from '../../shared/domain/fixed-sum.ts';
import { interestOn, type LateDebt } from '../../shared/domain/interest.ts';
import { fixedSumRules, interestRules, type InterestRule } from '../../shared/domain/interest-rules.ts';
import { day, money } from '../support/account-examples.ts';

const rule = (id: string): InterestRule => interestRules.find((one) => one.id === id)!;
const amount = (debt: LateDebt, until: string, by: InterestRule): number | string => {
  const found = interestOn(debt, day(until), by);
  return found.ok ? found.value.amount : found.code;
};
const invoice: LateDebt = { principal: money(1_000_000), dueOn: day('2026-03-31'), payments: [] };

describe('interest', () => {
  it('at the rate locked at default: 10,000.00 for 101 days is 280.86', () => {
    expect(amount(invoice, '2026-07-10', rule('eu-locked'))).toBe(28_086);
  });
  it('split by half-years: 253.05 and 28.49 are 281.55, rounded once', () => {
    expect(amount(invoice, '2026-07-10', rule('eu-split'))).toBe(28_155);
  });
  it('a part payment lowers what bears interest from the day after it: 201.89, not 168.52', () => {
    const paid = { ...invoice, payments: [{ on: day('2026-04-30'), amount: money(400_000) }] };
    expect(amount(paid, '2026-07-10', rule('eu-locked'))).toBe(20_189);
  });
  it.each([
    ['roundedDay', 1_150],
    ['exactSum', 1_164],
  ] as const)('the official British example, %s: 1,000 at 8.5 %% for 50 days', (rounding, expected) => {
    const debt = { principal: money(100_000), dueOn: day('2026-01-31'), payments: [] };
    const reference = [{ from: day('2026-01-01'), percentThousandths: 500 }];
    expect(amount(debt, '2026-03-22', { ...rule('gb'), rounding, reference })).toBe(expected);
  });
  it('an American public buyer owes 56.51 on 25,000 for 20 days', () => {
    const debt = { principal: money(2_500_000), dueOn: day('2026-01-31'), payments: [] };
    expect(amount(debt, '2026-02-20', rule('us-prompt-payment'))).toBe(5_651);
  });
  it('a half-year without a recorded rate is refused, never taken from the one before', () => {
    expect(amount({ ...invoice, dueOn: day('2025-03-31') }, '2025-05-01', rule('eu-locked'))).toBe('no-rate');
  });
  it('nothing is owed up to and on the due day, and nothing after full payment', () => {
    expect(amount(invoice, '2026-03-31', rule('eu-locked'))).toBe(0);
    const paid = { ...invoice, payments: [{ on: day('2026-03-31'), amount: money(1_000_000) }] };
    expect(amount(paid, '2026-07-10', rule('eu-locked'))).toBe(0);
  });
});

describe('the fixed sum', () => {
  const gb = fixedSumRules.find(({ id }) => id === 'gb')!;
  it.each([
    [99_999, 4_000],
    [100_000, 7_000],
    [999_999, 7_000],
    [1_000_000, 10_000],
  ])('of a British debt of %i pence is %i', (debt, expected) => {
    expect(fixedSumOf(money(debt), 'GBP', gb)).toEqual({ ok: true, value: expected });
  });
  it('is 40 euros in the European Union, and says nothing in another currency', () => {
    const eu = fixedSumRules.find(({ id }) => id === 'eu')!;
    expect(fixedSumOf(money(1_000_000), 'EUR', eu)).toEqual({ ok: true, value: 4_000 });
    expect(fixedSumOf(money(1_000_000), 'USD', eu).ok).toBe(false);
  });
});

it('German law clears costs, then interest, then principal: 50.00 leaves 55.25', () => {
  const debt = { principal: money(10_000), costs: money(500), interest: money(25) };
  expect(clearInOrder(debt, money(5_000))).toEqual({ principal: 5_525, costs: 0, interest: 0, left: 0 });
  expect(clearInOrder(debt, money(11_000)).left).toBe(475);
});
