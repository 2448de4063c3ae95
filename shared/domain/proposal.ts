/**
 * A proposal: what somebody here wants done and another person, and in an ERP-led company its ERP, has to do.
 * From: clerks and collectors. Next: another person approves it; a refund is paid, the rest goes out with the posting
 * export and is gone when the feed shows it (`defaults.md` §1).
 */
import type { Day } from './calendar.ts';
import type { HashText } from './document-ids.ts';
import type { AmountMinor, Currency } from './money.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export const proposalKinds = ['writeOff', 'creditNote', 'allocation', 'refund'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

export type Proposal = {
  id: string;
  companyId: string;
  accountId: string;
  kind: ProposalKind;
  amount: AmountMinor;
  currency: Currency;
  /** What it lowers; of an allocation also `from`, the payment or credit that gives. */
  items: readonly { itemId: string; amount: AmountMinor }[];
  from?: string;
  /** Of a refund: the receipt, and the version of the payee's details. */
  receiptId?: string;
  detailsVersion?: string;
  reason: string;
  on: Day;
  by: string;
  approvedBy?: string;
  /** ISO instant; feeds older than it say nothing about it. */
  approvedAt?: string;
  /** Items it is about, by how many changes of them came before: only later ones can be it. */
  seen?: Readonly<Record<string, number>>;
  /** Dropped since the ERP would not post it: its own words. */
  refusedBecause?: string;
  /** The feed that showed it. */
  shownBy?: string;
  state: 'proposed' | 'approved' | 'dropped' | 'done';
};

/** The same wish has the same id, so that asking twice is once; `occasion` tells two like wishes apart. */
export const proposalIdOf = (
  { companyId, accountId, kind, amount, items }: Omit<Proposal, 'id' | 'state'>,
  occasion: string,
  hashText: HashText,
): string => {
  const ids = items.map(({ itemId, amount: part }) => `${itemId} ${part}`);
  return `proposal:${hashText([companyId, accountId, kind, amount, ...ids, occasion].join('\n')).slice(0, 40)}`;
};

/** Of the refund proposed for a possible double payment: one for each receipt, account and amount. */
export const doubleIdOf = (content: Omit<Proposal, 'id' | 'state'>, hashText: HashText): string =>
  proposalIdOf(content, `${content.receiptId ?? ''} double`, hashText);

/** ISO instant since when the ERP has been asked to post it. */
export const waitsSince = ({ approvedAt, on }: Pick<Proposal, 'approvedAt' | 'on'>): string =>
  approvedAt ?? `${on}T00:00:00Z`;

/** Approved by somebody else than who asked; `most` is the approver's own limit, absent for none. */
export const approveProposal = (
  proposal: Proposal,
  by: string,
  most?: AmountMinor,
): Outcome<Proposal, 'same-person' | 'above-limit' | 'not-approved'> => {
  if (proposal.state === 'approved' || proposal.state === 'done') return done(proposal);
  if (proposal.state === 'dropped') return refuse('not-approved', `${proposal.id} was dropped`);
  if (proposal.by === by) return refuse('same-person', `${by} asked for ${proposal.id}`);
  if (most !== undefined && proposal.amount > most)
    return refuse('above-limit', `${proposal.amount} is above the limit of ${most}`);
  return done({ ...proposal, approvedBy: by, state: 'approved' });
};
