/**
 * What an ERP would not post is proposed to it anew, once what stood in its way is gone: a period opened, a field filled.
 * From: the step `proposeAgain` of staff. Next: new proposals in place of those that were dropped, approved by who decided;
 * the others stay as they are. Ids derive from what was dropped: a second try finds the first.
 */
import type { CaseChanged, StepBody } from '../../shared/contracts/disputes.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import type { Dispute } from '../../shared/domain/dispute.ts';
import { itemIdsOf } from '../../shared/domain/note-dispute.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { proposalIdOf, type Proposal } from '../../shared/domain/proposal.ts';
import { changeCase, textBy } from './change-case.ts';
import type { DisputeCall, DisputeFrame, DisputeParts } from './dispute-parts.ts';
import { changedAnswer } from './open-case.ts';
import { countsSeen } from './propose-effect.ts';
import type { Reached } from './reach-case.ts';

type Again = Extract<StepBody, { step: 'proposeAgain' }>;

export const proposeAgain = async (
  parts: DisputeParts,
  call: DisputeCall,
  { key, id, frame, scope, dispute }: Reached,
  { text }: Again,
): Promise<Outcome<CaseChanged, ProblemCode>> => {
  const instead = await newForDropped(parts, call, frame, { key, dispute });
  const said = textBy(call, text, true, parts.hashText);
  const changed = await changeCase<ProblemCode>(
    ...([parts, { ...call, scope }, frame, { key, id }] as const),
    ({ dispute: now, texts }) => {
      if (now === undefined) return refuse('not-found', 'There is no such case.');
      if (said.some((one) => texts.some(({ id: known }) => known === one.id))) return done({ facts: [] });
      const isDropped = now.proposals.some((one) => instead.has(one));
      if (now.state !== 'effectProposed' || !isDropped)
        return refuse('wrong-state', `${now.id} is ${now.state}: nothing of it was refused`);
      const proposals = now.proposals.map((one) => instead.get(one) ?? one);
      return done({ facts: [{ kind: 'disputeEffectProposed', proposals, on: frame.today }], texts: said });
    },
  );
  return changed.ok ? done(changedAnswer(changed.value)) : changed;
};

/** By what was dropped: what stands in its place, kept before the case names it. */
const newForDropped = async (
  parts: DisputeParts,
  call: DisputeCall,
  { company, today }: DisputeFrame,
  { key, dispute }: { key: AccountKey; dispute: Dispute },
): Promise<ReadonlyMap<string, string>> => {
  const instead = new Map<string, string>();
  const system = { ...call, scope: parts.ownScope };
  for (const id of dispute.state === 'effectProposed' ? dispute.proposals : []) {
    const loaded = await parts.proposals.load(parts.ownScope, company.companyId, id);
    if (loaded?.proposal.state !== 'dropped') continue;
    const { id: _id, refusedBecause: _because, ...content } = loaded.proposal;
    const again: Proposal = {
      ...content,
      ...{ id: proposalIdOf(content, `again ${id}`, parts.hashText), state: 'approved', on: today },
      ...{
        approvedAt: textOfInstant(call.now),
        seen: await countsSeen(parts, system, key, itemIdsOf(dispute)),
      },
    };
    await parts.proposals.create(parts.ownScope, again);
    instead.set(id, again.id);
  }
  return instead;
};
