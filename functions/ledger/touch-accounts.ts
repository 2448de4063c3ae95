/**
 * Says beforehand which accounts change, so that the next snapshot compares them although their rows are the same
 * (B1). Also where the book is kept here: a company may come to be led by its ERP.
 * From: posting, once per part; every other workflow through the store it is given. Next: `touched` of the feeds.
 * The touch comes before the append: a crash between the two costs a comparison, the other order would cost a cent.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import { textOfInstant } from '../../shared/domain/calendar.ts';
import { isMoneyFact } from '../../shared/domain/facts.ts';
import { scopeNameOf } from '../../shared/domain/manifest.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import { causeOf, type PartCall } from './post-parts.ts';

/** Kinds of work that change what is open; history, master data and portal status leave the book as it is. */
const changesBook: readonly AccountWork['do'][] = ['reconcile', 'update', 'journal'];

/** One touch for the accounts of a part; a snapshot's own parts say which feed looks at them anyway. */
export const touchAccounts = async (lines: readonly AccountWork[], call: PartCall): Promise<void> => {
  const { parts, scope, company, now } = call;
  const changing = lines.filter((work) => changesBook.includes(work.do));
  const [first] = changing;
  if (first === undefined) return;
  await parts.feeds.touch(scope, company.companyId, {
    cause: causeOf(call).id,
    accountIds: [...new Set(changing.map(({ accountId }) => accountId))],
    at: textOfInstant(now),
    ...(first.do === 'reconcile' ? { scopeName: scopeNameOf(first.scope) } : {}),
  });
};

/** The same store; an append that moves money touches its account first. What is only noted beside the book does not. */
export const touchingAccounts = (accounts: AccountStore, feeds: Pick<FeedStore, 'touch'>): AccountStore => ({
  ...accounts,
  append: async (scope, loaded, change, ...more) => {
    const { companyId, accountId } = loaded.account.head;
    if (change.facts.some(isMoneyFact))
      await feeds.touch(scope, companyId, {
        cause: `${change.cause.kind}:${change.cause.id} ${accountId}`,
        accountIds: [accountId],
        at: textOfInstant(change.at),
      });
    return accounts.append(scope, loaded, change, ...more);
  },
});
