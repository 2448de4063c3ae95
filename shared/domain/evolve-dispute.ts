/**
 * What the facts of a case come to.
 * From: its facts in order. Next: `Dispute`, the same whoever folds it.
 */
import type { Dispute, DisputeDecision, DisputeFact } from './dispute.ts';

/** A case after one more fact. @throws when the first is not its opening. */
export const evolveDispute = (id: string, before: Dispute | undefined, fact: DisputeFact): Dispute => {
  if (fact.kind === 'disputeOpened') return opened(id, fact);
  if (before === undefined) throw new Error(`${id} begins with ${fact.kind}`);
  return changed(before, fact);
};

const opened = (id: string, fact: Extract<DisputeFact, { kind: 'disputeOpened' }>): Dispute => {
  const { accountId, as, from, currency, items, recipe, recipeVersion, by, owner, on, at } = fact;
  return {
    ...{ id, as, from, accountId, currency, items, recipe, recipeVersion, state: 'opened', openedBy: by },
    ...{ openedOn: on, clockFrom: on, extraDays: 0, proposals: [], reopened: 0, missed: [] },
    papers: fact.papers.map((paper) => ({ paper, paperId: `${id}:${paper}`, on })),
    hands: [{ owner, department: recipe.owners[0], fromAt: at }],
    ...(fact.takenOn && { takenOn: fact.takenOn }),
    ...(fact.claimNumber !== undefined && { claimNumber: fact.claimNumber }),
  };
};

const changed = (before: Dispute, fact: Exclude<DisputeFact, { kind: 'disputeOpened' }>): Dispute => {
  switch (fact.kind) {
    case 'disputeValidated':
      return { ...before, state: 'validated' };
    case 'disputeFactsFound':
      return { ...before, state: 'factsKnown' };
    case 'disputePaperAdded': {
      const { paper, paperId, on } = fact;
      return { ...before, papers: [...before.papers, { paper, paperId, on }] };
    }
    case 'disputeRecoded': {
      const { recipe, recipeVersion, on } = fact;
      return { ...before, recipe, recipeVersion, clockFrom: on, extraDays: 0 };
    }
    case 'disputeReassigned': {
      const { owner, department, at } = fact;
      return { ...before, hands: [...before.hands, { owner, department, fromAt: at }] };
    }
    case 'disputeGivenTime':
      return { ...before, extraDays: before.extraDays + fact.days };
    case 'disputeContested':
      return { ...before, contestedBy: [...(before.contestedBy ?? []), fact.department] };
    case 'disputePaidDown':
      return { ...before, items: fact.items };
    case 'disputeDecided': {
      return { ...before, state: 'decided', decision: decisionOf(fact) };
    }
    case 'disputeEffectProposed':
      return { ...before, state: 'effectProposed', proposals: fact.proposals };
    case 'disputeClosed': {
      const { on, cause, department, by } = fact;
      return { ...before, state: 'closed', closed: { on, cause, department, by } };
    }
    case 'disputeReopened':
      return reopenedOf(before, fact);
    case 'disputeDeadlineMissed':
      return { ...before, missed: [...before.missed, { step: fact.step, on: fact.on }] };
  }
};

/** Field by field: a fact of the journal names its case, too. */
const decisionOf = (fact: Extract<DisputeFact, { kind: 'disputeDecided' }>): DisputeDecision => {
  const { outcome, split, by, role, on, reason, cause, department } = fact;
  return {
    ...{ outcome, split, by, role, on, reason },
    ...(cause !== undefined && { cause }),
    ...(department !== undefined && { department }),
  };
};

const reopenedOf = (
  before: Dispute,
  { paperId, on }: Extract<DisputeFact, { kind: 'disputeReopened' }>,
): Dispute => {
  const { decision: _decision, closed: _closed, contestedBy: _contested, ...rest } = before;
  return {
    ...{ ...rest, state: 'opened', clockFrom: on, extraDays: 0, proposals: [] },
    ...{ reopened: before.reopened + 1, papers: [...before.papers, { paper: 'new', paperId, on }] },
  };
};
