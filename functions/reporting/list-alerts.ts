/**
 * Answers the alerts of a company, and notes who has one in hand: it is not told again for staying.
 * From: routes. Next: the page of alerts. The first to say so stays named.
 */
import type { AlertsAnswer, AlertsQuery, OneAlert } from '../../shared/contracts/alerts.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { AlertRecord, AlertStore } from '../../shared/ports/alert-store.ts';

type Parts = { alerts: AlertStore };
const absent = () => refuse('not-found', 'There is no such company.');

const shown = ({
  id,
  rule,
  breach,
  at,
  accountId,
  caseId,
  amount,
  currency,
  to,
  acknowledged,
}: AlertRecord): OneAlert => ({
  ...{ id, rule, breach: breach ?? null, at, accountId: accountId ?? null, caseId: caseId ?? null },
  ...{ amount: amount ?? null, currency: currency ?? null, to: [...to], acknowledged: acknowledged ?? null },
});

export const listAlerts = async (
  { alerts }: Parts,
  scope: Scope,
  companyId: string,
  { since, limit, after }: AlertsQuery,
): Promise<Outcome<AlertsAnswer, 'not-found'>> => {
  if (reachInto(scope, companyId) !== 'all') return absent();
  const page = await alerts.since(scope, companyId, since, { limit, ...(after && { after }) });
  return done({ alerts: page.alerts.map(shown), after: page.after ?? null });
};

export const acknowledgeAlert = async (
  { alerts }: Parts,
  { scope, now, by }: { scope: Scope; now: Instant; by: string },
  { company, alertId }: { company: string; alertId: string },
): Promise<Outcome<OneAlert, 'not-found'>> => {
  if (reachInto(scope, company) !== 'all') return absent();
  const alert = await alerts.acknowledge(scope, company, alertId, { by, at: textOfInstant(now) });
  return alert === undefined ? refuse('not-found', 'There is no such alert.') : done(shown(alert));
};
