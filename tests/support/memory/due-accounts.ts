/**
 * Accounts of a company that are to be looked at, page by page.
 * From: `account-store.ts` beside it. Next: the same.
 */
import type { AccountHead } from '../../../shared/domain/account.ts';
import type { DuePage } from '../../../shared/ports/account-store.ts';

/** By id; those without a next review are never due. */
export const dueIn = (
  heads: readonly AccountHead[],
  companyId: string,
  { until, limit, after = '' }: { until: string; limit: number; after?: string },
): DuePage => {
  const page = heads
    .filter((head) => head.companyId === companyId && head.accountId > after)
    .flatMap(({ accountId, version, nextReviewAt }) =>
      nextReviewAt === undefined || nextReviewAt > until ? [] : [{ accountId, version, nextReviewAt }],
    )
    .toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))
    .slice(0, limit);
  const last = page.length < limit ? undefined : page.at(-1);
  return last === undefined ? { accounts: page } : { accounts: page, after: last.accountId };
};
