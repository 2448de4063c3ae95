/**
 * Answers what is open right now, per company and currency: sixteen totals in one query.
 * From: `GET api/balances`, aging. Next: live tiles, the walk. Its cost does not grow with the ledger.
 */
import type { BalancesAnswer, BalancesQuery } from '../../shared/contracts/reporting.ts';
import { amountOf } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { ShardTotal } from '../../shared/domain/report-shard.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { BookOf } from '../../shared/edge/read-book.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';

type Balances = BalancesAnswer['companies'][number];
type Freshness = { companyId: string; ledgerVersion: number; dataAt: string | null };
export type BalanceParts = { reports: ReportStore; bookOf: BookOf };

export const readBalances = async (
  { company: companies }: BalancesQuery,
  scope: Scope,
  { reports, bookOf }: BalanceParts,
): Promise<Outcome<BalancesAnswer, 'not-found'>> => {
  if (companies.some((companyId) => reachInto(scope, companyId) !== 'all'))
    return refuse('not-found', 'There is no such company.');
  const answers: Balances[] = [];
  for (const companyId of companies) {
    const book = await bookOf(scope, companyId);
    if (book === undefined) return refuse('not-found', 'There is no such company.');
    answers.push({ ...(await balancesOf(companyId, scope, reports)), book });
  }
  return done({ companies: answers });
};

const balancesOf = async (
  companyId: string,
  scope: Scope,
  reports: ReportStore,
): Promise<Omit<Balances, 'book'>> => {
  const totals = [...(await reports.totals(scope, companyId)).values()];
  const open = new Map<string, number>();
  for (const total of totals)
    for (const [currency, amount] of Object.entries(total.open))
      open.set(currency, amountOf((open.get(currency) ?? 0) + amount));
  return {
    ...freshnessIn(companyId, totals),
    accounts: totals.reduce((all, { accounts }) => all + accounts, 0),
    openByCurrency: Object.fromEntries([...open].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
};

/** How fresh a company's figures are: how much of its ledger is in them, and how new the newest of it is. */
export const freshnessIn = (
  companyId: string,
  totals: readonly Pick<ShardTotal, 'entries' | 'dataAt'>[],
): Freshness => ({
  companyId,
  ledgerVersion: totals.reduce((all, { entries }) => all + entries, 0),
  dataAt: totals.reduce((latest, { dataAt }) => (dataAt > latest ? dataAt : latest), '') || null,
});
