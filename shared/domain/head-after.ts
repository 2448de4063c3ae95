/**
 * What a fact makes of the head of an account: whose it is, what holds it, where it stands; never an amount that is open.
 * From: `evolve.ts`, fact by fact. Next: the head as the stores keep it.
 */
import type { AccountHead } from './account.ts';
import type { Day } from './calendar.ts';
import { isDisputeFact, withDispute } from './disputes-position.ts';
import type { DunningFact } from './dunning-facts.ts';
import { isDunningFact, reviewedAt, withDunning } from './evolve-dunning.ts';
import type { Fact, HeadFact } from './facts.ts';
import { sum, zero } from './money.ts';
import { withRelease } from './order-release.ts';
import type { Posting } from './postings.ts';
import { quarterName } from './quarters.ts';

export const headAfter = (head: AccountHead, fact: Fact): AccountHead => {
  switch (fact.kind) {
    case 'reviewPlanned':
      return reviewedAt(head, fact.nextReviewAt);
    case 'accountAssigned':
      return { ...head, assignedTo: fact.to };
    case 'salesOwnersNamed':
      return { ...head, salesOwners: fact.owners };
    case 'segmentNamed':
      return { ...head, segment: fact.segment };
    case 'masterDataNoted':
      return { ...head, masterData: fact.masterData };
    case 'noteWritten':
      return { ...head, hasNotes: true };
    case 'feedReconciled':
      return { ...head, feeds: feedsAfter(head.feeds, fact) };
    case 'holdPlaced':
      return { ...head, holds: [...head.holds, fact.hold] };
    case 'holdLifted':
      return { ...head, holds: head.holds.filter(({ id }) => id !== fact.holdId) };
    case 'orderReleased':
      return withRelease(head, fact.order);
    case 'writeOffDone':
      return fact.isSmall ? withSmallWriteOff(head, fact.posting, fact.on) : head;
    default:
      if (isDisputeFact(fact)) return withDispute(head, fact);
      return isDunningFact(fact) ? withDunning(head, fact) : itemsOnly(head, fact);
  }
};

const feedsAfter = (
  feeds: AccountHead['feeds'],
  { source, currency, mark }: Extract<HeadFact, { kind: 'feedReconciled' }>,
): NonNullable<AccountHead['feeds']> => ({ ...feeds, [source]: { ...feeds?.[source], [currency]: mark } });

/** Takes no fact about the head: one forgotten above does not compile. */
const itemsOnly = (head: AccountHead, _fact: Exclude<Fact, HeadFact | DunningFact>): AccountHead => head;

const withSmallWriteOff = (head: AccountHead, { amount, currency }: Posting, on: Day): AccountHead => {
  const before = head.smallWriteOffs[currency];
  const quarter = quarterName(on);
  const spent = before?.quarter === quarter ? before.amount : zero;
  const smallWriteOffs = { ...head.smallWriteOffs, [currency]: { quarter, amount: sum(spent, amount) } };
  return { ...head, smallWriteOffs };
};
