/**
 * Answers bad debt by month: all that was written off in a company, by reason and approver, against its sales (R126).
 * From: `GET api/reports/{company}/bad-debt`. Next: executives and credit managers. It reads the items something was
 * written off of, never the rest of the ledger; more than it may read is refused, never left out.
 */
import type { BadDebtAnswer, BadDebtQuery } from '../../shared/contracts/report-bad-debt.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import { badDebtOf } from '../../shared/domain/bad-debt.ts';
import { endOfMonth, type Day } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { salesRows, type FigureStores } from './read-figures.ts';

export type BadDebtParts = FigureStores & { accounts: AccountStore; zoneOf: ZoneOf };

const [perPage, mostItems] = [200, 10_000];

export const readBadDebt = async (
  companyId: string,
  { firstMonth, lastMonth }: BadDebtQuery,
  scope: Scope,
  parts: BadDebtParts,
): Promise<Outcome<BadDebtAnswer, ProblemCode>> => {
  const isSeen =
    reachInto(scope, companyId) === 'all' && (await parts.zoneOf(scope, companyId)) !== undefined;
  if (!isSeen) return refuse('not-found', 'There is no such company.');
  const items = await writtenOffItems(companyId, scope, parts);
  if (items === undefined) return refuse('too-many-written-off', `More than ${mostItems} items.`);
  const lastOn = endOfMonth(`${lastMonth}-01` as Day);
  const sales = await salesRows({ companyId, day: lastOn }, scope, parts);
  const rows = badDebtOf(items, sales, { firstMonth, lastMonth });
  const months = rows.map(({ ratio, sales: sold, parts: by, ...row }) => ({
    ...{ ...row, sales: sold ?? null, ratioHundredths: ratio ?? null, parts: by },
  }));
  return done({ months });
};

/** Undefined when there are more than may be read. */
const writtenOffItems = async (
  companyId: string,
  scope: Scope,
  { accounts }: Pick<BadDebtParts, 'accounts'>,
): Promise<AccountItem[] | undefined> => {
  const items: AccountItem[] = [];
  let after: string | undefined;
  do {
    const page = await accounts.writtenOff(scope, companyId, { limit: perPage, ...(after && { after }) });
    items.push(...page.items.map(({ item }) => item));
    after = page.after;
  } while (after !== undefined && items.length <= mostItems);
  return items.length > mostItems ? undefined : items;
};
