/**
 * What facts about promises and payment plans make of the head's position.
 * From: `evolve-dunning.ts`. Next: the same.
 */
import type { DunningHeadFact } from './dunning-facts.ts';
import { mostBrokenKept, type DunningPosition } from './dunning-position.ts';

type PromiseFact = Extract<
  DunningHeadFact,
  { kind: 'promiseMade' | 'promiseJudged' | 'planAgreed' | 'planNoted' | 'planEnded' }
>;

/** The position after a fact about a promise or plan. */
export const promisedAfter = (before: DunningPosition, fact: PromiseFact): DunningPosition => {
  switch (fact.kind) {
    case 'promiseMade':
      return { ...before, promises: [...(before.promises ?? []), fact.promise] };
    case 'promiseJudged': {
      const promises = (before.promises ?? []).filter(({ id }) => id !== fact.promiseId);
      const brokenOn = [fact.on, ...(before.brokenOn ?? [])].slice(0, mostBrokenKept);
      return { ...before, promises, ...(fact.result === 'broken' ? { brokenOn } : {}) };
    }
    case 'planAgreed':
      return { ...before, plan: fact.plan };
    case 'planNoted':
      return before.plan?.id === fact.planId ? { ...before, plan: noted(before.plan, fact) } : before;
    case 'planEnded':
      return before.plan?.id === fact.planId ? withoutPlan(before) : before;
  }
};

const noted = (
  plan: NonNullable<DunningPosition['plan']>,
  { as, instalmentOn }: Extract<PromiseFact, { kind: 'planNoted' }>,
): NonNullable<DunningPosition['plan']> => {
  const name = as === 'reminded' ? 'remindedOf' : 'missedOn';
  return { ...plan, [name]: [...(plan[name] ?? []), instalmentOn] };
};

const withoutPlan = ({ plan: _ended, ...rest }: DunningPosition): DunningPosition => rest;
