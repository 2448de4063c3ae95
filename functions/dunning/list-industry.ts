/**
 * The customers of an industry, by the first digits of their SIC or NAICS code, with what they owe and the policy they have
 * (R131, R132): how many, and the sums of each currency. Writes nothing.
 * From: `GET api/companies/{company}/dunning/industry`, a page of accounts a call: heads and who they are, no journal. Next: a
 * credit manager, who gives the industry a policy (`keep-policies.ts`, tried by `list-moves.ts`).
 */
import type { IndustryAnswer, IndustryQuery } from '../../shared/contracts/dunning.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { masterDataOf } from '../../shared/ports/all-of-account.ts';
import type { DunningParts } from './parts.ts';

const accountsAPage = 200;
const readAtOnce = 8;

type Row = IndustryAnswer['accounts'][number];

export const listIndustry = async (
  { accounts, settings }: Pick<DunningParts, 'accounts' | 'settings'>,
  companyId: string,
  { sic, naics, after }: IndustryQuery,
  scope: Scope,
): Promise<Outcome<IndustryAnswer, ProblemCode>> => {
  if (!(await readCompany(settings, scope, companyId)).ok)
    return refuse('not-found', 'There is no such company.');
  const page = { limit: accountsAPage, ...(after === undefined ? {} : { after }) };
  const { heads, after: next } = await accounts.heads(scope, companyId, page);
  const [system, prefix] = sic === undefined ? (['naics', naics ?? ''] as const) : (['sic', sic] as const);
  const found: Row[] = [];
  for (let at = 0; at < heads.length; at += readAtOnce) {
    const some = heads.slice(at, at + readAtOnce);
    const codes = await Promise.all(
      some.map(async (head) => (await masterDataOf(accounts, scope, head)).treatment?.[system]),
    );
    found.push(...some.flatMap((head, n) => rowOf(head, codes[n], prefix)));
  }
  const rows = found.toSorted((a, b) => (a.account < b.account ? -1 : 1));
  const told = { looked: heads.length, count: rows.length, open: sumsOf(rows), accounts: rows };
  return done({ ...told, ...(next === undefined ? {} : { after: next }) });
};

/** None where it is of another industry, or nobody said of which. */
const rowOf = (
  { accountId, balances, dunning }: AccountHead,
  code: string | undefined,
  prefix: string,
): Row[] => {
  if (code?.startsWith(prefix) !== true) return [];
  const owed = Object.entries(balances).filter(([, { open }]) => open !== 0);
  const { id: policy = null, rule = null } = dunning.policy ?? {};
  const open = Object.fromEntries(owed.map(([currency, balance]) => [currency, balance.open]));
  return [{ account: accountId, code, policy, rule, open }];
};

/** By currency, never over currencies. */
const sumsOf = (rows: readonly Row[]): IndustryAnswer['open'] => {
  const sums: Record<string, number> = {};
  for (const { open } of rows)
    for (const [currency, amount] of Object.entries(open)) sums[currency] = (sums[currency] ?? 0) + amount;
  return sums;
};
