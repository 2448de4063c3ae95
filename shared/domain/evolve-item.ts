/**
 * What each fact makes of the items it names.
 * From: `evolve.ts`. Next: the changed items, whole. `open` is always what original and changes come to.
 */
import { signedFor, sizeOf, type AccountItem, type ItemChange } from './account.ts';
import { amended } from './amended-item.ts';
import type { Day } from './calendar.ts';
import type { DunningItemFact } from './dunning-facts.ts';
import { returnedBy } from './debit-returns.ts';
import { dunnedAfter, isOnItems } from './evolve-dunned.ts';
import { unbookedAfter } from './evolve-unbooked.ts';
import { withExplanation } from './explanations.ts';
import type { Fact, HeadFact, PostedItem } from './facts.ts';
import type { ClearingSpan } from './item.ts';
import { withTerms } from './item-history.ts';
import { negate, subtract, sum, zero, type AmountMinor } from './money.ts';
import type { Notice } from './notice.ts';

type ItemsNow = ReadonlyMap<string, AccountItem>;

/** The items a fact changes, as they are after it. @throws when it names one that is not at hand. */
export const itemsAfter = (items: ItemsNow, fact: Fact): AccountItem[] => {
  switch (fact.kind) {
    case 'itemPosted':
      return [posted(fact.item, fact.settledBefore)];
    case 'paymentReceived':
      return [posted(fact.item, zero)];
    case 'itemReduced':
      return [clearedIn(changed(items, fact, fact.by), fact.clearedBetween)];
    case 'debitAdjusted':
      return [changed(items, fact, 'adjustment')];
    case 'itemReopened':
      return [reversed(items, fact)];
    case 'paymentApplied':
      return settled(items, fact, fact.paymentId, 'application');
    case 'creditAllocated':
      return settled(items, fact, fact.creditId, 'allocation');
    case 'applicationReversed':
      return [reversed(items, fact), allocatedMore(items, fact.from, negate(fact.posting.amount))];
    case 'itemAmended':
      return [amendedOn(itemOf(items, fact.itemId), fact)];
    case 'writeOffRequested':
    case 'writeOffApproved':
    case 'writeOffDone':
      return [writtenOff(items, fact)];
    case 'explanationKnown':
    case 'explanationUsed':
      return [withExplanation(itemOf(items, fact.itemId), fact)];
    case 'recoveryReceived':
      return [recovered(itemOf(items, fact.itemId), fact)];
    case 'provisionalNoted':
      return [unbookedAfter(fact.item ? posted(fact.item, zero) : itemOf(items, fact.itemId), fact)];
    case 'provisionalConfirmed':
    case 'provisionalWithdrawn':
    case 'moneyTakenBack':
      return [unbookedAfter(itemOf(items, fact.itemId), fact)];
    default:
      return besideMoney(items, fact);
  }
};

type Beside = DunningItemFact | HeadFact | Extract<Fact, { kind: 'exchangeDifferenceNoted' }>;

const besideMoney = (items: ItemsNow, fact: Beside): AccountItem[] => {
  if (fact.kind === 'exchangeDifferenceNoted') return [];
  if (fact.kind === 'noticePlanned') return mailed(items, fact.notice);
  return isOnItems(fact) ? dunnedAfter((id) => itemOf(items, id), fact) : onHeadOnly(fact);
};

/** A new invoice is mailed once: its own mark stays, whatever the head forgets. Planned again it needs no item at hand. */
const mailed = (items: ItemsNow, { text, itemIds = [], plannedOn }: Notice): AccountItem[] =>
  text !== 'T0'
    ? []
    : itemIds.flatMap((id) => {
        const item = items.get(id);
        return item === undefined || item.mailedOn !== undefined ? [] : [{ ...item, mailedOn: plannedOn }];
      });

/** Takes nothing but what is left of the union: a fact forgotten above does not compile. */
const onHeadOnly = (_fact: HeadFact): AccountItem[] => [];

/** @throws when a fact names an item that was not loaded: a fault, since its decision has seen it. */
export const itemOf = (items: ItemsNow, id: string): AccountItem => {
  const item = items.get(id);
  if (item === undefined) throw new Error(`item ${id} is not at hand`);
  return item;
};

