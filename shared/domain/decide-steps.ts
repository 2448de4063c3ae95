/**
 * Several decisions of one append, each made on what the ones before have made of the account.
 * From: workflows that do more than one thing at once. Next: one entry with all facts.
 */
import type { Account } from './account.ts';
import type { AccountRefusal, Decision } from './decide.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './facts.ts';
import type { Refusal } from './outcome.ts';

export type Steps = { account: Account; facts: readonly Fact[] };

export const begin = (account: Account): Steps => ({ account, facts: [] });

/** The next step, or why it is not possible; then nothing has changed. */
export const step = (
  before: Steps,
  decide: (account: Account) => Decision,
): { ok: true; steps: Steps } | Refusal<AccountRefusal> => {
  const decision = decide(before.account);
  if (!decision.ok) return decision;
  const facts = [...before.facts, ...decision.value];
  return { ok: true, steps: { account: evolve(before.account, decision.value), facts } };
};

/** @throws when the step is refused: a fault of the caller, who knew that it is possible. */
export const mustStep = (before: Steps, decide: (account: Account) => Decision): Steps => {
  const taken = step(before, decide);
  if (!taken.ok) throw new Error(`${taken.code}: ${taken.detail}`);
  return taken.steps;
};
