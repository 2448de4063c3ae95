/**
 * The steps of a case between its opening and its decision, and from there to its end.
 * From: people and their roles; `decide-dispute.ts` decides. Next: facts, or a refusal. The same step again says
 * nothing.
 */
import type { Day } from './calendar.ts';
import type { DisputeCode, DisputeRules } from './dispute-codes.ts';
import type { Dispute, DisputeDecision, DisputeFact, DisputeState } from './dispute.ts';
import type { AmountMinor } from './money.ts';
import { done, refuse, type Outcome, type Refusal } from './outcome.ts';

export type StepRefusal =
  ('wrong-state' | 'no-more-time' | 'posting-missing' | 'cause-missing') | ('owner-same' | 'code-same');
type Steps = Outcome<DisputeFact[], StepRefusal>;
type Who = { by: string; on: Day };

const wrongState = ({ id, state }: Dispute, what: string): Refusal<'wrong-state'> =>
  refuse('wrong-state', `${id} is ${state}: ${what}`);

const open: readonly DisputeState[] = ['opened', 'validated', 'factsKnown'];
export const isUndecided = ({ state }: Pick<Dispute, 'state'>): boolean => open.includes(state);

export const validateDispute = (dispute: Dispute, { by, on }: Who): Steps => {
  if (dispute.state !== 'opened')
    return isUndecided(dispute) ? done([]) : wrongState(dispute, 'nothing to validate');
  return done([{ kind: 'disputeValidated', by, on }]);
};

export const findFacts = (dispute: Dispute, { by, on }: Who): Steps => {
  if (dispute.state === 'factsKnown') return done([]);
  return dispute.state === 'validated'
    ? done([{ kind: 'disputeFactsFound', by, on }])
    : wrongState(dispute, 'facts are found once it is validated');
};

/** Only once, and no more than the rules give. */
export const giveTime = (dispute: Dispute, days: number, { by, on }: Who, rules: DisputeRules): Steps => {
  if (!isUndecided(dispute)) return wrongState(dispute, 'it is decided');
  if (dispute.extraDays > 0 || days < 1 || days > rules.moreTimeDays)
    return refuse('no-more-time', `${dispute.id} gets ${rules.moreTimeDays} business days at most, once`);
  return done([{ kind: 'disputeGivenTime', days, by, on }]);
};

/** Another code brings its own recipe, and its clock begins anew. */
export const recodeDispute = (
  dispute: Dispute,
  {
    recipe,
    recipeVersion,
    owner,
    at,
  }: { recipe: DisputeCode; recipeVersion: number; owner: string; at: string },
  { by, on }: Who,
): Steps => {
  if (!isUndecided(dispute)) return wrongState(dispute, 'it is decided');
  if (dispute.recipe.code === recipe.code) return refuse('code-same', `${dispute.id} is ${recipe.code}`);
  return done([
    { kind: 'disputeRecoded', recipe, recipeVersion, by, on },
    { kind: 'disputeReassigned', owner, department: recipe.owners[0], by, on, at },
  ]);
};

export const reassignDispute = (
  dispute: Dispute,
  { owner, department, at }: { owner: string; department: string; at: string },
  { by, on }: Who,
): Steps => {
  if (!isUndecided(dispute)) return wrongState(dispute, 'it is decided');
  if (dispute.hands.at(-1)?.owner === owner) return refuse('owner-same', `${owner} has ${dispute.id}`);
  return done([{ kind: 'disputeReassigned', owner, department, by, on, at }]);
};

/** What a decision asks of the books; empty when it was rejected, which needs no posting. */
export type AccountingEffect = { kind: 'creditNote' | 'refund' | 'writeOff'; amount: AmountMinor };

export const effectOf = ({ split }: DisputeDecision): AccountingEffect[] =>
  (
    [
      { kind: 'creditNote', amount: split.credited },
      { kind: 'refund', amount: split.repaid },
      { kind: 'writeOff', amount: split.writtenOff },
    ] as const
  ).filter(({ amount }) => amount > 0);

/** `proposals`: the ids under which the effects were proposed to the books, one each. */
export const proposeEffect = (dispute: Dispute, proposals: readonly string[], on: Day): Steps => {
  if (dispute.state === 'effectProposed') return done([]);
  if (dispute.state !== 'decided' || dispute.decision === undefined)
    return wrongState(dispute, 'an effect is proposed once it is decided');
  if (proposals.length !== effectOf(dispute.decision).length)
    return refuse('posting-missing', `${dispute.id} has ${effectOf(dispute.decision).length} effects`);
  return done([{ kind: 'disputeEffectProposed', proposals: [...proposals], on }]);
};

/** `posted`: proposals the books confirmed. Closing needs all of them, a cause and its department. */
export const closeDispute = (
  dispute: Dispute,
  { cause, department, posted }: { cause: string; department: string; posted: ReadonlySet<string> },
  { by, on }: Who,
): Steps => {
  if (dispute.state === 'closed') return done([]);
  if (dispute.state !== 'effectProposed') return wrongState(dispute, 'its effect is not proposed');
  if (cause === '' || department === '')
    return refuse('cause-missing', `${dispute.id} is closed with a cause and a department`);
  const waiting = dispute.proposals.filter((id) => !posted.has(id));
  if (waiting.length > 0) return refuse('posting-missing', `not posted yet: ${waiting.join(', ')}`);
  return done([{ kind: 'disputeClosed', cause, department, by, on }]);
};
