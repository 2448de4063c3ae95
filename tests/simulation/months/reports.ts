/**
 * What reports of a month show, against what its journals come to: cells of each account, and what each shard says is
 * open, in how many accounts and entries; tiles of promises, cases and messages against plain sums (M13).
 * From: events, late, twice and in any order. Next: `run-month.ts`, when all is quiet.
 */
import { keptFigures } from '../../../functions/reporting/read-figures.ts';
import { figuresEver } from '../../../shared/domain/figures-kept.ts';
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

/** Nothing is in dispute, promised or withheld but what the journals say, summed one by one. */
const tilesOf = (kept: readonly Kept[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  const add = (name: string, amount: number): void => void (sums[name] = (sums[name] ?? 0) + amount);
  for (const { account, entries } of kept) {
    for (const { heldParts = [] } of account.items.values())
      for (const { code, amount } of heldParts) if (code === 'disputed') add('disputed EUR', amount);
    for (const fact of entries.flatMap(({ facts }) => facts)) {
      if (fact.kind === 'promiseMade') add('promised EUR', fact.promise.amount);
      if (fact.kind === 'messageSent') add('sent', 1);
      if (fact.kind === 'messageWithheld' || fact.kind === 'noticeWithheld')
        add(`withheld ${fact.reasons[0]}`, 1);
    }
  }
  return sums;
};

const isTile = /^(disputed EUR|promised EUR|sent|withheld [a-z-]+)$/;

const tileFaults = async ({ stores }: Month, kept: readonly Kept[]): Promise<string[]> => {
  const shown: Record<string, number> = {};
  const figures = figuresEver(await keptFigures(companyId, everything, stores.plain.reports));
  for (const [name, amount] of Object.entries(figures)) {
    const tile = name.replace(/^sent .*$/, 'sent');
    if (isTile.test(tile)) shown[tile] = (shown[tile] ?? 0) + amount;
  }
  const is = tilesOf(kept);
  return [...new Set([...Object.keys(is), ...Object.keys(shown)])]
    .filter((name) => (is[name] ?? 0) !== (shown[name] ?? 0))
    .map((name) => `M13 tile ${name} shows ${shown[name] ?? 0}, not ${is[name] ?? 0}`);
};

export const reportFaults = async (month: Month): Promise<string[]> => {
  const { stores, journal } = month;
  const { reports } = stores.plain;
  const written = [...journal.books.values()].filter(({ entries }) => entries.length > 0);
  const found: string[] = await tileFaults(month, written);
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
