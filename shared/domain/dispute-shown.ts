/**
 * A case as its customer may see it, and the number people call it by.
 * From: the paper of the case. Next: the portal, texts T8 and T9, staff pages. No names, no blame, no inner words.
 */
import type { Day } from './calendar.ts';
import { customerStatus, type CustomerStatus } from './dispute-deadlines.ts';
import { disputedAmount, type Dispute } from './dispute.ts';
import type { AmountMinor, Currency } from './money.ts';

/** What people say instead of an id: `D-0F3A99C2`. */
export const caseNumberOf = (id: string): string => `D-${id.slice(-8).toUpperCase()}`;

/** The credit note of a round of it, where the book is kept here. */
export const creditNoteNumberOf = ({ id, reopened }: Pick<Dispute, 'id' | 'reopened'>): string =>
  `${caseNumberOf(id)}${reopened === 0 ? '' : `-${reopened}`}`;

export type CaseForCustomer = {
  id: string;
  number: string;
  status: CustomerStatus;
  items: readonly { itemId: string; amount: AmountMinor }[];
  amount: AmountMinor;
  currency: Currency;
  openedOn: Day;
  /** When it is answered at the latest. */
  answerByOn?: Day;
  isClosed: boolean;
};

/** `dueOn` of its next step is our day; `isPaperAsked`: something is wanted of the customer. */
export const caseForCustomer = (dispute: Dispute, dueOn?: Day, isPaperAsked = false): CaseForCustomer => ({
  ...{ id: dispute.id, number: caseNumberOf(dispute.id), status: customerStatus(dispute, isPaperAsked) },
  ...{ items: dispute.items, amount: disputedAmount(dispute), currency: dispute.currency },
  ...{ openedOn: dispute.openedOn, isClosed: dispute.state === 'closed' },
  ...(dueOn === undefined || dispute.decision !== undefined ? {} : { answerByOn: dueOn }),
});
