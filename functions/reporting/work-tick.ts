/**
 * Does what a tick of reports asks for.
 * From: queue `report-ticks`. Next: the workflow of its job.
 */
import type { TickMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { catchUp } from './catch-up.ts';
import {
  evaluateAlerts,
  watchCompany,
  watchDay,
  type AlertCompany,
  type EvaluateParts,
} from './evaluate-alerts.ts';
import { companyIdsOf, foldQuietTails, type FoldParts } from './fold-quiet-tails.ts';
import { planReports } from './plan-reports.ts';
import type { ProjectParts } from './project-events.ts';

export const workTick = async (
  { job }: TickMessage,
  { scope, now }: { scope: Scope; now: Instant },
  parts: FoldParts & ProjectParts,
  mails: EvaluateParts,
): Promise<Outcome<number, ProblemCode>> => {
  switch (job) {
    case 'fold-tails':
      await forEachCompany(parts, { scope, now }, catchUpCompany);
      await foldQuietTails(scope, now, parts);
      return done(await forEachCompany(mails, { scope, now }, evaluateAlerts));
    case 'report-mails':
      await forEachCompany(mails, { scope, now }, watchDay);
      await forEachCompany(mails, { scope, now }, watchCompany);
      return done(await planReports(mails, { scope, now }));
    default:
      return refuse('message-not-readable', `There is no job "${job}" here.`);
  }
};

type Call = { scope: Scope; now: Instant };

const catchUpCompany = (parts: FoldParts & ProjectParts, call: Call, { companyId }: AlertCompany) =>
  catchUp(companyId, call, parts);

/** What the looks at all companies come to together. */
const forEachCompany = async <Parts extends FoldParts>(
  parts: Parts,
  call: Call,
  look: (parts: Parts, call: Call, company: AlertCompany) => Promise<number>,
): Promise<number> => {
  let sum = 0;
  for (const companyId of await companyIdsOf(call.scope, parts.settings)) {
    const zone = await parts.zoneOf(call.scope, companyId);
    if (zone !== undefined) sum += await look(parts, call, { companyId, zone });
  }
  return sum;
};
