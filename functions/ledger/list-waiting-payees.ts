/**
 * Bank details of a company's accounts that somebody asked for and nobody has released.
 * From: staff routes. Next: another person releases them, one account at a time (`keep-payee.ts`).
 */
import { keptPayeeFrom, type WaitingPayees } from '../../shared/contracts/payee-details.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { payeeNow } from '../../shared/domain/payee-details.ts';
import type { CashCall, CashParts } from './cash-parts.ts';
import { payeePrefix } from './keep-payee.ts';

/** By account; what lies outside the caller's scope is not there. */
export const listWaitingPayees = async (
  { accounts, settings }: Pick<CashParts, 'accounts' | 'settings'>,
  { scope, now }: Pick<CashCall, 'scope' | 'now'>,
  companyId: string,
  { limit, after = '' }: { limit: number; after?: string | undefined },
): Promise<Outcome<WaitingPayees, ProblemCode>> => {
  const kept = await settings.list(scope, `company:${companyId}`, payeePrefix);
  const waiting = kept
    .map(({ value }) => keptPayeeFrom(value))
    .flatMap(({ accountId, ...record }) => {
      const { inForce, next } = payeeNow(record, now);
      if (next === undefined || next.releasedAt !== undefined || accountId <= after) return [];
      return [{ accountId, waiting: next, ...(inForce === undefined ? {} : { replaces: inForce }) }];
    })
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1));
  const found: WaitingPayees['bankDetails'] = [];
  for (const one of waiting) {
    if (found.length === limit) return done({ bankDetails: found, after: found.at(-1)!.accountId });
    const { account } = await accounts.load(scope, { companyId, accountId: one.accountId });
    if (account.head.version > 0) found.push(one);
  }
  return done({ bankDetails: found });
};
