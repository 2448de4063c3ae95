/**
 * A step of a policy as the message it becomes: its id, its digest, and the hash of all that decided it.
 * From: `decide-plan.ts`, the gate, previews. Next: `messagePlanned`; two of the same digest ask the same.
 */
import { addDays, daysBetween, type Day } from './calendar.ts';
import type { PlannedMessage } from './dunning-facts.ts';
import { blocksOf, type DunningFrame, type DunningInput } from './dunning-input.ts';
import type { PayerHabit } from './dunning-position.ts';
import type { PlannedStep } from './planned-step.ts';

/** Items one entry can move; the rest of a message follows in entries of its own. */
export const mostCarriedAtOnce = 90;

/** `rule` is what chose the policy; `habit`: how the payer pays, where it was learned anew. */
export type PlanInput = DunningInput & {
  rule: string;
  habit?: PayerHabit;
  /** The message that waits for a person, as it was planned. */
  waiting?: PlannedMessage;
};

/** All that decided: the account by the hash of its last entry, the policy, the payer, the company's day and blocks. */
export const inputsOf = ({ head, policy, payer, rule }: PlanInput, frame: DunningFrame): string => {
  const { companyId, accountId, version, lastHash } = head;
  const { usualLatenessDays, payRunsOn, contactProblem, invoiceCount, zone } = payer;
  const text = JSON.stringify([
    ...[
      companyId,
      accountId,
      version,
      lastHash,
      policy.id,
      policy.version,
      rule,
      frame.today,
      frame.goLiveOn ?? null,
    ],
    ...[
      blocksOf(frame, head),
      usualLatenessDays ?? null,
      payRunsOn ?? [],
      contactProblem ?? null,
      invoiceCount,
      zone,
    ],
  ]);
  return frame.hash(text);
};

/** `message:<company day>:<channel>`: one reminder per account, day and channel (D1). */
export const messageIdOf = ({ today }: Pick<DunningFrame, 'today'>): string => `message:${today}:mail`;

/** @throws when the step has no tone or text: no mail of a policy is without. */
export const messageOf = (step: PlannedStep, input: PlanInput, frame: DunningFrame): PlannedMessage => {
  const { tone, text, stage, policyId, act, needs, sums, items, credits, aside } = step;
  if (tone === undefined || text === undefined || (act !== 'mail' && act !== 'letter'))
    throw new Error(`stage ${stage} of ${policyId} is no message`);
  return {
    ...{ id: messageIdOf(frame), act, stage, tone, text, policyId, plannedOn: frame.today, needs },
    ...{ digest: digestOfStep(step, frame), sums, items, credits, aside },
    ...(step.unallocated === undefined ? {} : { unallocated: step.unallocated }),
    ...(step.payByOn === undefined ? {} : { payByOn: step.payByOn }),
    ...(step.hasLetter ? { hasLetter: true } : {}),
    ...(step.also.length === 0 ? {} : { also: step.also }),
    ...(step.copyTo.length === 0 ? {} : { copyTo: step.copyTo }),
    ...(step.notBefore === undefined ? {} : { notBefore: step.notBefore }),
    ...(input.byHand === undefined ? { policyVersion: input.policy.version } : { byHand: input.byHand }),
    inputs: inputsOf(input, frame),
  };
};

/** The same stage, text, items and sums make the same message. */
export const digestOfStep = (step: PlannedStep, { hash }: Pick<DunningFrame, 'hash'>): string => {
  const { stage, tone, text, policyId, sums, items, credits, unallocated } = step;
  const asked = items.map(({ itemId, stage: own, asked: amount, isDue }) => [itemId, own, amount, isDue]);
  const currencies = Object.entries(sums).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const loose = unallocated === undefined ? [] : [unallocated];
  return hash(
    JSON.stringify([policyId, stage, tone ?? null, text ?? null, currencies, asked, credits, ...loose]),
  );
};

/** What it is judged by again: a text that a person chose stays chosen. */
export const asPlanned = ({ byHand }: PlannedMessage, input: PlanInput): PlanInput =>
  byHand === undefined ? input : { ...input, byHand };

/** Its days count from the day it goes out: it may have waited for a person. */
export const payByAt = (
  { payByOn, plannedOn }: Pick<PlannedMessage, 'payByOn' | 'plannedOn'>,
  today: Day,
): Day | undefined =>
  payByOn === undefined ? undefined : addDays(payByOn, Math.max(0, daysBetween(plannedOn, today)));
