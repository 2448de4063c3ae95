/**
 * The gate: whether a planned message is still right to send at this instant (W4, D4, D5). It looks at the account again
 * with the same function that planned it; what was paid, promised, disputed or held since changes what comes out.
 * From: the mail workflow, under the head's etag. Next: claim, wait, plan anew, or withhold with the reason.
 */
import type { AccountItem } from './account.ts';
import { textOfInstant } from './calendar.ts';
import type { PlannedMessage } from './dunning-facts.ts';
import type { DunningFrame } from './dunning-input.ts';
import { asPlanned, digestOfStep, messageOf, type PlanInput } from './planned-message.ts';
import { evaluateAccount, type Evaluation } from './evaluate-account.ts';
import type { WithheldReason } from './withheld-reasons.ts';

export type GateAnswer =
  | { is: 'send' }
  /** Stays planned; asked again at this instant. */
  | { is: 'wait'; reason: WithheldReason; until?: string }
  /** Something else is right now: this in its place. */
  | { is: 'replan'; message: PlannedMessage; reasons: readonly WithheldReason[] }
  | { is: 'withhold'; reasons: readonly WithheldReason[] }
  /** It is not the message this account waits for, or it was claimed before. */
  | { is: 'gone' };

/** @param planned as it was planned; `known.items` all open ones and those of the message. */
export const passGate = (planned: PlannedMessage, known: PlanInput, frame: DunningFrame): GateAnswer => {
  const { message } = known.head.dunning;
  if (message === undefined || message.id !== planned.id || message.digest !== planned.digest)
    return { is: 'gone' };
  if (message.state === 'awaiting')
    return { is: 'wait', reason: message.needs.includes('draft') ? 'draft-mode' : 'approval-waiting' };
  if (message.state !== 'planned') return { is: 'gone' };
  const input = asPlanned(planned, known);
  const now = evaluateAccount(input, frame, true);
  const step = now.steps.find(({ channel }) => channel === 'mail');
  if (step === undefined) return { is: 'withhold', reasons: whyNot(planned, now, input.items) };
  const time = frame.contactTime(input.payer);
  if (!time.isOpen) return { is: 'wait', reason: time.reason, until: textOfInstant(time.opensAt) };
  if (digestOfStep(step, frame) === planned.digest) return { is: 'send' };
  const isGentler = step.stage <= planned.stage && step.needs.every((need) => planned.needs.includes(need));
  const needs = isGentler ? [] : step.needs;
  const reasons = whyNot(planned, now, input.items);
  return { is: 'replan', message: { ...messageOf(step, input, frame), id: planned.id, needs }, reasons };
};

/** Reasons of the account, then of each item that is no longer asked for; `paid` for what is open no more. */
const whyNot = (
  planned: PlannedMessage,
  { account, items, steps }: Evaluation,
  known: readonly AccountItem[],
): WithheldReason[] => {
  const reasonOf = new Map(items.map(({ itemId, reason }) => [itemId, reason]));
  const asked = new Set(steps.flatMap((step) => step.items.map(({ itemId }) => itemId)));
  const openOf = new Map(known.map(({ id, open }) => [id, open]));
  const found = planned.items.flatMap(({ itemId }): WithheldReason[] => {
    if (asked.has(itemId)) return [];
    if ((openOf.get(itemId) ?? 0) === 0) return ['paid'];
    const reason = reasonOf.get(itemId);
    return reason === undefined ? [] : [reason];
  });
  const all = [...new Set([...account, ...found])];
  return all.length === 0 && steps.length === 0 ? ['recent-contact'] : all;
};
