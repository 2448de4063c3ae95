/**
 * What facts about promises and payment plans make of the head's position.
 * From: `evolve-dunning.ts`. Next: the same.
 */
import { addDays } from './calendar.ts';
import type { DunningHeadFact } from './dunning-facts.ts';
import { brokenTellsDays, mostBrokenKept, type DunningPosition } from './dunning-position.ts';
import { subtract } from './money.ts';

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
      return { ...before, promises, ...(fact.result === 'broken' ? brokenBy(before, fact) : {}) };
    }
    case 'planAgreed':
      return { ...before, plan: fact.plan };
    case 'planNoted':
      return before.plan?.id === fact.planId ? { ...before, plan: noted(before.plan, fact) } : before;
    case 'planEnded':
      return before.plan?.id === fact.planId ? withoutPlan(before) : before;
  }
};

const brokenBy = (
  before: DunningPosition,
  { promiseId: id, received, on }: Extract<PromiseFact, { kind: 'promiseJudged' }>,
): Pick<DunningPosition, 'brokenOn' | 'broken'> => {
  const brokenOn = [on, ...(before.brokenOn ?? [])].slice(0, mostBrokenKept);
  const promise = before.promises?.find((one) => one.id === id);
  if (promise === undefined) return { brokenOn };
  const since = addDays(on, -brokenTellsDays);
  const one = { id, on, currency: promise.currency, left: subtract(promise.amount, received) };
  const broken = [one, ...(before.broken ?? []).filter((older) => older.on > since)];
  return { brokenOn, broken: broken.slice(0, mostBrokenKept) };
};

const noted = (
  plan: NonNullable<DunningPosition['plan']>,
  { as, instalmentOn }: Extract<PromiseFact, { kind: 'planNoted' }>,
): NonNullable<DunningPosition['plan']> => {
  const name = as === 'reminded' ? 'remindedOf' : 'missedOn';
  return { ...plan, [name]: [...(plan[name] ?? []), instalmentOn] };
};

const withoutPlan = ({ plan: _ended, ...rest }: DunningPosition): DunningPosition => rest;
