/**
 * A dunning policy: which step reaches a customer how many days from the due day, how, in which tone, from which
 * amount, by whom. Versioned data; a step is a row of the table in `defaults.md` §4.3.
 * From: `policy-defaults.ts`, or what a credit manager made of it. Next: evaluation, preview, replay.
 */
import { isSameJson } from './same-json.ts';

/** Softest first: a policy never goes back to a softer one for the same item. */
export const tones = ['courtesy', 'friendly', 'clear', 'firm', 'final'] as const;
export type Tone = (typeof tones)[number];

/** What a step is: who hears of it, and through what. A letter is a mail that is also posted. */
export const stepActs = ['mail', 'letter', 'call', 'task', 'review', 'decision'] as const;
export type StepAct = (typeof stepActs)[number];

/** Steps of one channel go out as one: a message, a call, a piece of work for somebody in the house. */
export type Channel = 'mail' | 'call' | 'task';
export const channelOf = (act: StepAct): Channel =>
  act === 'mail' || act === 'letter' ? 'mail' : act === 'call' ? 'call' : 'task';

export const duties = ['collector', 'anyCollector', 'creditManager', 'cfo', 'arClerk', 'salesOwner'] as const;
export type Duty = (typeof duties)[number];

export const textCodes = [
  ...(['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T5-K', 'T5-P', 'T6', 'T7', 'T8', 'T9'] as const),
  ...(['T10', 'T11', 'T12', 'T13', 'T14', 'T15', 'T16', 'T17', 'C1', 'C2', 'C3'] as const),
] as const;
export type TextCode = (typeof textCodes)[number];

export const stepExtras = ['holdProposal', 'salesTask', 'interestAndFixedSum'] as const;
export const copyRoles = ['financeContact', 'salesOwner', 'accountManager', 'orderingOffice'] as const;

export type PolicyStep = {
  /** The row: 1 is before the due day, 2 the first reminder. */
  stage: number;
  /** Calendar days after the due day; negative before it. */
  day: number;
  act: StepAct;
  /** None: nothing reaches the customer. */
  tone?: Tone | undefined;
  /** In euro cents, by `limitIn` in other currencies. Before the due day of the item, after it of the claim. */
  fromEuroCents: number;
  text?: TextCode | undefined;
  /** Who does it; empty: nobody is needed. */
  does: readonly Duty[];
  /** Who releases it before it goes out. */
  releasedBy?: Duty | undefined;
  /** Business days within which it is to be released or decided. */
  withinDays?: number | undefined;
  /** How many days the customer is given to pay. */
  payByDays?: number | undefined;
  /** A tracked letter beside the mail, from this amount. */
  letterFromEuroCents?: number | undefined;
  also?: readonly (typeof stepExtras)[number][] | undefined;
  copyTo?: readonly (typeof copyRoles)[number][] | undefined;
  /** Any of these must hold. */
  only?:
    | {
        firstInvoices?: number | undefined;
        usualLatenessDays?: number | undefined;
        isDiscountOpen?: true | undefined;
      }
    | undefined;
};

export const policyIds = ['standard', 'key', 'small', 'public', 'watch', 'debit'] as const;
export type PolicyId = string;

export type Policy = {
  id: PolicyId;
  version: number;
  author: string;
  /** The day it was made, and why. */
  madeOn: string;
  reason: string;
  /** In the order of stages, then days. */
  steps: readonly PolicyStep[];
  /** Days between messages to the account, and between stages of an item. */
  gapDays: number;
  /** Hold, agency or court are never named without this duty. */
  threatsNeed?: Duty | undefined;
};

export const toneRank = (tone: Tone | undefined): number => (tone === undefined ? -1 : tones.indexOf(tone));

/** Steps that come before the due day. */
export const isBeforeDue = ({ day }: PolicyStep): boolean => day < 0;

export const stepOf = ({ steps }: Policy, stage: number): PolicyStep | undefined =>
  steps.find((step) => step.stage === stage && !isBeforeDue(step));

/**
 * The stage of this policy an item stands at that was last reminded under another one: so that it goes on at the
 * first stage with a tone above its last.
 */
export const stageAfterChange = ({ steps }: Policy, last: Tone | undefined): number => {
  const rank = toneRank(last);
  const softer = steps.filter(
    (step) => !isBeforeDue(step) && step.tone !== undefined && toneRank(step.tone) <= rank,
  );
  const next = steps.find((step) => !isBeforeDue(step) && toneRank(step.tone) > rank);
  if (next !== undefined) return next.stage - 1;
  return softer.at(-1)?.stage ?? 0;
};

/**
 * The tone a step leaves behind on its items. A decision comes after the final notice and says nothing itself: under
 * another policy nothing softer may follow it.
 */
export const toneLeftBy = ({ act, tone }: { act: string; tone?: Tone | undefined }): { tone?: Tone } => {
  const left = act === 'decision' ? 'final' : tone;
  return left === undefined ? {} : { tone: left };
};

export type PolicyDifference = { stage: number; day: number; before?: PolicyStep; after?: PolicyStep };

/** What another policy does otherwise, step by step (R26); steps that say the same are left out. */
export const policyDifferences = (before: Policy, after: Policy): PolicyDifference[] => {
  const keys = new Map<string, PolicyDifference>();
  const at = (step: PolicyStep, count: number): string =>
    `${step.stage} ${isBeforeDue(step) ? 0 : 1} ${count}`;
  const note = (steps: readonly PolicyStep[], side: 'before' | 'after'): void => {
    const counts = new Map<number, number>();
    for (const step of steps) {
      const count = counts.get(step.stage) ?? 0;
      counts.set(step.stage, count + 1);
      const key = at(step, count);
      const { stage, day } = step;
      keys.set(key, { ...(keys.get(key) ?? { stage, day }), [side]: step });
    }
  };
  note(before.steps, 'before');
  note(after.steps, 'after');
  return [...keys.values()]
    .filter((one) => JSON.stringify(one.before) !== JSON.stringify(one.after))
    .toSorted((a, b) => a.stage - b.stage || a.day - b.day);
};

type Made = Pick<Policy, 'author' | 'madeOn' | 'reason'> & {
  /** How many sets of policies were in force before: no number is ever given twice, be a policy away for a while. */
  after: number;
};

/** A policy that does otherwise than before is another version, by whoever proposed it; the others stay as they are. */
export const numberedPolicies = (
  proposed: readonly Policy[],
  inForce: readonly Policy[],
  { after, ...made }: Made,
): Policy[] =>
  proposed.map((policy) => {
    const former = inForce.find(({ id }) => id === policy.id);
    if (former !== undefined && isSameJson(rulesOf(former), rulesOf(policy))) return former;
    return { ...policy, ...made, version: Math.max(former?.version ?? 0, after) + 1 };
  });

const rulesOf = ({ id, steps, gapDays, threatsNeed }: Policy): object => ({
  ...{ id, steps, gapDays },
  ...(threatsNeed === undefined ? {} : { threatsNeed }),
});
