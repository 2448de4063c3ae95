/**
 * Looks at every case whose day has come: a reminder, a missed day, an age, books that may show what was decided.
 * From: a tick every five minutes. Next: `look-at.ts`. A case that was looked at names a later day, so that each
 * is looked at once a day; what a crash left comes with the next tick.
 */
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { DisputeCall, DisputeParts } from './dispute-parts.ts';
import { lookAt } from './look-at.ts';

const casesPerRead = 50;
/** Of one company in one tick; the rest comes with the next. */
const mostReads = 20;
const prefix = 'company:';

/** @throws when a case cannot be looked at; the others of its company were, as far as they came before it. */
export const wakeCases = async (
  slot: string,
  { now, scope }: { now: Instant; scope: Scope },
  parts: DisputeParts,
): Promise<Outcome<number, ProblemCode>> => {
  const companies = await parts.settings.list(scope, 'deployment', prefix);
  let count = 0;
  for (const { name } of companies)
    count += await wakeCompany(name.slice(prefix.length), slot, { now, scope }, parts);
  return done(count);
};

const wakeCompany = async (
  companyId: string,
  slot: string,
  { now, scope }: { now: Instant; scope: Scope },
  parts: DisputeParts,
): Promise<number> => {
  const company = await readCompany(parts.settings, scope, companyId);
  if (!company.ok) return 0;
  const today = dayAt(now, company.value.zone);
  const call: DisputeCall = {
    ...{ scope, now, actor: { kind: 'job', id: 'system' }, cause: { kind: 'tick', id: slot } },
  };
  const failed: unknown[] = [];
  const seen = new Set<string>();
  for (let reads = 1; reads <= mostReads; reads += 1) {
    const rows = await parts.cases.waking(parts.ownScope, companyId, today, casesPerRead);
    const fresh = rows.filter(({ id }) => !seen.has(id));
    for (const { id, accountId } of fresh) {
      seen.add(id);
      // one that cannot be looked at never holds back the others
      await lookAt(parts, call, { companyId, accountId }, id)
        .then((outcome) => (outcome.ok ? undefined : failed.push(`${id} ${outcome.code}`)))
        .catch((fault: unknown) => failed.push(fault));
    }
    if (fresh.length < casesPerRead) break;
  }
  if (failed.length > 0) throw new Error(`${failed.length} cases of ${companyId}: ${String(failed[0])}`);
  return seen.size;
};
