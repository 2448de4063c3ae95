/**
 * What reports of a month show, against what its journals come to: cells of each account, and what each shard says is
 * open, in how many accounts and entries (M13).
 * From: events, late, twice and in any order. Next: `run-month.ts`, when all is quiet.
 */
import { checkContribution, replayWithCells } from '../../../shared/domain/invariants-journal.ts';
import { allShards, shardOf, type ShardTotal } from '../../../shared/domain/report-shard.ts';
import { isSameJson } from '../../../shared/domain/same-json.ts';
import { everything } from '../../support/test-edge.ts';
import type { Kept } from './journal.ts';
import { companyId, type Month } from './world.ts';

type Shown = Pick<ShardTotal, 'open' | 'accounts' | 'entries'>;

/** Where nothing is open in a currency, nothing is said of it. */
const shownOf = ({ open, accounts, entries }: Shown): Shown => ({
  open: Object.fromEntries(Object.entries(open).filter(([, amount]) => amount !== 0)),
  ...{ accounts, entries },
});

const expectedOf = (kept: readonly Kept[]): Shown => {
  const open: Record<string, number> = {};
  for (const { account } of kept)
    for (const { currency, open: amount } of account.items.values())
      open[currency] = (open[currency] ?? 0) + amount;
  return {
    open: open as Shown['open'],
    accounts: kept.length,
    entries: kept.reduce((sum, { entries }) => sum + entries.length, 0),
  };
};

export const reportFaults = async ({ stores, journal }: Month): Promise<string[]> => {
  const { reports } = stores.plain;
  const written = [...journal.books.values()].filter(({ entries }) => entries.length > 0);
  const found: string[] = [];
  for (const shard of allShards) {
    const some = written.filter(({ account }) => shardOf(account.head.accountId) === shard);
    const { total } = await reports.shard(everything, { companyId, shard });
    if (!isSameJson(shownOf(total), shownOf(expectedOf(some))))
      found.push(
        `M13 shard ${shard} shows ${JSON.stringify(total)}, not ${JSON.stringify(expectedOf(some))}`,
      );
    const ids = some.map(({ account }) => account.head.accountId);
    const contributions = await reports.contributions(everything, { companyId, shard }, ids);
    for (const { account, entries } of some) {
      const { accountId } = account.head;
      const contribution = contributions.get(accountId);
      if (contribution?.appliedVersion !== entries.length)
        found.push(`M13 reports of ${accountId} are behind`);
      const wrong = checkContribution(contribution, replayWithCells({ companyId, accountId }, entries));
      found.push(...wrong.map(({ invariant, what }) => `${invariant} ${accountId}: ${what}`));
    }
  }
  return found;
};
