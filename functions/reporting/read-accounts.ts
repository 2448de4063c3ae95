/**
 * What stood at the end of a day on the accounts somebody sells to: account by account, from what their own entries
 * moved, exactly as reports fold it.
 * From: heads in the scope, found by the mark of who sells, and their journals. Next: `read-aging.ts`. It costs as much
 * as those accounts have entries; sums that are kept do not tell who sells.
 */
import type { AccountHead } from '../../shared/domain/account.ts';
import {
  addGroups,
  groupsOn,
  noTail,
  withSteps,
  type Family,
  type GroupCells,
} from '../../shared/domain/report-months.ts';
import { contribute } from '../../shared/domain/report-shard.ts';
import { sellersIn, type Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import { movesAfter } from './project-events.ts';
import type { GroupsQuestion } from './read-groups.ts';

const headsPerRead = 100;
const readAtOnce = 8;

type Question = Omit<GroupsQuestion, 'isByGroup'> & { zone: string };

/**
 * Accounts outside the scope are not in it. Where all of the scope is what somebody sells, heads are found by the mark
 * of the seller, whatever else the company has; else every head is looked at.
 */
export const groupsOfAccounts = async (
  question: Question,
  scope: Scope,
  accounts: AccountStore,
): Promise<GroupCells> => {
  const marks = sellersIn(scope, question.companyId)?.map((owner) => `sells:${owner}` as const);
  const seen = new Set<string>();
  let groups: GroupCells = {};
  for (const mark of marks ?? [undefined]) {
    let after: string | undefined;
    do {
      const page = await accounts.heads(scope, question.companyId, {
        limit: headsPerRead,
        ...(mark === undefined ? {} : { mark }),
        ...(after === undefined ? {} : { after }),
      });
      // an account of two sellers is found twice
      const fresh = page.heads.filter(({ accountId }) => !seen.has(accountId));
      for (const { accountId } of fresh) seen.add(accountId);
      for (let at = 0; at < fresh.length; at += readAtOnce) {
        const some = fresh.slice(at, at + readAtOnce);
        const found = await Promise.all(some.map((head) => groupsOfAccount(head, question, scope, accounts)));
        groups = found.reduce(addGroups, groups);
      }
      after = page.after;
    } while (after !== undefined);
  }
  return groups;
};

const groupsOfAccount = async (
  { companyId, accountId }: AccountHead,
  { day, zone, view, basis }: Question,
  scope: Scope,
  accounts: AccountStore,
): Promise<GroupCells> => {
  const entries = await movesAfter(accounts, scope, { companyId, accountId }, 0);
  const { steps } = contribute(accountId, undefined, entries, { zone });
  const family: Family = { view, basis };
  return groupsOn(day, undefined, withSteps(noTail, steps), family);
};
