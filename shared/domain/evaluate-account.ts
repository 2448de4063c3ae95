/**
 * What the policy of an account asks for at an instant: steps, or every reason why not; when to look again. The one
 * function behind the run, the preview, the replay and the gate.
 * From: `decide-plan.ts`, previews. Next: facts, or a list for a person. Writes nothing, knows no clock.
 */
import { claimsOf, type AccountClaims } from './account-claims.ts';
import { addDays, type Day } from './calendar.ts';
import { limitOfCall, limitOfMail, type Limit } from './contact-limits.ts';
import type { WithheldItem } from './dunning-facts.ts';
import { blocksOf, type DunningFrame, type DunningInput } from './dunning-input.ts';
import { isAskedByCalls, mailAgain } from './mail-after-calls.ts';
import { netClaims, type Netted } from './net-claims.ts';
import { channelOf, toneRank, type Channel, type PolicyStep } from './policy.ts';
import { stepFrom, type PlannedStep } from './planned-step.ts';
import { stepByHand } from './text-by-hand.ts';
import { passingReasons, type WithheldReason } from './withheld-reasons.ts';

export type Evaluation = {
  /** At most one of each channel. */
  steps: readonly PlannedStep[];
  /** What keeps the whole account silent. */
  account: readonly WithheldReason[];
  items: readonly WithheldItem[];
  /** ISO instant; absent: not before something happens to the account. */
  nextReviewAt?: string;
};

/** All that holds for an account at the frame's instant. @param isGate the message planned before is the one asked about. */
export const evaluateAccount = (input: DunningInput, frame: DunningFrame, isGate = false): Evaluation => {
  const claims = claimsOf(input, frame);
  const steps: PlannedStep[] = [];
  const account: WithheldReason[] = [];
  const items: WithheldItem[] = [...claims.withheld];
  const days: Day[] = [...claims.days, ...(input.trackDays ?? [])];
  for (const channel of ['mail', 'call', 'task'] as const) {
    const found = stepOfChannel(channel, claims, input, frame);
    items.push(...found.refused);
    if (found.step === undefined) continue;
    const why = keptBack(found.step, input, frame, isGate);
    account.push(...why.map(({ reason }) => reason));
    days.push(...why.flatMap(({ on }) => (on === undefined ? [] : [on])));
    if (why.length === 0) steps.push(found.step);
  }
  const passes = [...account, ...items.map(({ reason }) => reason)].some((one) =>
    passingReasons.includes(one),
  );
  return {
    steps,
    account: [...new Set(account)],
    items,
    ...reviewOn([...days, ...(passes || steps.length > 0 ? [addDays(frame.today, 1)] : [])], frame),
  };
};

const reviewOn = (days: readonly Day[], { today, reviewAt }: DunningFrame): { nextReviewAt?: string } => {
  const next = days.reduce<Day | undefined>(
    (first, day) => (day > today && (first === undefined || day < first) ? day : first),
    undefined,
  );
  return next === undefined ? {} : { nextReviewAt: reviewAt(next) };
};

type Found = { step?: PlannedStep; refused: readonly WithheldItem[] };

/** Overdue items go before those not yet due; each currency is netted by itself, the highest stage speaks. */
const stepOfChannel = (
  channel: Channel,
  claims: AccountClaims,
  input: DunningInput,
  frame: DunningFrame,
): Found => {
  if (input.byHand !== undefined)
    return channel === 'mail' ? stepByHand(input.byHand, claims, input, frame) : { refused: [] };
  const isOfStep = ({ act }: PolicyStep): boolean => channelOf(act) === channel;
  const netted = [...claims.byCurrency].map(([currency, { claimed, credits }]) =>
    netClaims(claimed, credits, currency, isOfStep, frame),
  );
  const refused = netted.flatMap((one) => one.refused);
  const step = highest(netted);
  if (step === undefined) {
    const again = channel === 'mail' ? askedAgain(claims, input, frame) : undefined;
    return {
      ...(again ?? courtesyOf(channel, claims, input, frame)),
      refused: [...refused, ...(again?.refused ?? [])],
    };
  }
  const carried = netted.flatMap((one) => one.carried);
  const softer = channel === 'mail' && claims.isAtFinal && toneRank(step.tone) < toneRank('final');
  if (softer) return { refused: [...refused, ...carried.map(({ standing }) => late(standing.item.id))] };
  return { step: stepFrom(step, carried, claims, input, frame), refused };
};

