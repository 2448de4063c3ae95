/**
 * Steps of a case by people: validated, facts found, another code, another hand, more time, disagreement, reopened.
 * What the books refused is asked of them anew by `propose-again.ts`.
 * From: staff routes, the addressed link. Next: facts of the case; who is asked next hears of it from the event.
 */
import type { CaseChanged, StepBody } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import {
  findFacts,
  giveTime,
  isUndecided,
  reassignDispute,
  recodeDispute,
  validateDispute,
} from '../../shared/domain/dispute-steps.ts';
import type { Dispute, DisputeFact } from '../../shared/domain/dispute.ts';
import { departmentFor, reopenDispute } from '../../shared/domain/open-dispute.ts';
import { disputedAmount } from '../../shared/domain/dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import { attachmentsOfItem } from '../../shared/ports/attachments.ts';
import { changeCase, textBy } from './change-case.ts';
import {
  codeNamed,
  ownerOf,
  type DisputeCall,
  type DisputeFrame,
  type DisputeParts,
} from './dispute-parts.ts';
import { changedAnswer } from './open-case.ts';
import { proposeAgain } from './propose-again.ts';
import { reachCase, type Reached } from './reach-case.ts';

export const stepCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  place: { company: string; case: string },
  body: StepBody,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const reached = await reachCase(parts, call, caller, place);
  return reached.ok ? stepReached(parts, call, reached.value, body) : reached;
};

/** A step of a case by somebody who reached it, signed in or by the link they were sent. */
export const stepReached = async (
  parts: DisputeParts,
  call: DisputeCall,
  reached: Reached,
  body: StepBody,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const { key, id, frame, scope } = reached;
  if (body.step === 'proposeAgain') return proposeAgain(parts, call, reached, body);
  if (body.step === 'reopen') {
    const files = await attachmentsOfItem(parts, parts.ownScope, key.companyId, id);
    if (!files.some((file) => file.id === body.paper))
      return refuse('paper-not-new', `${body.paper} does not lie beside the case`);
  }
  const text = 'text' in body ? body.text : undefined;
  const changed = await changeCase<ProblemCode>(
    ...([parts, { ...call, scope }, frame, { key, id }] as const),
    ({ dispute, texts }) => {
      if (dispute === undefined) return refuse('not-found', 'There is no such case.');
      const said = textBy(call, text, true, parts.hashText);
      if (said.some((one) => texts.some(({ id: known }) => known === one.id))) return done({ facts: [] });
      const facts = factsOfStep(dispute, body, call, frame);
      return facts.ok ? done({ facts: facts.value, texts: said }) : facts;
    },
  );
  return changed.ok ? done(changedAnswer(changed.value)) : changed;
};

/** A word for colleagues on the case, by whoever may write one; it moves nothing. */
export const noteOnCase = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  place: { company: string; case: string },
  text: string | undefined,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const reached = await reachCase(parts, call, caller, place);
  if (!reached.ok) return reached;
  if (text === undefined) return refuse('input-not-valid', 'A note has words.');
  return stepCase(parts, call, caller, place, { step: 'note', text });
};

const factsOfStep = (
  dispute: Dispute,
  body: Exclude<StepBody, { step: 'proposeAgain' }>,
  call: DisputeCall,
  frame: DisputeFrame,
): Outcome<DisputeFact[], ProblemCode> => {
  const who = { by: call.actor.id, on: frame.today };
  const at = textOfInstant(call.now);
  switch (body.step) {
    case 'validate':
      return validateDispute(dispute, who);
    case 'facts':
      return findFacts(dispute, who);
    case 'recode': {
      const recipe = codeNamed(frame, body.code);
      if (!recipe.ok) return recipe;
      const department = departmentFor(recipe.value, disputedAmount(dispute), dispute.currency);
      if (!department.ok) return department;
      const owner = ownerOf(frame)(department.value);
      return recodeDispute(dispute, { recipe: recipe.value, recipeVersion: frame.version, owner, at }, who);
    }
    case 'reassign': {
      const owner = body.owner ?? frame.settings.departments[body.department]?.owner;
      if (owner === undefined) return refuse('nobody-to-ask', `nobody is named for ${body.department}`);
      return reassignDispute(dispute, { owner, department: body.department, at }, who);
    }
    case 'time':
      return giveTime(dispute, body.days, who, frame.settings.rules);
    case 'contest':
      return contest(dispute, body.department, who, at, frame);
    case 'reopen':
      return reopenDispute(dispute, { ...who, paperId: body.paper });
    case 'note':
      return done([]);
  }
};

/** Departments that do not agree: the case is the CFO's from here on. */
const contest = (
  dispute: Dispute,
  department: string,
  who: { by: string; on: Dispute['openedOn'] },
  at: string,
  { settings }: DisputeFrame,
): Outcome<DisputeFact[], ProblemCode> => {
  if (!isUndecided(dispute)) return refuse('wrong-state', `${dispute.id} is ${dispute.state}`);
  if (dispute.contestedBy?.includes(department)) return done([]);
  const { cfo } = settings;
  const isTheirs = cfo === undefined || dispute.hands.at(-1)?.owner === cfo;
  return done([
    { kind: 'disputeContested', department, ...who },
    ...(isTheirs ? [] : [{ kind: 'disputeReassigned', owner: cfo, department: 'cfo', at, ...who } as const]),
  ]);
};
