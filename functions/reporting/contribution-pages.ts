/**
 * What accounts of a company contribute to its reports, shard after shard.
 * From: `reports`. Next: answers that go through all customers, a page of them a call.
 */
import { allShards, type Contribution } from '../../shared/domain/report-shard.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';

type Page = { limit: number; after?: string | undefined };
type Found = { contributions: Contribution[]; after?: string };

const shardLength = 2;

/** `after`: the shard and where to go on in it, as it was handed out. */
export const pageOfContributions = async (
  { scope, companyId }: { scope: Scope; companyId: string },
  { limit, after = '' }: Page,
  reports: ReportStore,
): Promise<Found> => {
  const contributions: Contribution[] = [];
  const begun = after.slice(0, shardLength);
  let mark = after.slice(shardLength);
  for (const shard of allShards.filter((one) => one >= begun)) {
    do {
      const page = { limit: limit - contributions.length, ...(mark === '' ? {} : { after: mark }) };
      const found = await reports.contributionPage(scope, { companyId, shard }, page);
      contributions.push(...found.contributions);
      mark = found.after ?? '';
      if (contributions.length >= limit) return nextOf(contributions, shard, mark);
    } while (mark !== '');
  }
  return { contributions };
};

const nextOf = (contributions: Contribution[], shard: string, mark: string): Found => {
  const next = mark === '' ? allShards[allShards.indexOf(shard) + 1] : shard + mark;
  return next === undefined ? { contributions } : { contributions, after: next };
};
