/**
 * Keeps groups of accounts, and shows what their accounts owe together.
 * From: `api/groups/{groupId}`, `api/accounts/{company}/{account}/group`. Next: receipts that pay several accounts.
 */
import type { GroupAnswer, GroupBody, SavedGroupAnswer } from '../../shared/contracts/groups.ts';
import type { AccountHead } from '../../shared/domain/account.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { membersInOrder, type Group } from '../../shared/domain/group.ts';
import { sum } from '../../shared/domain/money.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { AccountRef } from '../../shared/domain/receipt.ts';
import { isSameJson } from '../../shared/domain/same-json.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { GroupStore } from '../../shared/ports/group-store.ts';

export type GroupParts = { groups: GroupStore; accounts: AccountStore };

export const readGroup = async (
  parts: GroupParts,
  groupId: string,
  scope: Scope,
): Promise<Outcome<GroupAnswer, 'not-found'>> => shown(parts, await parts.groups.read(scope, groupId), scope);

export const readGroupOf = async (
  parts: GroupParts,
  account: AccountRef,
  scope: Scope,
): Promise<Outcome<GroupAnswer, 'not-found'>> =>
  shown(parts, await parts.groups.groupOf(scope, account), scope);

const shown = async (
  { accounts }: GroupParts,
  group: Group | undefined,
  scope: Scope,
): Promise<Outcome<GroupAnswer, 'not-found'>> => {
  if (group === undefined) return refuse('not-found', 'There is no such group.');
  const heads = await headsOf(accounts, scope, group.members);
  return done({ ...group, members: [...group.members], exposure: exposureOf(heads) });
};

const readAtOnce = 20;

const headsOf = async (
  accounts: AccountStore,
  scope: Scope,
  members: readonly AccountRef[],
): Promise<AccountHead[]> => {
  const heads: AccountHead[] = [];
  for (let at = 0; at < members.length; at += readAtOnce) {
    const some = members.slice(at, at + readAtOnce);
    const loaded = await Promise.all(some.map((member) => accounts.load(scope, member)));
    heads.push(...loaded.map(({ account }) => account.head));
  }
  return heads;
};

const exposureOf = (heads: readonly AccountHead[]): GroupAnswer['exposure'] => {
  const balances = heads.flatMap(({ companyId, balances: own }) =>
    Object.entries(own).map(([currency, balance]) => ({ companyId, currency, balance })),
  );
  const parts = Map.groupBy(balances, ({ companyId, currency }) => JSON.stringify([companyId, currency]));
  return [...parts.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => ({
      ...{ companyId: own[0]!.companyId, currency: own[0]!.currency, accounts: own.length },
      open: sum(...own.map(({ balance }) => balance.open)),
      provisional: sum(...own.map(({ balance }) => balance.provisional)),
    }));
};

type Refused = 'not-found' | 'setting-changed' | 'account-in-other-group' | 'group-too-large';

/** The same again changes nothing; accounts that are not there, or not the caller's, are not put together. */
export const saveGroup = async (
  { groups, accounts }: GroupParts,
  groupId: string,
  { after, name, members, reason }: GroupBody,
  { by, now, scope }: { by: string; now: Instant; scope: Scope },
): Promise<Outcome<SavedGroupAnswer, Refused>> => {
  const heads = await headsOf(accounts, scope, members);
  if (heads.some(({ version }) => version === 0))
    return refuse('not-found', 'One of the accounts is not there.');
  const before = await groups.read(scope, groupId);
  const isSame = before?.name === name && isSameJson(before.members, membersInOrder(members));
  if (before !== undefined && isSame) return done({ ...before, members: [...before.members] });
  const change = { by, at: textOfInstant(now), reason };
  const saved = await groups.save(scope, after, { groupId, name, members, ...change });
  switch (saved.outcome) {
    case 'saved':
      return done({ ...saved.group, members: [...saved.group.members] });
    case 'version-conflict':
      return refuse('setting-changed', `It is at version ${saved.version}.`);
    case 'account-in-other-group':
      return refuse('account-in-other-group', 'One account is in one group at most.');
    case 'too-many-members':
      return refuse('group-too-large', 'With its other members it holds more than 500.');
  }
};
