/**
 * Every reason of a look why not, as one fact; however many items there are, it fits into an entry.
 * From: `decide-plan.ts`. Next: the head counts them by reason, lists show them.
 */
import type { AccountHead } from './account.ts';
import type { WithheldItem } from './dunning-facts.ts';
import type { DunningFrame } from './dunning-input.ts';
import type { Evaluation } from './evaluate-account.ts';
import type { Fact } from './facts.ts';
import type { WithheldReason } from './withheld-reasons.ts';

/** Items a task or the reasons of a look name one by one; the rest is in their sums and counts. */
export const mostListed = 500;

/** Reasons are written when they are others than before, item for item; none, once there are none any more. */
export const withheldFacts = (
  { account, items }: Evaluation,
  { head }: { head: Pick<AccountHead, 'dunning'> },
  frame: DunningFrame,
): Fact[] => {
  const { withheld } = head.dunning;
  const on = frame.today;
  if (account.length === 0 && items.length === 0)
    return withheld === undefined ? [] : [{ kind: 'reminderFree', on }];
  const sorted = items.toSorted((a, b) => (a.itemId < b.itemId ? -1 : 1));
  const digest = frame.hash(JSON.stringify([account, sorted])).slice(0, 32);
  if (withheld?.digest === digest) return [];
  const more = countsOf(sorted.slice(mostListed));
  const listed = { account, items: sorted.slice(0, mostListed), digest, on };
  return [{ kind: 'reminderWithheld', ...listed, ...(more === undefined ? {} : { more }) }];
};

const countsOf = (items: readonly WithheldItem[]): Partial<Record<WithheldReason, number>> | undefined => {
  if (items.length === 0) return undefined;
  const counts: Partial<Record<WithheldReason, number>> = {};
  for (const { reason } of items) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
};
