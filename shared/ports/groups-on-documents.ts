/**
 * `GroupStore` over two kinds of documents: a group lists its members, a member's pointer names its group. An account
 * is in a group when both say so; since it has one pointer, it is in one group at most, whatever crashes between.
 * From: the stores, on Cosmos and in memory. Next: workflows.
 */
import { membersInOrder, mostGroupMembers, type Group } from '../domain/group.ts';
import { isSameAccount, type AccountRef } from '../domain/receipt.ts';
import { isSameJson } from '../domain/same-json.ts';
import { reachInto, type Scope } from '../domain/scope.ts';
import type { AccountStore } from './account-store.ts';
import type { GroupSaved, GroupStore } from './group-store.ts';

/** What was read, with the mark under which it may be replaced. */
export type Marked<Value> = { value: Value; mark: string };

export interface GroupDocuments {
  group(groupId: string): Promise<Marked<Group> | undefined>;
  /** Creates it without a mark, else replaces what bears the mark; false when somebody was first. */
  writeGroup(group: Group, mark: string | undefined): Promise<boolean>;
  /** The id of the group a pointer names. */
  pointer(account: AccountRef): Promise<Marked<string> | undefined>;
  writePointer(account: AccountRef, groupId: string, mark: string | undefined): Promise<boolean>;
}

type Heads = Pick<AccountStore, 'load'>;

export const groupsOn = (documents: GroupDocuments, accounts: Heads): GroupStore => {
  const read = async (scope: Scope, groupId: string): Promise<Group | undefined> => {
    const found = await documents.group(groupId);
    if (found === undefined) return undefined;
    const listed = await those(found.value.members, (member) => isSeen(accounts, scope, member));
    const members = await those(listed, (member) => isPointedTo(documents, member, groupId));
    return members.length === 0 ? undefined : { ...found.value, members };
  };
  return {
    read,
    groupOf: async (scope, account) => {
      if (!(await isSeen(accounts, scope, account))) return undefined;
      const pointer = await documents.pointer(account);
      const group = pointer && (await read(scope, pointer.value));
      return group?.members.some((member) => isSameAccount(member, account)) === true ? group : undefined;
    },
    save: (scope, after, group) => save(documents, accounts, scope, after, group),
  };
};

const save = async (
  documents: GroupDocuments,
  accounts: Heads,
  scope: Scope,
  after: number,
  wish: Omit<Group, 'version'>,
): Promise<GroupSaved> => {
  const { groupId } = wish;
  const foreign = await those(wish.members, async (member) => !(await isSeen(accounts, scope, member)));
  if (foreign.length > 0) throw new Error(`a member of group ${groupId} is out of scope`);
  const before = await documents.group(groupId);
  const hidden = await hiddenIn(documents, accounts, scope, before?.value);
  const members = membersInOrder([...wish.members, ...hidden]);
  if (members.length > mostGroupMembers) return { outcome: 'too-many-members' };
  const next: Group = { ...wish, members, version: after + 1 };
  if (!isSameSave(before?.value, next) && (before?.value.version ?? 0) !== after)
    return { outcome: 'version-conflict', version: before?.value.version ?? 0 };
  const [taken] = await those(members, (member) => isElsewhere(documents, member, groupId));
  if (taken !== undefined) return { outcome: 'account-in-other-group', account: taken };
  const kept = await written(documents, next, before);
  if (!isSameSave(kept, next)) return { outcome: 'version-conflict', version: kept?.version ?? 0 };
  const listed = before?.value.members ?? [];
  const [refused] = await those(members, async (member) => {
    const wasListed = listed.some((one) => isSameAccount(one, member));
    return !(await claim(documents, member, groupId, wasListed));
  });
  if (refused !== undefined) return { outcome: 'account-in-other-group', account: refused };
  return {
    outcome: 'saved',
    group: { ...next, at: kept?.at ?? next.at, members: membersInOrder(wish.members) },
  };
};

/** Members that the caller does not see and so does not change. */
const hiddenIn = async (
  documents: GroupDocuments,
  accounts: Heads,
  scope: Scope,
  group: Group | undefined,
): Promise<AccountRef[]> => {
  if (group === undefined) return [];
  const unseen = await those(group.members, async (member) => !(await isSeen(accounts, scope, member)));
  return those(unseen, (member) => isPointedTo(documents, member, group.groupId));
};

/** What is there in the end: this version, or that of somebody who was first. */
const written = async (
  documents: GroupDocuments,
  next: Group,
  before: Marked<Group> | undefined,
): Promise<Group | undefined> => {
  if (isSameSave(before?.value, next)) return before?.value;
  if (await documents.writeGroup(next, before?.mark)) return next;
  return (await documents.group(next.groupId))?.value;
};

/** The repeated save of one person comes later and is the same. */
const isSameSave = (kept: Group | undefined, { at: _later, ...next }: Group): boolean => {
  if (kept === undefined) return false;
  const { at: _first, ...rest } = kept;
  return isSameJson(rest, next);
};

const mostTries = 5;

/**
 * Points the account to the group; false when another has it. A pointer that was there by chance is written again, so
 * that whoever is about to take it over does not succeed.
 */
const claim = async (
  documents: GroupDocuments,
  account: AccountRef,
  groupId: string,
  wasListed: boolean,
): Promise<boolean> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const pointer = await documents.pointer(account);
    if (pointer?.value === groupId && wasListed) return true;
    if (pointer && pointer.value !== groupId && (await isListed(documents, pointer.value, account)))
      return false;
    if (await documents.writePointer(account, groupId, pointer?.mark)) return true;
  }
  throw new Error(`the group of account ${account.accountId} changed under each of ${mostTries} tries`);
};

const isElsewhere = async (
  documents: GroupDocuments,
  account: AccountRef,
  groupId: string,
): Promise<boolean> => {
  const pointer = await documents.pointer(account);
  if (pointer === undefined || pointer.value === groupId) return false;
  return isListed(documents, pointer.value, account);
};

const isListed = async (documents: GroupDocuments, groupId: string, account: AccountRef): Promise<boolean> =>
  (await documents.group(groupId))?.value.members.some((member) => isSameAccount(member, account)) === true;

const isPointedTo = async (
  documents: GroupDocuments,
  account: AccountRef,
  groupId: string,
): Promise<boolean> => (await documents.pointer(account))?.value === groupId;

/** Whose scope is by account is asked for with its head; one nobody posted to is then not there. */
const isSeen = async (accounts: Heads, scope: Scope, account: AccountRef): Promise<boolean> => {
  const reach = reachInto(scope, account.companyId);
  if (reach !== 'some') return reach === 'all';
  return (await accounts.load(scope, account)).account.head.version > 0;
};

const readAtOnce = 20;

/** Those of which it holds, asked some at a time. */
const those = async (
  members: readonly AccountRef[],
  holds: (member: AccountRef) => Promise<boolean>,
): Promise<AccountRef[]> => {
  const found: AccountRef[] = [];
  for (let at = 0; at < members.length; at += readAtOnce) {
    const some = members.slice(at, at + readAtOnce);
    const answers = await Promise.all(some.map(holds));
    found.push(...some.filter((_, index) => answers[index]));
  }
  return found;
};
