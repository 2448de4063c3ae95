/**
 * What a planned message makes of the head's position.
 * From: `evolve-dunning.ts`. Next: the same. The plan itself stays in the journal; the head says in which entry.
 */
import type { PlannedMessage } from './dunning-facts.ts';
import type { DunningPosition } from './dunning-position.ts';

export const plannedAfter = (
  before: DunningPosition,
  { id, stage, tone, text, policyId, plannedOn, digest, needs, byHand }: PlannedMessage,
): DunningPosition => {
  const state = needs.length === 0 ? 'planned' : 'awaiting';
  const message = { id, state, stage, tone, text, policyId, plannedOn, digest, needs } as const;
  return { ...before, message: byHand === undefined ? message : { ...message, byHand } };
};

/** Whoever sends it finds the plan by the version of its entry. */
export const plannedIn = (after: DunningPosition, plannedVersion: number): DunningPosition =>
  after.message === undefined ? after : { ...after, message: { ...after.message, plannedVersion } };
