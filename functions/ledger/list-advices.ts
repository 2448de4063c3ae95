/**
 * Remittance advices by state, and the work list of those whose money the clerk looks for: from the third business day
 * on that they wait.
 * From: staff routes. Next: the clerk asks for proof, finds the money, or the collector calls.
 */
import { adviceAnswerOf, type AdviceAnswer } from '../../shared/contracts/advices.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AdviceState } from '../../shared/domain/advice.ts';
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { CashParts } from './cash-parts.ts';

type Asked = { state: AdviceState | 'toTrace'; limit: number; after?: string | undefined; now: Instant };

/** A page may hold fewer than asked for, even none, and not be the last. */
export const listAdvices = async (
  { advices, settings }: Pick<CashParts, 'advices' | 'settings'>,
  scope: Scope,
  companyId: string,
  { state, limit, after, now }: Asked,
): Promise<Outcome<{ advices: AdviceAnswer[]; after?: string }, ProblemCode>> => {
  const page = { limit, ...(after === undefined ? {} : { after }) };
  const found = await advices.list(scope, companyId, state === 'toTrace' ? 'waiting' : state, page);
  const rest = found.after === undefined ? {} : { after: found.after };
  if (state !== 'toTrace' || found.advices.length === 0)
    return done({ advices: found.advices.map(adviceAnswerOf), ...rest });
  const company = await readCompany(settings, scope, companyId);
  if (!company.ok) return company;
  const today = dayAt(now, company.value.zone);
  const due = found.advices.filter(({ traceFrom }) => traceFrom <= today);
  return done({ advices: due.map(adviceAnswerOf), ...rest });
};
