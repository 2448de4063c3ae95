/**
 * Links by which a person without a sign-in decides one case: addressed, good for one decision and some days.
 * From: staff who ask for one, mails that carry one. Next: the decision, or another hand (R83), as if that person had signed in.
 * Looking uses nothing up, so that scanners of mail may look; only the decision does. Unknown, used, ended, of a case
 * that has another owner by now: all answer alike.
 */
import type { ReassignBody } from '../../shared/contracts/decision-links.ts';
import type { CaseAnswer, CaseChanged, DecideBody, LinkAnswer } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { isUndecided } from '../../shared/domain/dispute-steps.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Caller } from '../../shared/edge/access.ts';
import {
  decisionPurpose as purpose,
  hashOfToken,
  makeDecisionLink,
} from '../../shared/edge/decision-link.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { LinkToken } from '../../shared/ports/token-store.ts';
import { readCase, type CaseId } from './change-case.ts';
import { fileOfCase } from './case-papers.ts';
import { decideReached, mayDecide } from './decide-case.ts';
import { disputeFrame, handOf, type DisputeCall, type DisputeParts } from './dispute-parts.ts';
import { reachCase, type Reached } from './reach-case.ts';
import { answerOfCase } from './show-case.ts';
import { stepReached } from './step-case.ts';

/** A link for who has the case, or somebody above them; its token is told once and kept nowhere. */
export const makeLink = async (
  parts: DisputeParts,
  call: DisputeCall,
  caller: Caller,
  place: { company: string; case: string },
  asked: { person?: string | undefined },
): Promise<Outcome<LinkAnswer, ProblemCode>> => {
  const reached = await reachCase(parts, call, caller, place);
  if (!reached.ok) return reached;
  const { dispute, frame, key, id } = reached.value;
  const person = asked.person ?? dispute.hands.at(-1)?.owner ?? '';
  if (handOf(frame, dispute, person) === undefined)
    return refuse('nobody-to-ask', `${person} neither has the case nor is above who has`);
  if (!isUndecided(dispute)) return refuse('wrong-state', `${id} is ${dispute.state}`);
  return done(await makeDecisionLink(parts, call.now, { ...key, person }, dispute));
};

const gone = refuse('not-found', 'There is nothing to decide by this link any more.');

type Held = Outcome<Reached & { person: string }, 'not-found'>;

/** The case as its holder reaches it: undecided, in the same round, and theirs still. */
const held = async (parts: DisputeParts, call: DisputeCall, token: LinkToken | undefined): Promise<Held> => {
  const { companyId = '', accountId = '', caseId = '', round } = token?.subject ?? {};
  if (token === undefined) return gone;
  const key = { companyId, accountId };
  const scope = parts.ownScope;
  const paper = await readCase(parts.accounts, scope, key, caseId);
  const frame = await disputeFrame(parts, { ...call, scope }, companyId);
  if (paper === undefined || !frame.ok || String(paper.dispute.reopened) !== round) return gone;
  const { dispute } = paper;
  if (handOf(frame.value, dispute, token.person) === undefined) return gone;
  return done({ key, id: caseId as CaseId, dispute, frame: frame.value, scope, person: token.person });
};

const looked = async (parts: DisputeParts, call: DisputeCall, token: string): Promise<Held> => {
  const found = await held(
    parts,
    call,
    await parts.tokens.look(hashOfToken(token), { purpose, now: call.now }),
  );
  return found.ok && !isUndecided(found.value.dispute) ? gone : found;
};

export const lookByLink = async (
  parts: DisputeParts,
  call: DisputeCall,
  token: string,
): Promise<Outcome<CaseAnswer, 'not-found'>> => {
  const found = await looked(parts, call, token);
  return found.ok ? done(await answerOfCase(parts, found.value)) : found;
};

export const fileByLink = async (
  parts: DisputeParts,
  call: DisputeCall,
  { token, paper }: { token: string; paper: string },
): Promise<Outcome<Download, 'not-found'>> => {
  const found = await looked(parts, call, token);
  return found.ok ? fileOfCase(parts, found.value, paper) : found;
};

/**
 * Decides and uses the link up. What the holder may not decide is refused and leaves the link good, so that a smaller
 * decision can follow; the same request again is the same decision.
 */
export const decideByLink = async (
  parts: DisputeParts,
  call: DisputeCall,
  token: string,
  body: DecideBody,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const hash = hashOfToken(token);
  const asked = { purpose, now: call.now, use: call.cause.id };
  const first = await looked(parts, call, token);
  if (first.ok) {
    const { frame, dispute, person } = first.value;
    const possible = mayDecide(frame, dispute, { role: handOf(frame, dispute, person), by: person }, body);
    if (!possible.ok) return possible;
  }
  const found = await held(parts, call, await parts.tokens.use(hash, asked));
  return found.ok ? decide(parts, call, found.value, body) : found;
};

/**
 * Gives the case to another department and uses the link up: whoever has it then is asked by a mail of their own. Where
 * nobody is named for the department the link stays good.
 */
export const reassignByLink = async (
  parts: DisputeParts,
  call: DisputeCall,
  token: string,
  { department, reason }: ReassignBody,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const first = await looked(parts, call, token);
  if (first.ok && first.value.frame.settings.departments[department]?.owner === undefined)
    return refuse('nobody-to-ask', `nobody is named for ${department}`);
  const asked = { purpose, now: call.now, use: call.cause.id };
  const found = await held(parts, call, await parts.tokens.use(hashOfToken(token), asked));
  if (!found.ok) return found;
  const actor = { kind: 'staff' as const, id: found.value.person };
  return stepReached(parts, { ...call, actor }, found.value, { step: 'reassign', department, text: reason });
};

const decide = (
  parts: DisputeParts,
  call: DisputeCall,
  reached: Reached & { person: string },
  body: DecideBody,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const { frame, dispute, person } = reached;
  const role = handOf(frame, dispute, person);
  if (role === undefined) return Promise.resolve(gone);
  const actor = { kind: 'staff' as const, id: person };
  return decideReached(parts, { ...call, actor }, reached, role, body);
};
