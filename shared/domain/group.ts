/**
 * A group: accounts of one customer, parent and children, over companies.
 * From: administration. Next: exposure and statements over its accounts, receipts that pay several of them.
 */
import type { AccountRef } from './receipt.ts';

export const mostGroupMembers = 500;

export type Group = {
  groupId: string;
  name: string;
  /** By company, then account; each account is in one group at most. */
  members: readonly AccountRef[];
  version: number;
  /** Who changed it last, by id, when (ISO instant) and why. */
  by: string;
  at: string;
  reason: string;
};

const keyOf = ({ companyId, accountId }: AccountRef): string => JSON.stringify([companyId, accountId]);

/** Each once, in one order whatever order they came in. */
export const membersInOrder = (members: readonly AccountRef[]): AccountRef[] =>
  [...new Map(members.map((member) => [keyOf(member), member])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { companyId, accountId }]) => ({ companyId, accountId }));
