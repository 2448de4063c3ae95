/**
 * Writes rows anew before what they tell beforehand is over: some each hour, never all.
 * From: a tick on queue `worklist-ticks`. Next: `keep-rows.ts`. A tick that is missed, late or doubled changes
 * nothing: rows tell days enough, and one that was written anew is not found any more.
 */
import type { TickMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { renewsBy } from '../../shared/domain/worklist-row.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { keepRow, type RowParts } from './keep-rows.ts';

const prefix = 'company:';
const pageSize = 100;
/** Of one company and tick; the rest is found by the next. */
const mostPages = 20;

export const renewRows = async (
  { job }: TickMessage,
  call: { scope: Scope; now: Instant },
  parts: RowParts & { settings: Pick<SettingsStore, 'list'> },
): Promise<Outcome<number, ProblemCode>> => {
  if (job !== 'renew-worklist') return refuse('message-not-readable', `There is no job "${job}" here.`);
  const companies = await parts.settings.list(call.scope, 'deployment', prefix);
  let renewed = 0;
  for (const { name } of companies) renewed += await renewCompany(name.slice(prefix.length), call, parts);
  return done(renewed);
};

const renewCompany = async (
  companyId: string,
  call: { scope: Scope; now: Instant },
  parts: RowParts,
): Promise<number> => {
  const frame = await parts.rowsOf(companyId, call.now);
  if (frame === undefined) return 0;
  const by = renewsBy(frame.today);
  let renewed = 0;
  for (let page = 1; page <= mostPages; page += 1) {
    const rows = await parts.worklist.turning(call.scope, companyId, { by, limit: pageSize });
    for (const { accountId, version, collectorId: foundIn } of rows)
      await keepRow({ companyId, accountId, version, foundIn }, call, parts);
    renewed += rows.length;
    if (rows.length < pageSize) break;
  }
  return renewed;
};