/** What calls in a row ask for where no step is due: nothing softer beside a final notice. */
const askedAgain = (claims: AccountClaims, input: DunningInput, frame: DunningFrame): Found | undefined => {
  if (!isAskedByCalls(input.head.dunning, frame.today)) return undefined;
  const step = mailAgain(claims, input, frame);
  if (step === undefined) return undefined;
  if (claims.isAtFinal) return { refused: claims.claimed.map(({ standing }) => late(standing.item.id)) };
  return { step: stepFrom(step, [], claims, input, frame), refused: [] };
};

const late = (itemId: string): WithheldItem => ({ itemId, reason: 'at-final' });

const highest = (netted: readonly Netted[]): PolicyStep | undefined =>
  netted.reduce<PolicyStep | undefined>(
    (best, { step }) => (step !== undefined && (best === undefined || step.stage > best.stage) ? step : best),
    undefined,
  );

const courtesyOf = (
  channel: Channel,
  claims: AccountClaims,
  input: DunningInput,
  frame: DunningFrame,
): Pick<Found, 'step'> => {
  const due = claims.notYetDue.filter(({ due: { step } }) => channelOf(step.act) === channel);
  const [first] = due;
  if (first === undefined || (channel === 'mail' && claims.isAtFinal)) return {};
  const together = due.filter(({ due: { step } }) => step === first.due.step);
  return { step: stepFrom(first.due.step, together, claims, input, frame) };
};

type KeptBack = { reason: WithheldReason; on?: Limit['on'] };

/** Why a step that is due does not happen now. */
const keptBack = (
  step: PlannedStep,
  input: DunningInput,
  frame: DunningFrame,
  isGate: boolean,
): KeptBack[] => {
  const { head, payer, policy } = input;
  const { dunning } = head;
  const { contacts = [], message, tasks = [] } = dunning;
  const tomorrow = addDays(frame.today, 1);
  const blocks = blocksOf(frame, head);
  if (blocks.length > 0) return blocks.map((reason) => ({ reason }));
  const question = { contacts, today: frame.today, rules: frame.rules, calendar: frame.calendar };
  if (step.channel === 'task') return [];
  if (step.channel === 'call') {
    const limit = limitOfCall(question);
    const isThere = tasks.some(({ act, stage }) => act === step.act && stage === step.stage);
    return limit !== undefined || isThere ? [limit ?? { reason: 'recent-contact', on: tomorrow }] : [];
  }
  // what becomes of it asks for no look: the account is looked at each day until it is known
  if (message !== undefined && !isGate)
    return [{ reason: reasonOfPending(message.state, message.needs), on: tomorrow }];
  if (payer.contactProblem !== undefined) return [{ reason: payer.contactProblem }];
  const limit = limitOfMail({
    ...{ ...question, gapDays: step.isPulled === true ? 0 : policy.gapDays },
    isAskedByCalls: isAskedByCalls(dunning, frame.today),
  });
  return limit === undefined ? [] : [limit];
};

/** A message on its way says what it waits for; one that is being sent counts as a contact made. */
export const reasonOfPending = (state: string, needs: readonly string[]): WithheldReason => {
  if (state === 'inDoubt') return 'in-doubt';
  if (needs.includes('draft')) return 'draft-mode';
  return state === 'awaiting' ? 'approval-waiting' : 'recent-contact';
};
