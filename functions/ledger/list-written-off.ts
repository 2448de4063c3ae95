/**
 * What was written off in a company, by the day its tax may be claimed back, and what came back of it since.
 * From: staff routes. Next: whoever files the tax return; recoveries are income of the month of their day (R165).
 */
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { AccountItem } from '../../shared/domain/account.ts';
import type { Day } from '../../shared/domain/calendar.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { CashParts } from './cash-parts.ts';

type Page = { dueBy?: Day | undefined; limit: number; after?: string | undefined };

export const listWrittenOff = async (
  { accounts }: Pick<CashParts, 'accounts'>,
  scope: Scope,
  companyId: string,
  { dueBy, limit, after }: Page,
): Promise<Outcome<{ items: ReturnType<typeof shown>[]; after?: string }, ProblemCode>> => {
  const found = await accounts.writtenOff(scope, companyId, {
    limit,
    ...(dueBy === undefined ? {} : { until: dueBy }),
    ...(after === undefined ? {} : { after }),
  });
  const items = found.items.map(shown);
  return done(found.after === undefined ? { items } : { items, after: found.after });
};

const shown = ({ accountId, item }: { accountId: string; item: AccountItem }) => ({
  ...{ accountId, itemId: item.id, number: item.number, currency: item.currency },
  writeOffs: item.writeOffs.flatMap(({ amount, reason, doneOn: on, relief }) =>
    on === undefined ? [] : [{ amount, on, reason, ...(relief === undefined ? {} : { relief }) }],
  ),
  recoveries: item.recoveries.map(({ amount, on }) => ({ amount, on })),
});
