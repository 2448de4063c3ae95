/**
 * Rules common to all policies (`defaults.md` §4.1): gaps, ceilings, hours, what goes live how. Data of a company.
 * From: `defaultDunningRules`, or a version a credit manager made. Next: evaluation and gate.
 */
import type { Tone } from './policy.ts';

/** No more than `most` within `days`, the day of the question included. */
export type Ceiling = { most: number; days: number };

export type DunningRules = {
  /** Minutes after midnight, company time: when accounts are looked at. */
  reviewAtMinute: number;
  /** Minutes after midnight in the recipient's zone. */
  contactFromMinute: number;
  contactUntilMinute: number;
  automated: readonly Ceiling[];
  /** Automated and people's mails and talks together. */
  withPeople: readonly Ceiling[];
  calls: { mostADay: number; most: number; inBusinessDays: number; restAfterTalkBusinessDays: number };
  /** A call not done by then goes to the manager's list. */
  callOverdueBusinessDays: number;
  /** A person's contact moves the next automatic step. */
  personRestsBusinessDays: number;
  replyPausesBusinessDays: number;
  payRun: { mostUsualLatenessDays: number; mostWaitDays: number };
  goLive: { draftDays: number; highestTone: Tone; reviewListAfterDays: number };
};

export const defaultDunningRules: DunningRules = {
  reviewAtMinute: 8 * 60 + 30,
  contactFromMinute: 8 * 60,
  contactUntilMinute: 18 * 60,
  automated: [
    { most: 1, days: 1 },
    { most: 2, days: 7 },
    { most: 5, days: 30 },
  ],
  withPeople: [{ most: 3, days: 7 }],
  calls: { mostADay: 2, most: 6, inBusinessDays: 5, restAfterTalkBusinessDays: 3 },
  callOverdueBusinessDays: 3,
  personRestsBusinessDays: 5,
  replyPausesBusinessDays: 3,
  payRun: { mostUsualLatenessDays: 7, mostWaitDays: 7 },
  goLive: { draftDays: 14, highestTone: 'clear', reviewListAfterDays: 90 },
};
