/**
 * What came from the ERP and the banks, how recent it is, and what the ERP has not posted.
 * From: `GET api/companies/{company}/feeds`. Next: staff; the gate asks the same rules before a mail leaves.
 */
import type { FeedsAnswer } from '../../shared/contracts/erp-exchange.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import { provenBy, staleBecause } from '../../shared/domain/freshness.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isLineOverdue, type ListedLine, type PostingLine } from '../../shared/domain/posting-export.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ErpExchangeParts } from './parts.ts';
import { feedsOf } from './read-morning-check.ts';

/** Lines looked at; a company with more has a clerk who knows. */
const mostLines = 1_000;

export const readFeeds = async (
  {
    feeds,
    settings,
    postings,
    calendarOf,
  }: Pick<ErpExchangeParts, 'feeds' | 'settings' | 'postings' | 'calendarOf'>,
  { scope, companyId, now }: { scope: Scope; companyId: string; now: Instant },
): Promise<Outcome<FeedsAnswer, ProblemCode>> => {
  const found = await readCompany(settings, scope, companyId);
  if (!found.ok) return refuse('not-found', 'There is no such company.');
  const company = found.value;
  const known = await feeds.company(scope, companyId);
  const calendar = await calendarOf(company.country, dayAt(now, company.zone));
  const isErpLed = company.mode === 'erpLed';
  const stale = isErpLed ? staleBecause(known.arrivals, now, company.zone, calendar) : [];
  const proven = provenBy(isErpLed ? known.arrivals : [], known.control !== undefined, now);
  const waiting = await postings(scope, companyId);
  const late = waiting.filter((line) => isLineOverdue(line, now, company.zone, calendar)).slice(0, mostLines);
  const ids = late.map(({ id }) => id);
  const listed = new Map((await feeds.listed(scope, companyId, ids)).map((line) => [line.id, line]));
  return done({
    mode: company.mode,
    colour: stale.length > 0 ? 'red' : proven.colour,
    reasons: [...stale, ...proven.reasons],
    arrivals: known.arrivals.map(({ kind, source, receivedAt, asOf, bookedOn, sequence, missing }) => ({
      ...{ kind, source, receivedAt, asOf: asOf ?? null, bookedOn: bookedOn ?? null },
      ...{ sequence: sequence ?? null, missing: [...missing] },
    })),
    snapshots: (await feedsOf(feeds, scope, known)).map(({ scopeName, accepted, working, waiting }) => ({
      scope: scopeName,
      acceptedAsOf: accepted?.asOf ?? null,
      postingImport: working?.importId ?? null,
      waitingImports: waiting.map(({ importId }) => importId),
    })),
    notPosted: late.map((line) => notPosted(line, listed.get(line.id))),
  });
};

const notPosted = (
  { id, kind, accountId, currency, amount, since }: PostingLine,
  listed: ListedLine | undefined,
): FeedsAnswer['notPosted'][number] => ({
  ...{ id, kind, accountId, currency, amount, since },
  ...{ exportId: listed?.exportId ?? null, exportedAt: listed?.exportedAt ?? null },
  isAcknowledged: listed?.acknowledged !== undefined,
  refusedBecause: listed?.acknowledged?.refusedBecause ?? null,
});
