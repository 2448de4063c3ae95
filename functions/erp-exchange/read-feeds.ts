/**
 * What came from the ERP and the banks, how recent it is, and what the ERP has not posted.
 * From: `GET api/companies/{company}/feeds`. Next: staff; the gate asks the same rules before a mail leaves.
 */
import type { FeedsAnswer } from '../../shared/contracts/erp-exchange.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { dayAt, type Instant } from '../../shared/domain/calendar.ts';
import { provenBy, staleBecause } from '../../shared/domain/freshness.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { isLineOverdue, type ListedLine } from '../../shared/domain/posting-export.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { companyOf, type ErpExchangeParts } from './parts.ts';
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
  const company = await companyOf(settings, scope, companyId);
  if (company === undefined) return refuse('not-found', 'There is no such company.');
  const known = await feeds.company(scope, companyId);
  const calendar = await calendarOf(company.country, dayAt(now, company.zone));
  const isErpLed = company.mode === 'erpLed';
  const stale = isErpLed ? staleBecause(known.arrivals, now, company.zone, calendar) : [];
  const proven = provenBy(isErpLed ? known.arrivals : [], known.control !== undefined, now);
  const open = new Set((await postings(scope, companyId)).map(({ id }) => id));
  const listed = (await feeds.unconfirmed(scope, companyId, mostLines)).filter(({ id }) => open.has(id));
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
    notPosted: listed.filter((line) => isLineOverdue(line, now, company.zone, calendar)).map(notPosted),
  });
};

const notPosted = (line: ListedLine): FeedsAnswer['notPosted'][number] => ({
  ...{ id: line.id, accountId: line.accountId, currency: line.currency, amount: line.amount },
  ...{
    exportId: line.exportId,
    exportedAt: line.exportedAt,
    isAcknowledged: line.acknowledged !== undefined,
  },
});