/** The open amount that original, changes and what was given away come to (M1 of one item). */
export const openAfter = (item: Omit<AccountItem, 'open'>): AmountMinor => {
  const live = item.changes.filter(({ isReversed }) => !isReversed);
  const [up, down] = [live.filter(isRaising), live.filter((change) => !isRaising(change))];
  const size = subtract(
    sum(sizeOf(item.original), ...amountsOf(up)),
    sum(item.allocated, ...amountsOf(down)),
  );
  return signedFor(item, size);
};

export const isRaising = ({ by }: ItemChange): boolean => by === 'adjustment';

const amountsOf = (changes: readonly ItemChange[]): AmountMinor[] => changes.map(({ amount }) => amount);

/** What is open is not cleared. */
const withOpen = ({ clearedBetween, ...item }: Omit<AccountItem, 'open'>): AccountItem => {
  const open = openAfter(item);
  return { ...item, open, ...(open === 0 && clearedBetween !== undefined ? { clearedBetween } : {}) };
};

const posted = (item: PostedItem, settledBefore: AmountMinor): AccountItem =>
  withOpen({
    ...item,
    changes: settledBefore === 0 ? [] : [settledFirst(settledBefore, item.postedOn)],
    allocated: zero,
    provisional: [],
    writeOffs: [],
    recoveries: [],
  });

const settledFirst = (amount: AmountMinor, on: Day): ItemChange => ({
  ...{ id: 'before-first-sight', by: 'beforeFirstSight', amount, on, isReversed: false },
});

type ChangeFact = Extract<Fact, { changeId: string }>;

const changed = (
  items: ItemsNow,
  fact: ChangeFact,
  by: ItemChange['by'],
  more: { from?: string } = {},
): AccountItem => {
  const item = itemOf(items, fact.itemId);
  const change = { id: fact.changeId, by, amount: fact.posting.amount, on: fact.on, isReversed: false };
  return withOpen({ ...item, changes: [...item.changes, { ...change, ...more }] });
};

const reversed = (items: ItemsNow, fact: ChangeFact): AccountItem => {
  const item = itemOf(items, fact.itemId);
  const undone = { isReversed: true, reversedOn: fact.on, ...returnedBy(fact) };
  const changes = item.changes.map((one) => (one.id === fact.changeId ? { ...one, ...undone } : one));
  return withOpen({ ...item, changes });
};

const settled = (
  items: ItemsNow,
  fact: ChangeFact & { clearedBetween?: ClearingSpan },
  from: string,
  by: 'application' | 'allocation',
): AccountItem[] =>
  [changed(items, fact, by, { from }), allocatedMore(items, from, fact.posting.amount)].map((item) =>
    item.open === 0 ? clearedIn(item, fact.clearedBetween) : item,
  );

const allocatedMore = (items: ItemsNow, id: string, amount: AmountMinor): AccountItem => {
  const item = itemOf(items, id);
  return withOpen({ ...item, allocated: sum(item.allocated, amount) });
};

type WriteOffFact = Extract<Fact, { kind: 'writeOffRequested' | 'writeOffApproved' | 'writeOffDone' }>;

const writtenOff = (items: ItemsNow, fact: WriteOffFact): AccountItem => {
  const item = itemOf(items, fact.itemId);
  if (fact.kind === 'writeOffRequested') {
    const { writeOffId: id, amount, reason, by: requestedBy } = fact;
    const asked = { id, amount, reason, requestedBy, state: 'requested' } as const;
    return { ...item, writeOffs: [...item.writeOffs, asked] };
  }
  if (fact.kind === 'writeOffApproved')
    return {
      ...item,
      writeOffs: item.writeOffs.map((one) =>
        one.id === fact.writeOffId ? { ...one, approvedBy: fact.by, state: 'approved' } : one,
      ),
    };
  const after = changed(items, fact, 'writeOff');
  const { on: doneOn, relief } = fact;
  const finished = { state: 'done', doneOn, ...(relief === undefined ? {} : { relief }) } as const;
  return {
    ...after,
    writeOffs: after.writeOffs.map((one) => (one.id === fact.changeId ? { ...one, ...finished } : one)),
  };
};

const clearedIn = (item: AccountItem, clearedBetween?: ClearingSpan): AccountItem =>
  clearedBetween ? { ...item, clearedBetween } : item;

const amendedOn = (item: AccountItem, fact: Extract<Fact, { kind: 'itemAmended' }>): AccountItem =>
  withTerms(item, amended(item, fact.amendment), fact);

const recovered = (item: AccountItem, { changeId: id, posting, on }: ChangeFact): AccountItem => ({
  ...item,
  recoveries: [...item.recoveries, { id, amount: posting.amount, on }],
});
