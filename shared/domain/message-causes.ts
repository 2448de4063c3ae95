/**
 * What a text that is no reminder tells of: an invoice, a promise, a case, a debit, a receipt and the like.
 * From: the facts that caused the message. Next: `message-data.ts`; each text names what it needs in `text-catalogue.ts`.
 */
import type { Day } from './calendar.ts';
import type { BankShown, Money } from './message-data.ts';

/** T0. */
export type InvoiceData = {
  number: string;
  documentOn: Day;
  dueOn: Day;
  total: Money;
  purchaseOrder?: string;
  discount?: { untilOn: Day; pay: Money };
  /** What goes with it, in words: the PDF, the structured file, delivery notes. */
  papers: readonly string[];
};

/** T6, T7. `received`: what came of it. */
export type PromiseData = {
  amount: Money;
  dueOn: Day;
  items: readonly string[];
  method?: string;
  received?: Money;
  missing?: Money;
};

/** T8: what is held while it is looked into, and until when it is answered. */
export type DisputeData = {
  number: string;
  items: readonly string[];
  held: Money;
  /** Papers or facts asked of the customer; none: nothing is needed. */
  needed: readonly string[];
  answerByOn: Day;
};

/** T9. `credited`: with the number of the credit note where it is known; `due`: what is to be paid after all. */
export type DecidedData = {
  number: string;
  items: readonly string[];
  decision: 'accepted' | 'partly' | 'rejected';
  reason: string;
  papers: readonly string[];
  credited?: Money & { creditNote?: string };
  due?: Money;
};

/** T10, T11. */
export type DebitData = {
  amount: Money;
  on: Day;
  mandate: string;
  creditorId: string;
  items: readonly string[];
  /** T11: why the bank returned it, and its fee where it is charged on. */
  returned?: { on: Day; reason: 'noFunds' | 'account' | 'mandate' | 'refused' | 'other'; fee?: Money };
};

/** T12. */
export type DeductionData = {
  taken: Money;
  on: Day;
  items: readonly string[];
  claimNumber?: string;
  /** Why it is not owed, as decided. */
  reason: string;
  evidence: readonly string[];
};

/** T14. `left`: not used for any item. */
export type ReceiptData = {
  amount: Money;
  on: Day;
  items: readonly { number: string; amount: Money; open: Money }[];
  left?: Money;
  balances: readonly Money[];
};

/** T15, when it is agreed; `next` before an instalment falls due, `missed` after one did not come; or that it is not agreed. */
export type PlanData = {
  number: string;
  total: Money;
  items: readonly string[];
  instalments: readonly { on: Day; amount: Money }[];
  next?: { on: Day; amount: Money };
  missed?: { on: Day; amount: Money };
  isDeclined?: true;
};

/** T16: what was asked for and goes with it, or a question with our words to it. */
export type AnswerData = {
  asked: string;
  askedOn: Day;
  papers: readonly string[];
  answered?: { question: string; reply: string };
};

/** T17. Whoever acts from then on is paid, by the details of their own record. */
export type HandOverData = {
  to: string;
  kind: 'agency' | 'lawyer';
  since: Day;
  amount: Money;
  fileNumber: string;
  address: readonly string[];
  phone?: string;
  payTo?: BankShown;
};

/** T5-P: what a public body needs to see, as far as it is known of all that is due. */
export type StatutoryData = { order?: string; acceptedOn?: Day; legalBasis?: string };
