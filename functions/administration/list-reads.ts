/**
 * Lists who looked at what is sensitive, a day at a time.
 * From: `GET api/access-log`. Next: the auditor's page. Administrators, who reach no account, learn which company
 * and which person was looked at, and nothing of accounts; a purpose may name one, too.
 */
import type { AccessLogAnswer, AccessLogQuery } from '../../shared/contracts/audit.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ReadLog } from '../../shared/ports/read-log.ts';

const shownToAll = new Set(['company', 'companyId', 'person', 'personId', 'kind']);

export const listReads = async (
  { day, person, action, limit, after }: AccessLogQuery,
  scope: Scope,
  log: ReadLog,
): Promise<Outcome<AccessLogAnswer, never>> => {
  const page = await log.page(scope, { day, who: person, action, limit, after });
  const reachesAccounts = scope.parts.some(({ accounts }) => accounts.by !== 'none');
  const reads = page.reads.map(({ id: _id, day: _day, about, purpose, ...look }) => ({
    ...{ ...look, as: [...look.as], fields: [...look.fields] },
    about: Object.fromEntries(
      Object.entries(about).filter(([name]) => reachesAccounts || shownToAll.has(name)),
    ),
    ...(purpose !== undefined && reachesAccounts ? { purpose } : {}),
  }));
  return done({ reads, ...(page.after === undefined ? {} : { after: page.after }) });
};
