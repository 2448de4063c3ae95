/**
 * Open disputes as the head of their account knows them, so that a payment, a reminder and a case race on one version.
 * From: `note-dispute.ts`, in the same append as what happened to the case. Next: worklist, gate, account page,
 * invariants. The whole case is the paper `dispute:<id>` beside the account. Deductions are items of their own, hold
 * nothing, and are not in it.
 */
import type { AccountHead, AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { heldByDispute, type Dispute, type DisputeFact, type DisputeState } from './dispute.ts';
import { sum, zero, type AmountMinor, type Currency } from './money.ts';
import { withoutRefusedCase } from './track-refused.ts';

/** No case is open and nothing is held: nobody waits for what happens to an item. */
export const isUnheld = ({ disputes = [], holds }: AccountHead): boolean =>
  disputes.length === 0 && holds.length === 0;

/** Open disputes one account can have; a further one waits until one is closed. */
export const mostOpenDisputes = 24;

/** More than any setting lets be accepted in its days. */
const mostAcceptedKept = 10;

export type OpenDispute = {
  id: string;
  code: string;
  state: DisputeState;
  owner: string;
  currency: Currency;
  /** What it keeps out of the claim, over all its items. */
  held: AmountMinor;
  /** When its next step is due. */
  dueOn?: Day;
};

/** A fact of a case in the journal of its account. */
export type AccountDisputeFact =
  | (DisputeFact & { disputeId: string })
  /** How the head shows it from here on; closed: no more. */
  | { kind: 'disputeStands'; disputeId: string; stands?: OpenDispute; on: Day };

/** What a case holds of each item; a deduction holds nothing: the item itself is one. */
export const partsHeldBy = (dispute: Dispute) => (dispute.as === 'deduction' ? [] : heldByDispute(dispute));

/** How the head shows a case; undefined where it does not. */
export const standsAs = (dispute: Dispute, dueOn: Day | undefined): OpenDispute | undefined => {
  if (dispute.state === 'closed' || dispute.as === 'deduction') return undefined;
  const { id, recipe, state, currency, hands } = dispute;
  const held = partsHeldBy(dispute).reduce((all, { amount }) => sum(all, amount), zero);
  const owner = hands.at(-1)?.owner ?? '';
  return {
    ...{ id, code: recipe.code, state, owner, currency, held },
    ...(dueOn === undefined ? {} : { dueOn }),
  };
};

/** The head after a fact of a case. */
export const withDispute = (head: AccountHead, fact: AccountDisputeFact): AccountHead => {
  if (fact.kind === 'disputeDecided' && fact.role === 'rule')
    return { ...head, acceptedAlone: [...(head.acceptedAlone ?? []), fact.on].slice(-mostAcceptedKept) };
  if (fact.kind === 'disputeReopened') return withoutRefusedCase(head, fact.disputeId);
  if (fact.kind !== 'disputeStands') return head;
  const { disputes: before = [], ...rest } = head;
  const others = before.filter(({ id }) => id !== fact.disputeId);
  const disputes = fact.stands === undefined ? others : [...others, fact.stands];
  return disputes.length === 0 ? rest : { ...rest, disputes };
};

const kinds: Readonly<Record<AccountDisputeFact['kind'], true>> = {
  ...{ disputeOpened: true, disputeValidated: true, disputePaperAdded: true, disputeFactsFound: true },
  ...{ disputeRecoded: true, disputeReassigned: true, disputeGivenTime: true, disputeContested: true },
  ...{ disputeDecided: true, disputeEffectProposed: true, disputeClosed: true, disputeReopened: true },
  ...{ disputeDeadlineMissed: true, disputePaidDown: true, disputeStands: true },
};

export const isDisputeFact = (fact: { kind: string }): fact is AccountDisputeFact =>
  Object.hasOwn(kinds, fact.kind);

/** What is wrong between cases and the parts items hold for them: a part without a case, or more than it holds. */
export const checkDisputes = (
  { disputes = [] }: Pick<AccountHead, 'disputes'>,
  items: Iterable<AccountItem>,
): string[] => {
  const known = new Map(disputes.map((one) => [one.id, one]));
  const held = new Map<string, AmountMinor>();
  const found: string[] = disputes.length > mostOpenDisputes ? [`there are ${disputes.length} cases`] : [];
  for (const { id, heldParts = [] } of items)
    for (const part of heldParts.filter(({ code }) => code === 'disputed')) {
      if (!known.has(part.id)) found.push(`${part.id} holds part of ${id} and is no open case`);
      if (part.amount <= 0) found.push(`${part.id} holds ${part.amount} of ${id}`);
      held.set(part.id, sum(held.get(part.id) ?? zero, part.amount));
    }
  for (const [id, amount] of held)
    if (amount > (known.get(id)?.held ?? amount)) found.push(`${amount} is held for ${id}`);
  return found;
};
