/**
 * Does what a tick of reports asks for.
 * From: queue `report-ticks`. Next: the workflow of its job.
 */
import type { TickMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { foldQuietTails, type FoldParts } from './fold-quiet-tails.ts';

export const workTick = async (
  { job }: TickMessage,
  { scope, now }: { scope: Scope; now: Instant },
  parts: FoldParts,
): Promise<Outcome<number, ProblemCode>> => {
  switch (job) {
    case 'fold-tails':
      return done(await foldQuietTails(scope, now, parts));
    default:
      return refuse('message-not-readable', `There is no job "${job}" here.`);
  }
};
