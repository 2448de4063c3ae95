/**
 * What must always hold of an account's dunning (D1, D6, D7, and the bounds of its head).
 * From: heads, items, journals as they are kept. Next: nights, simulations and crash tests.
 */
import type { AccountHead, AccountItem } from './account.ts';
import {
  mostBrokenKept,
  mostContactsKept,
  mostInstalments,
  mostItemsOfPromise,
  mostOpenPromises,
  mostTasksKept,
} from './dunning-position.ts';
import type { Entry } from './entry.ts';
import type { Fact } from './facts.ts';
import { mostOverNotices, mostPendingNotices } from './notice.ts';
import { isWithheldReason } from './withheld-reasons.ts';

export type DunningViolation = { invariant: 'D1' | 'D4' | 'D6' | 'D7'; what: string };

/** Parts held are above 0, promised ones belong to an open promise, the head stays within its bounds. */
export const checkDunning = ({ dunning }: AccountHead, items: Iterable<AccountItem>): DunningViolation[] => {
  const found: DunningViolation[] = [];
  const say = (invariant: DunningViolation['invariant'], what: string): number =>
    found.push({ invariant, what });
  const {
    notices = [],
    overNotices = [],
    contacts = [],
    tasks = [],
    promises = [],
    brokenOn = [],
    plan,
    withheld,
  } = dunning;
  const isBounded =
    contacts.length <= mostContactsKept &&
    notices.length <= mostPendingNotices &&
    overNotices.length <= mostOverNotices &&
    tasks.length <= mostTasksKept &&
    brokenOn.length <= mostBrokenKept &&
    promises.length <= mostOpenPromises &&
    (plan?.instalments.length ?? 0) <= mostInstalments &&
    promises.every((one) => one.items.length <= mostItemsOfPromise);
  if (!isBounded) say('D7', 'the head keeps more than it may');
  const open = new Set(promises.map(({ id }) => id));
  for (const { id, heldParts = [] } of items)
    for (const part of heldParts) {
      if (part.amount <= 0) say('D4', `${part.id} holds ${part.amount} of ${id}`);
      if (part.code === 'promised' && !open.has(part.id))
        say('D4', `${part.id} holds part of ${id} and is no promise`);
    }
  for (const reason of Object.keys(withheld?.reasons ?? {}))
    if (!isWithheldReason(reason)) say('D4', `${reason} is no reason`);
  return found;
};

type Carried = { policyId: string; stage: number };
type CheckedEntry = Pick<Entry, 'version' | 'facts'>;

/**
 * D1 each (item, stage) is carried once, unless it was taken back; D6 stages of a policy never fall; D7 one message at a
 * time. The entries of an account are handed in one by one, each once, in order.
 */
export const dunningJournalCheck = (): ((entry: CheckedEntry) => DunningViolation[]) => {
  const carried = new Map<string, Carried[]>();
  let message: string | undefined;
  return ({ version, facts }) => {
    const found: DunningViolation[] = [];
    for (const fact of facts) {
      if (fact.kind === 'messageClaimed') {
        if (message !== undefined && message !== fact.messageId)
          found.push({
            invariant: 'D7',
            what: `entry ${version} claims ${fact.messageId} beside ${message}`,
          });
        message = fact.messageId;
      }
      const isOver = fact.kind === 'messageSent' || fact.kind === 'messageWithheld';
      if (isOver && fact.messageId === message) message = undefined;
      if (fact.kind === 'carryingUndone') for (const id of fact.itemIds) carried.get(id)?.pop();
      if (fact.kind === 'itemsCarried') found.push(...carry(carried, fact, version));
    }
    return found;
  };
};

const carry = (
  carried: Map<string, Carried[]>,
  { policyId, items }: Extract<Fact, { kind: 'itemsCarried' }>,
  version: number,
): DunningViolation[] => {
  const found: DunningViolation[] = [];
  for (const { itemId, stage, courtesyDay } of items) {
    if (courtesyDay !== undefined) continue;
    const before = carried.get(itemId) ?? [];
    const same = before.filter((one) => one.policyId === policyId);
    if (same.some((one) => one.stage === stage))
      found.push({ invariant: 'D1', what: `entry ${version} carries stage ${stage} of ${itemId} again` });
    if (same.some((one) => one.stage > stage))
      found.push({ invariant: 'D6', what: `entry ${version} takes ${itemId} back to stage ${stage}` });
    carried.set(itemId, [...before, { policyId, stage }]);
  }
  return found;
};

/** The same of a whole journal. */
export const checkDunningJournal = (entries: readonly CheckedEntry[]): DunningViolation[] =>
  entries.flatMap(dunningJournalCheck());
