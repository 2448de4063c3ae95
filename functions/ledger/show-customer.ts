/**
 * What a clerk is shown of customers of several sources.
 * From: master data, the store of customers. Next: `customer-routes.ts`, the page of an account.
 */
import type { CustomerShown } from '../../shared/contracts/customers.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { CustomerMatch } from '../../shared/domain/customer-match.ts';
import { conflictsOf } from '../../shared/domain/customer-sources.ts';
import type { MasterData } from '../../shared/domain/master-data.ts';
import { customerOf } from '../../shared/domain/master-data-rows.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import { masterOf } from './match-customers.ts';
import type { PartCall, PostingParts } from './post-parts.ts';

export const shownOf = (known: MasterData): CustomerShown => ({
  sources: Object.entries(known.sources ?? {}).map(([source, { said, externalId, asOf, reason, by }]) => ({
    ...{ source, number: externalId, isLeading: source === known.leadingSource, asOf, reason },
    ...{ said, ...(by === undefined ? {} : { by }) },
  })),
  conflicts: Object.fromEntries(
    conflictsOf(known).map(({ field, since, values }) => [field, { since, values }]),
  ),
  decided: { ...known.decisions },
});

export const matchShown = ({ row, externalId, accountId, ...match }: CustomerMatch) => ({
  ...{ id: match.id, state: match.state, source: match.source, number: externalId, asOf: match.asOf },
  ...{ why: match.why, account: accountId ?? null, said: customerOf(row) },
  ...(match.by === undefined ? {} : { by: match.by }),
  ...(match.at === undefined ? {} : { at: match.at }),
  ...(match.note === undefined ? {} : { note: match.note }),
});

type Page = { limit: number; after?: string | undefined };
const pageOf = ({ limit, after }: Page) => (after === undefined ? { limit } : { limit, after });
const nextOf = (after: string | undefined) => (after === undefined ? {} : { after });

export const listMatches = async (
  parts: PostingParts,
  scope: Scope,
  companyId: string,
  { state, ...page }: Page & { state: CustomerMatch['state'] },
): Promise<Outcome<{ matches: ReturnType<typeof matchShown>[]; after?: string }, ProblemCode>> => {
  const company = await readCompany(parts.settings, scope, companyId);
  if (!company.ok) return company;
  const { records, after } = await parts.customers.list(scope, companyId, state, pageOf(page));
  const matches = records.flatMap((one) => (one.kind === 'match' ? [matchShown(one)] : []));
  return done({ matches, ...nextOf(after) });
};

export const listConflicts = async (
  parts: PostingParts,
  scope: Scope,
  companyId: string,
  page: Page,
): Promise<
  Outcome<{ accounts: { account: string; customer: CustomerShown }[]; after?: string }, ProblemCode>
> => {
  const company = await readCompany(parts.settings, scope, companyId);
  if (!company.ok) return company;
  const { records, after } = await parts.customers.list(scope, companyId, 'conflict', pageOf(page));
  const call: Pick<PartCall, 'parts' | 'scope' | 'company'> = { parts, scope, company: company.value };
  const accounts: { account: string; customer: CustomerShown }[] = [];
  for (const one of records) {
    if (one.kind !== 'conflict') continue;
    const known = await masterOf(one.accountId, call);
    if (known !== undefined) accounts.push({ account: one.accountId, customer: shownOf(known) });
  }
  return done({ accounts, ...nextOf(after) });
};
