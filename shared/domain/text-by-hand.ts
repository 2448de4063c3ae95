/**
 * A reminder whose text a person chose, for one mail to many: what may be asked for, the gaps, ceilings and releases
 * are those of any reminder; the steps due by then that are no firmer than it count as done (`defaults.md` §4.1).
 * From: a mailing to a segment. Next: `evaluate-account.ts`, which the gate asks again before it goes out.
 */
import type { AccountClaims } from './account-claims.ts';
import type { WithheldItem } from './dunning-facts.ts';
import type { DunningFrame, DunningInput } from './dunning-input.ts';
import { reaches, stageUnder } from './item-step.ts';
import { subtract, sum } from './money.ts';
import type { Claimed } from './net-claims.ts';
import { stepFrom, type PlannedStep } from './planned-step.ts';
import { channelOf, isBeforeDue, toneRank, type Policy, type PolicyStep, type Tone } from './policy.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** Reminders a collector may send by hand; a final notice goes by its policy and the credit manager alone. */
export const handTexts = ['T2', 'T3', 'T4'] as const;
export type HandText = (typeof handTexts)[number];

/** What was chosen, and the mailing it was chosen for; by letter, one goes along with the mail (R30). */
export type ByHand = { text: HandText; mailing: string; isLetter?: true };

const toneOf: Readonly<Record<HandText, Tone>> = { T2: 'friendly', T3: 'clear', T4: 'firm' };
const fromEuroCents = 2_500;

type Found = { step?: PlannedStep; refused: readonly WithheldItem[] };

export const stepByHand = (
  { text, isLetter }: ByHand,
  claims: AccountClaims,
  input: DunningInput,
  frame: DunningFrame,
): Found => {
  const { claimed, isAtFinal } = claims;
  const all = (reason: WithheldReason): Found => ({
    refused: claimed.map(({ standing }) => ({ itemId: standing.item.id, reason })),
  });
  if (claimed.length === 0) return { refused: [] };
  if (isAtFinal) return all('at-final');
  if (!isEnough(claims, frame)) return all('below-minimum');
  const done = claimed.filter((one) => isDoneBy(one, toneOf[text]));
  const stage = Math.max(0, ...claimed.map((one) => stageOf(one, done, input.policy)));
  return {
    step: stepFrom(
      policyStep(text, isLetter === true ? 'letter' : 'mail', stage, input.policy),
      done,
      claims,
      input,
      frame,
    ),
    refused: [],
  };
};

const isDoneBy = ({ due }: Claimed, tone: Tone): boolean =>
  due !== undefined && channelOf(due.step.act) === 'mail' && toneRank(due.step.tone) <= toneRank(tone);

const stageOf = (one: Claimed, done: readonly Claimed[], policy: Policy): number =>
  done.includes(one) ? one.stage : stageUnder(one.standing.item, policy);

const isEnough = ({ byCurrency }: AccountClaims, frame: DunningFrame): boolean =>
  [...byCurrency].some(([currency, { claimed, credits }]) => {
    const owed = subtract(sum(...claimed.map(({ standing }) => standing.claim)), credits);
    return owed > 0 && reaches(owed, currency, fromEuroCents, frame) === true;
  });

/** As the policy itself sends the text: who releases it, who gets a copy. */
const policyStep = (text: HandText, act: 'mail' | 'letter', stage: number, { steps }: Policy): PolicyStep => {
  const own = steps.find((step) => step.text === text && step.act === 'mail' && !isBeforeDue(step));
  const { releasedBy, withinDays, payByDays, copyTo } = own ?? {};
  return {
    ...{ stage, day: 1, act, tone: toneOf[text], fromEuroCents, text, does: [] },
    ...{ releasedBy, withinDays, payByDays, copyTo },
  };
};
