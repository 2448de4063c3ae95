/**
 * What is worth a word to somebody at once or in the morning: thresholds, times and recipients as versioned data.
 * From: the defaults below, or setting `alerts`.
 * Next: `alerts.ts`. Amounts in euro cents, shares in hundredths of a percent.
 */

export const alertTimes = ['now', 'digest', 'daily', 'weekly', 'monthEnd'] as const;
export type AlertTime = (typeof alertTimes)[number];

/** A reading breaks a condition when it is `above`, or at least `from`, or `below`. In `euroCents` by currency. */
export type AlertCondition = {
  measure: string;
  unit: 'euroCents' | 'count' | 'days' | 'percentHundredths' | 'minutes';
} & ({ above: number } | { from: number } | { below: number });

export type AlertRule = {
  name: string;
  /** All must hold of one reading. */
  when: readonly AlertCondition[];
  at: AlertTime;
  to: readonly string[];
  isMuted: boolean;
  /** `never`: one per breach and no other, however large it grows. */
  again: 'never' | { afterDays: number; whenTimes: number };
};

const again = { afterDays: 7, whenTimes: 2 };
type Unit = AlertCondition['unit'];
const above = (measure: string, unit: Unit, limit: number): AlertCondition => ({
  measure,
  unit,
  above: limit,
});
const from = (measure: string, unit: Unit, limit: number): AlertCondition => ({ measure, unit, from: limit });
const below = (measure: string, unit: Unit, limit: number): AlertCondition => ({
  measure,
  unit,
  below: limit,
});
const happened: AlertCondition = { measure: 'count', unit: 'count', from: 1 };
const euro = (amount: number): number => amount * 100;

const rule = (name: string, at: AlertTime, to: string, ...when: AlertCondition[]): AlertRule => ({
  ...{ name, at, when, isMuted: false, again },
  to: to.split(' '),
});

const ledgerAlerts: readonly AlertRule[] = [
  rule('reconciliationRed', 'now', 'arClerk creditManager it', happened),
  rule('feedMissing', 'now', 'arClerk creditManager it', happened),
  rule('receiptNotPosted', 'daily', 'arClerk', from('businessDays', 'days', 3)),
  rule('receiptNotPostedLong', 'daily', 'creditManager', from('businessDays', 'days', 5)),
  rule('unidentifiedOld', 'daily', 'arClerk', above('businessDays', 'days', 5)),
  rule('unidentifiedLarge', 'daily', 'arClerk', above('amount', 'euroCents', euro(10_000))),
  rule('creditBalanceOld', 'weekly', 'arClerk', above('days', 'days', 90)),
  rule('creditBalanceLarge', 'weekly', 'arClerk', above('amount', 'euroCents', euro(1_000))),
  rule('debitReturned', 'now', 'collector', happened),
  rule('debitReturnedLarge', 'now', 'creditManager legal cfo', from('amount', 'euroCents', euro(10_000))),
  rule('insolvency', 'now', 'collector creditManager legal', happened),
  rule('insolvencyLarge', 'now', 'cfo', from('amount', 'euroCents', euro(10_000))),
];

const accountAlerts: readonly AlertRule[] = [
  rule(
    'punctualNowLate',
    'digest',
    'collector salesOwner',
    above('daysLate', 'days', 7),
    from('amount', 'euroCents', euro(5_000)),
  ),
  rule(
    'beyond60Days',
    'digest',
    'collector salesOwner creditManager',
    from('beyond60Days', 'euroCents', euro(10_000)),
  ),
  rule(
    'limitNearlyUsed',
    'digest',
    'collector salesOwner creditManager',
    from('limitUsed', 'percentHundredths', 9_000),
  ),
  rule('riskWorse', 'digest', 'collector salesOwner creditManager', happened),
  rule('largeItemOverdue', 'now', 'collector creditManager', from('amount', 'euroCents', euro(25_000))),
  rule('largeReceipt', 'now', 'collector creditManager', from('amount', 'euroCents', euro(50_000))),
  rule('largePromiseBroken', 'now', 'collector creditManager', from('amount', 'euroCents', euro(10_000))),
  rule('limitExceeded', 'now', 'collector creditManager', above('limitUsed', 'percentHundredths', 10_000)),
  rule('orderBlocked', 'now', 'collector creditManager', above('workingMinutes', 'minutes', 240)),
  rule('insurerDateNear', 'digest', 'creditManager', below('days', 'days', 21)),
  rule('insurerDateNext', 'now', 'creditManager', below('days', 'days', 6)),
];

const disputeAlerts: readonly AlertRule[] = [
  { ...rule('disputeOutOfControl', 'now', 'cfo', happened), again: 'never' },
  { ...rule('disputeDecisionWanted', 'now', 'disputeOwner', happened), again: 'never' },
  { ...rule('disputeDateNear', 'digest', 'disputeOwner', happened), again: 'never' },
  rule('disputePastDate', 'digest', 'disputeOwner superior', happened),
  rule('sameProblemAgain', 'weekly', 'creditManager head', from('count', 'count', 3)),
];

/** Told to the collectors it names: what is theirs now, and what no longer is. */
export const accountsMoved = 'accountsMoved';

const companyAlerts: readonly AlertRule[] = [
  rule('disputedShare', 'monthEnd', 'cfo creditManager', above('share', 'percentHundredths', 500)),
  rule('beyond90Share', 'monthEnd', 'cfo creditManager', above('share', 'percentHundredths', 800)),
  rule('effectivenessLow', 'monthEnd', 'cfo creditManager', below('share', 'percentHundredths', 7_500)),
  rule('dsoRising', 'monthEnd', 'cfo creditManager', from('moreDays', 'days', 3)),
  rule('complaints', 'now', 'it creditManager', from('share', 'percentHundredths', 10)),
  rule('hardBounces', 'now', 'it creditManager', from('share', 'percentHundredths', 200)),
  rule('mailLate', 'now', 'it creditManager', above('days', 'days', 1)),
  rule('bankDetailsChange', 'now', 'cfo creditManager it', happened),
  rule('rightsRaised', 'now', 'cfo creditManager it', happened),
  rule('breakGlass', 'now', 'cfo creditManager it', happened),
  rule('outsiderReadsMuch', 'now', 'it creditManager', happened),
  { ...rule(accountsMoved, 'now', 'collector', happened), again: 'never' },
];

export const defaultAlertRules: readonly AlertRule[] = [
  ...ledgerAlerts,
  ...accountAlerts,
  ...disputeAlerts,
  ...companyAlerts,
];
