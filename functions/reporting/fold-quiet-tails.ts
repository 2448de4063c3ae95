/**
 * Folds the tails of shards in which little happens: those that grow long are folded when they do.
 * From: a tick a night on queue `report-ticks`. Next: `fold-tail.ts`; a tail without steps costs one read.
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { TickMessage } from '../../shared/contracts/messages.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { allShards } from '../../shared/domain/report-shard.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { foldTail } from './fold-tail.ts';

const prefix = 'company:';

/** Twice, late or beside a projection: what is folded is not folded again. */
export const foldQuietTails = async (
  { job }: TickMessage,
  scope: Scope,
  { reports, settings }: { reports: ReportStore; settings: SettingsStore },
): Promise<Outcome<number, ProblemCode>> => {
  if (job !== 'fold-tails') return refuse('message-not-readable', `There is no job "${job}" here.`);
  const companies = await settings.list(scope, 'deployment', prefix);
  for (const { name } of companies)
    for (const shard of allShards)
      await foldTail(scope, { companyId: name.slice(prefix.length), shard }, reports);
  return done(companies.length);
};
