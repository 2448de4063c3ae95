/**
 * Does what a tick of reports asks for.
 * From: queue `report-ticks`. Next: the workflow of its job.
 */
import type { TickMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { evaluateAlerts, watchCompany, type EvaluateParts } from './evaluate-alerts.ts';
import { companyIdsOf, foldQuietTails, type FoldParts } from './fold-quiet-tails.ts';
import { planReports } from './plan-reports.ts';

export const workTick = async (
  { job }: TickMessage,
  { scope, now }: { scope: Scope; now: Instant },
  parts: FoldParts,
  mails: EvaluateParts,
): Promise<Outcome<number, ProblemCode>> => {
  switch (job) {
    case 'fold-tails':
      await foldQuietTails(scope, now, parts);
      return done(await forEachCompany(mails, { scope, now }, evaluateAlerts));
    case 'report-mails':
      await forEachCompany(mails, { scope, now }, watchCompany);
      return done(await planReports(mails, { scope, now }));
    default:
      return refuse('message-not-readable', `There is no job "${job}" here.`);
  }
};

/** How many alerts of all companies are new. */
const forEachCompany = async (
  parts: EvaluateParts,
  call: { scope: Scope; now: Instant },
  look: typeof evaluateAlerts,
): Promise<number> => {
  let raised = 0;
  for (const companyId of await companyIdsOf(call.scope, parts.settings)) {
    const zone = await parts.zoneOf(call.scope, companyId);
    if (zone !== undefined) raised += await look(parts, call, { companyId, zone });
  }
  return raised;
};
