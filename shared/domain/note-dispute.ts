/**
 * Facts of a case as one append of its account: what happened, what is held from here on, how the head shows it.
 * From: `open-dispute.ts` and its neighbours. Next: the journal, and the paper of the case in the same append, so that
 * claim and case can never differ.
 */
import type { Account } from './account.ts';
import type { Day } from './calendar.ts';
import type { Dispute, DisputedItem, DisputeFact } from './dispute.ts';
import { mostOpenDisputes, partsHeldBy, standsAs, type AccountDisputeFact } from './disputes-position.ts';
import { evolveDispute } from './evolve-dispute.ts';
import type { Fact } from './facts.ts';
import { done, refuse, type Outcome } from './outcome.ts';

/** What is known of the case from its facts alone; its days come from the company's calendar. */
export type DisputeDays = {
  dueOn?: Day | undefined;
  /** A case of the portal that nobody has validated holds no longer than this. */
  holdsUntilOn?: Day | undefined;
};

export type Noted = { facts: readonly Fact[]; dispute: Dispute };

/** The case after these facts. @throws when they do not begin with its opening. */
export const disputeAfter = (
  id: string,
  before: Dispute | undefined,
  facts: readonly DisputeFact[],
): Dispute | undefined =>
  facts.reduce<Dispute | undefined>((dispute, fact) => evolveDispute(id, dispute, fact), before);

/**
 * Facts to append for what happened to a case: nothing for nothing. Items it holds parts of must be at hand.
 * `too-many-cases` where the account has as many open ones as its head can show.
 */
export const noteDispute = (
  account: Account,
  { id, before, facts }: { id: string; before: Dispute | undefined; facts: readonly DisputeFact[] },
  daysOf: (after: Dispute) => DisputeDays,
): Outcome<Noted, 'too-many-cases'> => {
  const dispute = disputeAfter(id, before, facts);
  if (dispute === undefined || facts.length === 0) return done({ facts: [], dispute: dispute! });
  const on = facts.at(-1)!.on;
  const { dueOn, holdsUntilOn } = daysOf(dispute);
  const stands = standsAs(dispute, dueOn);
  const others = (account.head.disputes ?? []).filter((one) => one.id !== id);
  if (stands !== undefined && others.length >= mostOpenDisputes)
    return refuse('too-many-cases', `${account.head.accountId} has ${others.length} open cases`);
  const named = facts.map((fact): AccountDisputeFact => ({ ...fact, disputeId: id }));
  const shown = { kind: 'disputeStands', disputeId: id, ...(stands && { stands }), on } as const;
  return done({
    dispute,
    facts: [
      ...named,
      ...heldAnew(account, { before, dispute, untilOn: holdsUntilOn, on }),
      ...(isShown(account, id) || stands ? [shown] : []),
    ],
  });
};

const isShown = ({ head }: Account, id: string): boolean =>
  (head.disputes ?? []).some((one) => one.id === id);

type Moved = { before: Dispute | undefined; dispute: Dispute; untilOn: Day | undefined; on: Day };

/** Parts that are held otherwise than before, and those that are not held any more; also of items it has no more. */
const heldAnew = (account: Account, { before, dispute, untilOn, on }: Moved): Fact[] => {
  const wanted = new Map(partsHeldBy(dispute).map((one) => [one.itemId, one]));
  return itemIdsOf({ items: [...(before?.items ?? []), ...dispute.items] }).flatMap((itemId): Fact[] => {
    const now = account.items.get(itemId)?.heldParts?.find((part) => part.id === dispute.id);
    const amount = wanted.get(itemId)?.amount;
    if (amount === undefined) return now ? [{ kind: 'partFreed', itemId, partId: dispute.id, on }] : [];
    if (now?.amount === amount && now.untilOn === untilOn) return [];
    const part = { id: dispute.id, code: 'disputed' as const, amount, ...(untilOn && { untilOn }) };
    return [{ kind: 'partHeld', itemId, part, on }];
  });
};

export const itemIdsOf = ({ items }: { items: readonly DisputedItem[] }): string[] => [
  ...new Set(items.map(({ itemId }) => itemId)),
];
