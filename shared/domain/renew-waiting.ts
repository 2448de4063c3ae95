/**
 * What becomes of a reminder that waits for a person when something else is right by now: it is withdrawn with its
 * reason, and the same look plans anew. One that asks just what a new one would ask stays, and so does any while the
 * whole company is silent: that passes, and nothing goes out meanwhile.
 * From: `decide-plan.ts`, for the run and the preview alike. Next: `messageWithheld` before what is planned.
 * Nothing was sent, so that the new one may have the id of its day, be that the same (D1): whoever releases the old one
 * names its digest and is refused, and the claim is made of what the head says.
 */
import { blocksOf, type DunningFrame } from './dunning-input.ts';
import type { PlannedMessage } from './dunning-facts.ts';
import { asPlanned, digestOfStep, type PlanInput } from './planned-message.ts';
import { evaluateAccount, reasonOfPending, type Evaluation } from './evaluate-account.ts';
import type { Fact } from './facts.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** At most one fact: the message that waits does not go out. */
export const withdrawnFacts = (input: PlanInput, frame: DunningFrame): Fact[] => {
  const { waiting, head } = input;
  const { message } = head.dunning;
  if (waiting === undefined || message?.state !== 'awaiting' || message.digest !== waiting.digest) return [];
  if (blocksOf(frame, head).length > 0) return [];
  const now = evaluateAccount(asPlanned(waiting, input), frame, true);
  const step = now.steps.find(({ channel }) => channel === 'mail');
  if (step !== undefined && digestOfStep(step, frame) === message.digest) return [];
  const found = whyOther(waiting, now, new Set(input.items.map(({ id }) => id)));
  const reasons = found.length > 0 ? found : [reasonOfPending(message.state, message.needs)];
  return [{ kind: 'messageWithheld', messageId: message.id, reasons, on: frame.today }];
};

/** Why the items it was for are not asked for any more, or not at that stage; then what keeps the whole account. */
const whyOther = (
  waiting: PlannedMessage,
  { account, items, steps }: Evaluation,
  open: ReadonlySet<string>,
): WithheldReason[] => {
  const reasonOf = new Map(items.map(({ itemId, reason }) => [itemId, reason]));
  const mail = steps.find(({ channel }) => channel === 'mail');
  const stageNow = new Map((mail?.items ?? []).map(({ itemId, stage, isDue }) => [itemId, isDue && stage]));
  const found = waiting.items.flatMap(({ itemId, stage, isDue }): WithheldReason[] => {
    if (!open.has(itemId)) return ['paid'];
    const now = stageNow.get(itemId);
    const isAsked = now !== undefined && (now === stage || !isDue);
    const reason = reasonOf.get(itemId);
    return isAsked || reason === undefined ? [] : [reason];
  });
  return [...new Set([...found, ...account])];
};
