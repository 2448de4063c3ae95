/**
 * Where groups of accounts live.
 * From: administration, which alone writes them; cash workflows and statements, which read.
 * Next: `groups-on-documents.ts`, on `shared/azure/cosmos-groups.ts` and on its twin in memory.
 */
import type { Group } from '../domain/group.ts';
import type { AccountRef } from '../domain/receipt.ts';
import type { Scope } from '../domain/scope.ts';

export type GroupSaved =
  | { outcome: 'saved'; group: Group }
  /** Somebody was first: this is the version it is at. */
  | { outcome: 'version-conflict'; version: number }
  | { outcome: 'account-in-other-group'; account: AccountRef }
  | { outcome: 'too-many-members' };

export interface GroupStore {
  /** The group with those of its members that lie in the scope; undefined when none does. */
  read(scope: Scope, groupId: string): Promise<Group | undefined>;
  /** The group an account is in, as `read` shows it, without a search. */
  groupOf(scope: Scope, account: AccountRef): Promise<Group | undefined>;
  /**
   * Keeps version `after + 1`; `after` 0: a new group. Members outside the scope stay as they are. The same save
   * again finishes what a crash left half done. @throws when a member given lies outside the scope.
   */
  save(scope: Scope, after: number, group: Omit<Group, 'version'>): Promise<GroupSaved>;
}
