/**
 * Decides a case: by who has it or is above them, up to what their role may; never by who opened it.
 * From: staff routes, the addressed link. Next: the customer is told in the same append, or in the one that posts what is
 * given up (`propose-effect.ts`, by the event); what is upheld is asked for again the same day.
 */
import type { CaseChanged, DecideBody, Told } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { decideDispute, type DecideRequest } from '../../shared/domain/decide-dispute.ts';
import { decisionRoles, type DecisionRole } from '../../shared/domain/dispute-codes.ts';
import type { Dispute, DisputeDecision, DisputeFact } from '../../shared/domain/dispute.ts';
import { sum } from '../../shared/domain/money.ts';
import { itemIdsOf } from '../../shared/domain/note-dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { changeCase, textBy, type CaseChange } from './change-case.ts';
import { handOf, type DisputeCall, type DisputeFrame, type DisputeParts } from './dispute-parts.ts';
import { changedAnswer } from './open-case.ts';
import { reachCase, type Reached } from './reach-case.ts';

/** What a role of the matrix decides where the case is nobody's of theirs. */
const rolesOfPrincipals = { EXE: 'cfo', CRM: 'creditManager', CSR: 'owner' } as const;

/** The highest role a caller has towards a case. */
const roleOf = (frame: DisputeFrame, dispute: Dispute, caller: Caller): DecisionRole | undefined => {
  const own = handOf(frame, dispute, caller.id ?? '');
  const byRole = Object.entries(rolesOfPrincipals)
    .filter(([principal]) => caller.principals.some((one) => one === principal))
    .map(([, role]) => role);
  const all = [...byRole, ...(own === undefined ? [] : [own])];
  return all.toSorted((a, b) => decisionRoles.indexOf(a) - decisionRoles.indexOf(b)).at(-1);
};

export const decideCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  place: { company: string; case: string },
  body: DecideBody,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const reached = await reachCase(parts, call, caller, place);
  if (!reached.ok) return reached;
  const role = roleOf(reached.value.frame, reached.value.dispute, caller);
  if (role === undefined) return refuse('above-authority', 'The case is not yours to decide.');
  return decideReached(parts, call, reached.value, role, body);
};

/** Whether a decision would stand, without making it. */
export const mayDecide = (
  { settings, today }: DisputeFrame,
  dispute: Dispute,
  { role, by }: { role: DecisionRole | undefined; by: string },
  { reason, cause: _cause, department: _department, ...amounts }: DecideBody,
): Outcome<unknown, ProblemCode> => {
  if (role === undefined) return refuse('above-authority', 'The case is not yours to decide.');
  const isContested = (dispute.contestedBy ?? []).length > 0;
  const request = { ...said(amounts), by, role, on: today, reason, isContested };
  return decideDispute(dispute, request, settings.rules);
};

type Amounts = Pick<DecideBody, 'credited' | 'repaid' | 'writtenOff'>;
const said = ({ credited, repaid, writtenOff }: Amounts) => ({
  ...(credited !== undefined && { credited }),
  ...(repaid !== undefined && { repaid }),
  ...(writtenOff !== undefined && { writtenOff }),
});

/** Of a case that was reached by who decides it in this role. */
export const decideReached = async (
  parts: DisputeParts,
  call: DisputeCall,
  { key, id, frame, scope }: Reached,
  role: DecisionRole,
  { reason, cause, department, ...amounts }: DecideBody,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const why = textBy(call, reason, false, parts.hashText);
  const request = { ...said(amounts), by: call.actor.id, role, on: frame.today, reason: why[0]?.id ?? '' };
  const changed = await changeCase<ProblemCode>(
    ...([parts, { ...call, scope }, frame, { key, id }] as const),
    ({ dispute, texts }) => {
      if (dispute === undefined) return refuse('not-found', 'There is no such case.');
      if (texts.some((text) => text.id === request.reason)) return done({ facts: [] });
      const isContested = (dispute.contestedBy ?? []).length > 0;
      const wish: DecideRequest = { ...request, isContested };
      const decided = decideDispute(dispute, wish, frame.settings.rules);
      if (!decided.ok) return decided;
      const of = { ...(cause !== undefined && { cause }), ...(department !== undefined && { department }) };
      const facts = decided.value.map((fact) => ({ ...fact, ...of }));
      return done({ facts, texts: why, ...besideDecision(dispute, facts, call, frame) });
    },
  );
  return changed.ok ? done(changedAnswer(changed.value)) : changed;
};

/** What goes with a decision: the customer hears it, once it is in the books, and the account is looked at again at once. */
export const besideDecision = (
  dispute: Dispute,
  facts: readonly DisputeFact[],
  { now }: Pick<DisputeCall, 'now'>,
  { today, company }: Pick<DisputeFrame, 'today' | 'company'>,
): Pick<CaseChange, 'more' | 'tell' | 'tellOnceBooked'> => {
  const decision = facts.find((fact) => fact.kind === 'disputeDecided');
  if (decision === undefined) return {};
  const { id, papers } = dispute;
  const round = dispute.reopened === 0 ? '' : `:${dispute.reopened}`;
  const told: Told = {
    ...{ text: textFor(dispute, decision), id: `${id}${round}`, itemIds: itemIdsOf(dispute) },
    attachmentIds: papers.map(({ paperId }) => paperId).filter((one) => one.startsWith('att-')),
    codes: { outcome: decision.outcome, case: id },
  };
  const { credited, repaid, writtenOff } = decision.split;
  // where the book is kept here, what is given up stands in it before the customer reads of it
  const isBookedNext = company.mode === 'dunwellLed' && sum(credited, repaid, writtenOff) > 0;
  return {
    ...(isBookedNext ? { tellOnceBooked: [told] } : { tell: [told] }),
    more: [{ kind: 'reviewPlanned', nextReviewAt: textOfInstant(now), on: today }],
  };
};

const textFor = ({ as }: Dispute, { outcome }: Pick<DisputeDecision, 'outcome'>): 'T9' | 'T12' =>
  as === 'deduction' && outcome !== 'accepted' ? 'T12' : 'T9';
