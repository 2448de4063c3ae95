/**
 * The points of an account: named factors that sum to the score, each in whole minor units.
 * From: `worklist-account.ts`, a company's rules. Next: `worklist.ts` ranks by it, `worklist-why.ts` asks it again
 * with one thing changed. More that may be claimed never makes the score smaller: every part is rounded by
 * itself, and what a talk takes away is worked out from what it leaves.
 */
import { addBusinessDays, type BusinessCalendar } from './business-days.ts';
import { addDays, type Day } from './calendar.ts';
import { limitIn } from './euro-limits.ts';
import { fraction, roundedTo } from './fraction.ts';
import { amountOf, subtract, sum, zero, type AmountMinor, type Currency } from './money.ts';
import { percentOf } from './percent.ts';
import { claimOf, daysBefore, type Claim, type WorklistAccount } from './worklist-account.ts';
import type { WorklistRules } from './worklist-rules.ts';

export const worklistFactors = [
  ...['time', 'decay', 'brokenPromise', 'silence', 'firstSign'],
  ...['blockedOrder', 'missedCeiling', 'insurerDate', 'justSpoken', 'costOfTouch'],
] as const;
export type WorklistFactor = (typeof worklistFactors)[number];

/** Points in minor units of the list's currency: 39.41 points are 3941 euro cents. */
export type ScorePart = { factor: WorklistFactor; points: AmountMinor };
export type Score = { points: AmountMinor; parts: readonly ScorePart[]; claim: Claim };

export type ScoreSetting = {
  today: Day;
  currency: Currency;
  calendar: BusinessCalendar;
  rules: WorklistRules;
};

/** Scores one account. Parts that are 0 are left out. */
export type Scorer = (account: WorklistAccount) => Score;

/** A scorer for a day; what holds for all accounts is worked out once. @throws RangeError for a currency without limits. */
export const scorerFor = ({ today, currency, calendar, rules }: ScoreSetting): Scorer => {
  const euro = (cents: number): AmountMinor => inCurrency(currency, cents);
  const fixed = {
    brokenPromise: euro(rules.brokenPromise.plusEuroCents),
    ceiling: euro(rules.missedCeiling.plusEuroCents),
    touch: { call: euro(rules.touchEuroCents.call), mail: euro(rules.touchEuroCents.mail) },
  };
  const silentSince = addDays(today, -rules.silence.days);
  const spokenSince = addBusinessDays(today, -rules.justSpoken.businessDays, calendar);
  const lateBy = daysBefore(today);
  return (account) => {
    const claim = claimOf(account, today, lateBy);
    const [time, decay] = [timePoints(claim, rules), decayPoints(claim, account, rules)];
    const isSilent = claim.total > 0 && (account.lastContactOn ?? '') <= silentSince;
    const hasSpoken = (account.lastTalkOn ?? '') >= spokenSince && !account.hasNewsSinceTalk;
    const broken = percentOf(
      account.brokenPromiseOpen,
      rules.brokenPromise.percentHundredths,
      'halfAwayFromZero',
    );
    const points: Record<WorklistFactor, AmountMinor> = {
      ...{ time, decay },
      brokenPromise: account.brokenPromiseOpen > 0 ? sum(broken, fixed.brokenPromise) : zero,
      silence: isSilent ? percentOf(time, rules.silence.ofTimePercentHundredths, 'halfAwayFromZero') : zero,
      firstSign: firstSignPoints(claim, account, rules),
      blockedOrder: share(account.blockedOrders, rules.blockedOrder.percentHundredths),
      missedCeiling: account.breaksCeiling ? fixed.ceiling : zero,
      insurerDate: insurerPoints(claim, lateBy, rules),
      justSpoken: hasSpoken ? takenByTalk(sum(time, decay), rules) : zero,
      costOfTouch: subtract(zero, fixed.touch[account.touch]),
    };
    const parts = worklistFactors.flatMap((factor) =>
      points[factor] === 0 ? [] : [{ factor, points: points[factor] }],
    );
    return { claim, parts, points: sum(...parts.map((part) => part.points)) };
  };
};

/** A limit of the rules in the list's currency. @throws RangeError when limits lack it. */
export const inCurrency = (currency: Currency, euroCents: number): AmountMinor => {
  const limit = limitIn(currency, euroCents);
  if (!limit.ok) throw new RangeError(limit.detail);
  return limit.value;
};

const share = (amount: AmountMinor, percentHundredths: number): AmountMinor =>
  percentOf(amount, percentHundredths, 'halfAwayFromZero');

const claimed = ({ total }: Claim): AmountMinor => (total > 0 ? total : zero);

const timePoints = (claim: Claim, { time }: WorklistRules): AmountMinor =>
  amountOf(
    roundedTo(
      fraction(
        BigInt(claimed(claim)) * BigInt(time.yearlyPercentHundredths) * BigInt(time.days),
        10_000 * 365,
      ),
    ),
  );

const decayPoints = (
  { items }: Claim,
  { risk }: WorklistAccount,
  { decay, riskTenths }: WorklistRules,
): AmountMinor => {
  const weighted = items.reduce((total, { claimable, daysLate }) => {
    const rate = decay.findLast(({ fromDays }) => daysLate >= fromDays)?.percentHundredths ?? 0;
    return total + BigInt(claimable) * BigInt(rate);
  }, 0n);
  return amountOf(roundedTo(fraction(weighted * BigInt(riskTenths[risk]), 100_000)));
};

const firstSignPoints = (
  claim: Claim,
  { usualDaysLate }: WorklistAccount,
  { firstSign }: WorklistRules,
): AmountMinor => {
  const isUsuallyPunctual = usualDaysLate !== undefined && usualDaysLate <= firstSign.usualDaysAtMost;
  const isLateNow = (claim.items[0]?.daysLate ?? 0) > firstSign.nowDaysAbove;
  return isUsuallyPunctual && isLateNow ? share(claimed(claim), firstSign.percentHundredths) : zero;
};

const insurerPoints = (
  { items }: Claim,
  lateBy: (day: Day) => number,
  { insurerDate }: WorklistRules,
): AmountMinor =>
  items.reduce((total, { claimable, insurerDateOn }) => {
    const ahead = insurerDateOn === undefined ? -1 : -lateBy(insurerDateOn);
    const row = ahead < 0 ? undefined : insurerDate.find(({ withinDays }) => ahead <= withinDays);
    return row === undefined ? total : sum(total, share(claimable, row.percentHundredths));
  }, zero);

const takenByTalk = (gained: AmountMinor, { justSpoken }: WorklistRules): AmountMinor =>
  subtract(share(gained, 10_000 - justSpoken.lessPercentHundredths), gained);
