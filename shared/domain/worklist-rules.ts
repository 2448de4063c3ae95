/**
 * What a point of the worklist is made of: rates and limits as a company's versioned setting.
 * From: the defaults below, or setting `worklist`.
 * Next: `worklist-score.ts`. One point is one unit of the list's currency gained by acting today instead of in a
 * week. Percents are in hundredths of a percent; limits in euro cents (`euro-limits.ts`).
 */

export const riskClasses = ['A', 'B', 'C', 'D'] as const;
export type RiskClass = (typeof riskClasses)[number];

export const touches = ['call', 'mail'] as const;
/** How the account would be spoken to; never chosen by the amount, or more money could rank lower. */
export type Touch = (typeof touches)[number];

export type WorklistRules = {
  /** What a year of waiting costs, and how many days acting today gains. */
  time: { yearlyPercentHundredths: number; days: number };
  /** Weekly loss by days overdue, from the youngest; an age is in the last row it reaches. */
  decay: readonly { fromDays: number; percentHundredths: number }[];
  /** What decay is multiplied by, in tenths. */
  riskTenths: Readonly<Record<RiskClass, number>>;
  brokenPromise: { percentHundredths: number; plusEuroCents: number };
  silence: { days: number; ofTimePercentHundredths: number };
  firstSign: { usualDaysAtMost: number; nowDaysAbove: number; percentHundredths: number };
  blockedOrder: { percentHundredths: number };
  missedCeiling: { plusEuroCents: number };
  /** The nearest first: the first row a date is within counts. */
  insurerDate: readonly { withinDays: number; percentHundredths: number }[];
  justSpoken: { businessDays: number; lessPercentHundredths: number };
  touchEuroCents: Readonly<Record<Touch, number>>;
  /** Less than this is not worth a place. */
  leastClaimableEuroCents: number;
};

export const defaultWorklistRules: WorklistRules = {
  time: { yearlyPercentHundredths: 800, days: 7 },
  decay: [
    { fromDays: 1, percentHundredths: 10 },
    { fromDays: 31, percentHundredths: 25 },
    { fromDays: 61, percentHundredths: 60 },
    { fromDays: 91, percentHundredths: 50 },
    { fromDays: 181, percentHundredths: 30 },
  ],
  riskTenths: { A: 5, B: 10, C: 20, D: 40 },
  brokenPromise: { percentHundredths: 100, plusEuroCents: 2_500 },
  silence: { days: 14, ofTimePercentHundredths: 5_000 },
  firstSign: { usualDaysAtMost: 2, nowDaysAbove: 7, percentHundredths: 20 },
  blockedOrder: { percentHundredths: 50 },
  missedCeiling: { plusEuroCents: 1_000 },
  insurerDate: [
    { withinDays: 5, percentHundredths: 1_000 },
    { withinDays: 20, percentHundredths: 200 },
  ],
  justSpoken: { businessDays: 3, lessPercentHundredths: 8_000 },
  touchEuroCents: { call: 900, mail: 10 },
  leastClaimableEuroCents: 5_000,
};
