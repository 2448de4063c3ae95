/**
 * A dispute or deduction: one record from opening to closure, made from its facts alone.
 * From: facts that `open-dispute.ts` and its neighbours decide. Next: deadlines, status, alerts, holds of amounts.
 * Facts name papers and notes by id and people by id: no personal data.
 */
import type { DisputeCode } from './dispute-codes.ts';
import type { Day } from './calendar.ts';
import { split, sum, zero, type AmountMinor, type Currency } from './money.ts';

export const disputeStates = [
  ...['opened', 'validated', 'factsKnown', 'decided', 'effectProposed', 'closed'],
] as const;
export type DisputeState = (typeof disputeStates)[number];

/** How much of each item is contested, tax included. */
export type DisputedItem = { itemId: string; amount: AmountMinor };

/** What becomes of the contested amount: the parts sum to it. `upheldForUs` is owed after all. */
export type DisputeSplit = {
  credited: AmountMinor;
  repaid: AmountMinor;
  writtenOff: AmountMinor;
  upheldForUs: AmountMinor;
};

export type DisputeDecision = {
  outcome: 'accepted' | 'partlyAccepted' | 'rejected';
  split: DisputeSplit;
  by: string;
  role: string;
  on: Day;
  /** Names the text that says why; a rule says so itself. */
  reason: string;
  /** What it came of and who answers for that, for the closing; absent: its code and its owner's department. */
  cause?: string;
  department?: string;
};

export type Hand = { owner: string; department: string; fromAt: string };

export type DisputeFact =
  | {
      kind: 'disputeOpened';
      as: 'dispute' | 'deduction';
      from: 'staff' | 'portal' | 'shortPayment' | 'erp';
      accountId: string;
      currency: Currency;
      items: readonly DisputedItem[];
      recipe: DisputeCode;
      recipeVersion: number;
      papers: readonly string[];
      by: string;
      owner: string;
      on: Day;
      at: string;
      /** Of a deduction: the payment it was taken from. */
      takenOn?: Day;
      claimNumber?: string;
    }
  | { kind: 'disputeValidated'; by: string; on: Day }
  | { kind: 'disputePaperAdded'; paper: string; paperId: string; by: string; on: Day }
  | { kind: 'disputeFactsFound'; by: string; on: Day }
  | { kind: 'disputeRecoded'; recipe: DisputeCode; recipeVersion: number; by: string; on: Day }
  | { kind: 'disputeReassigned'; owner: string; department: string; by: string; on: Day; at: string }
  | { kind: 'disputeGivenTime'; days: number; by: string; on: Day }
  /** A department concerned does not agree with another: only the CFO decides it. */
  | { kind: 'disputeContested'; department: string; by: string; on: Day }
  /** Something was paid or credited: no more than this is open and contested any more; an item left out: nothing. */
  | { kind: 'disputePaidDown'; items: readonly DisputedItem[]; on: Day }
  | ({ kind: 'disputeDecided' } & DisputeDecision)
  | { kind: 'disputeEffectProposed'; proposals: readonly string[]; on: Day }
  | { kind: 'disputeClosed'; cause: string; department: string; by: string; on: Day }
  | { kind: 'disputeReopened'; paperId: string; by: string; on: Day }
  | { kind: 'disputeDeadlineMissed'; step: 'validate' | 'facts' | 'decide'; on: Day };

export type Dispute = {
  id: string;
  as: 'dispute' | 'deduction';
  from: 'staff' | 'portal' | 'shortPayment' | 'erp';
  accountId: string;
  currency: Currency;
  items: readonly DisputedItem[];
  recipe: DisputeCode;
  recipeVersion: number;
  state: DisputeState;
  openedBy: string;
  openedOn: Day;
  /** Where the deadlines of the present round count from: the opening, a new code, a reopening. */
  clockFrom: Day;
  extraDays: number;
  papers: readonly { paper: string; paperId: string; on: Day }[];
  hands: readonly Hand[];
  decision?: DisputeDecision;
  proposals: readonly string[];
  closed?: { on: Day; cause: string; department: string; by: string };
  reopened: number;
  missed: readonly { step: string; on: Day }[];
  /** Departments that do not agree. */
  contestedBy?: readonly string[];
  takenOn?: Day;
  claimNumber?: string;
};

/** What is contested in all. */
export const disputedAmount = ({ items }: Pick<Dispute, 'items'>): AmountMinor =>
  items.reduce((all, { amount }) => sum(all, amount), zero);

/**
 * What a case keeps out of the claim: all of it until it is decided, then what is given up until that is posted.
 * What was upheld for us is claimed again from the decision on.
 */
export const heldByDispute = ({ items, state, decision }: Dispute): readonly DisputedItem[] => {
  if (state === 'closed') return [];
  if (decision === undefined) return items;
  const { credited, repaid, writtenOff } = decision.split;
  const shares = split(
    sum(credited, repaid, writtenOff),
    items.map(({ amount }) => amount),
  );
  return items
    .map(({ itemId }, at) => ({ itemId, amount: shares[at] ?? zero }))
    .filter(({ amount }) => amount > 0);
};

/** Papers the recipe asks for and the case has not. */
export const missingPapers = ({ recipe, papers }: Dispute): string[] =>
  recipe.papers.filter((paper) => !papers.some((one) => one.paper === paper));
