/**
 * The proposals of a company in one state, each with whether the clerk is asked why the ERP has not posted it.
 * From: staff routes. Next: staff see what waits for whom.
 */
import { proposalAnswerOf, type ProposalAnswer } from '../../shared/contracts/cash-desk.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { isLineOverdue } from '../../shared/domain/posting-export.ts';
import { waitsSince, type Proposal } from '../../shared/domain/proposal.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { DeskParts } from './propose-change.ts';

type Asked = { state: Proposal['state']; limit: number; after?: string | undefined; now: Instant };

export const listProposals = async (
  { proposals, settings, calendarOf }: Pick<DeskParts, 'proposals' | 'settings' | 'calendarOf'>,
  scope: Scope,
  companyId: string,
  { state, limit, after, now }: Asked,
): Promise<Outcome<{ proposals: ProposalAnswer[]; after?: string }, ProblemCode>> => {
  const company = await readCompany(settings, scope, companyId);
  if (!company.ok) return company;
  const { country, zone } = company.value;
  const calendar = await calendarOf(country, dayAt(now, zone));
  const found = await proposals.list(
    scope,
    companyId,
    state,
    after === undefined ? { limit } : { limit, after },
  );
  const isUnconfirmed = (proposal: Proposal): boolean =>
    proposal.state === 'approved' && isLineOverdue({ since: waitsSince(proposal) }, now, zone, calendar);
  const listed = found.proposals.map((one) => ({
    ...proposalAnswerOf(one),
    ...(isUnconfirmed(one) ? { isUnconfirmed: true } : {}),
  }));
  return done(found.after === undefined ? { proposals: listed } : { proposals: listed, after: found.after });
};
