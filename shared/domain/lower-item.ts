/**
 * An item shows less open than it has here: each part of the difference gets the first reason that fits.
 * From: snapshots and deltas. Next: one step of facts: what the journal told, money noted provisionally, credits that
 * went with it, and what is left under the reason handed in.
 */
import { sizeOf, type AccountItem } from './account.ts';
import { allocateCredit } from './allocate-credit.ts';
import { applyPayment } from './apply-payment.ts';
import { addDays, type Day } from './calendar.ts';
import { itemOf } from './evolve-item.ts';
import { usesOf } from './explanations.ts';
import type { ClearingSpan } from './item.ts';
import { smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import { confirmProvisional } from './note-provisional.ts';
import type { ReductionReason } from './postings.ts';
import { accountIn, add, freshChangeId, take, type StepDraft } from './posting-steps.ts';
import { isBefore } from './reconcile-frame.ts';
import { reduceItem } from './reduce-item.ts';
import { leadDays } from './shown-money.ts';
import type { ProvisionalReceipt } from './unbooked-money.ts';

/** What one credit gives; `span` where the credit itself is gone between two snapshots. */
export type Given = { creditId: string; amount: AmountMinor; span?: ClearingSpan };

export type Lowering = {
  itemId: string;
  /** What is still open of it, from the debit side. */
  wanted: AmountMinor;
  /** The instant the news is of. */
  asOf: string;
  span?: ClearingSpan;
  /** What successors took over of it. */
  residual?: AmountMinor;
  credits?: readonly Given[];
  /** The reason of what no other explains. */
  rest: ReductionReason;
  /** The day it was cleared, where the source names it. */
  on?: Day;
};

/** Lowers an item to `wanted`; more than is open is left as it is. */
export const lowerItem = (step: StepDraft, lowering: Lowering): void => {
  const { itemId, wanted, residual = zero, credits = [] } = lowering;
  const { items } = step.draft;
  const down = (): AmountMinor => subtract(sizeOf(itemOf(items, itemId).open), sizeOf(wanted));
  reduce(step, lowering, 'residual', smaller(residual, down()));
  const told = useExplanations(step, lowering, down());
  confirmReceipts(step, lowering, down(), told);
  for (const given of credits) settle(step, lowering, given, down());
  reduce(step, lowering, lowering.rest, down());
};

const reduce = (
  step: StepDraft,
  { itemId, span, on = step.draft.frame.on }: Lowering,
  by: ReductionReason,
  amount: AmountMinor,
): void => {
  if (amount <= 0) return;
  const changeId = freshChangeId(itemOf(step.draft.items, itemId), step.draft.frame, by);
  const cleared = span === undefined ? {} : { clearedBetween: span };
  take(step, reduceItem(accountIn(step.draft), { itemId, changeId, by, amount, on, ...cleared }));
};

/** How much of it the journal called a payment. */
const useExplanations = (step: StepDraft, lowering: Lowering, down: AmountMinor): AmountMinor => {
  const { itemId } = lowering;
  let payments = zero;
  const { on: today } = step.draft.frame;
  for (const { explanation, amount } of usesOf(itemOf(step.draft.items, itemId), down)) {
    const on = explanation.on < today ? explanation.on : today;
    reduce(step, { ...lowering, on }, explanation.by, amount);
    add(step, { kind: 'explanationUsed', itemId, explanationId: explanation.id, amount, on: today });
    if (explanation.by === 'payment') payments = sum(payments, amount);
  }
  return payments;
};

/** The journal and a receipt noted here tell of the same money: what the one explained, the other confirms. */
const confirmReceipts = (step: StepDraft, lowering: Lowering, down: AmountMinor, told: AmountMinor): void => {
  const { itemId, wanted, asOf } = lowering;
  const item = itemOf(step.draft.items, itemId);
  const seen = item.provisional.filter(
    (one) => one.state === 'noted' && isSeenBy(one, asOf, step.draft.frame.on),
  );
  let explained = told;
  for (const receipt of shownBy(seen, sum(down, told), wanted === 0)) {
    const known = smaller(receipt.amount, explained);
    explained = subtract(explained, known);
    const left = subtract(sizeOf(itemOf(step.draft.items, itemId).open), sizeOf(wanted));
    reduce(step, lowering, 'payment', smaller(subtract(receipt.amount, known), left));
    const named = { itemId, receiptId: receipt.id, on: step.draft.frame.on };
    take(step, confirmProvisional(accountIn(step.draft), named));
  }
};

/** News of before the money came says nothing about it; where only its day is known, the day decides. */
const isSeenBy = ({ receivedAt, receivedOn }: ProvisionalReceipt, asOf: string, today: Day): boolean =>
  receivedAt === undefined ? addDays(receivedOn, -leadDays) <= today : !isBefore(asOf, receivedAt);

/** Of a lower item the one receipt, or all of them, of exactly this amount; of a cleared one all that fit. */
const shownBy = (
  receipts: readonly ProvisionalReceipt[],
  down: AmountMinor,
  isCleared: boolean,
): readonly ProvisionalReceipt[] => {
  if (down <= 0) return [];
  const exact = receipts.find(({ amount }) => amount === down);
  if (exact !== undefined) return [exact];
  if (sum(...receipts.map(({ amount }) => amount)) === down) return receipts;
  if (!isCleared) return [];
  let rest = down;
  return receipts.filter(({ amount }) => {
    const isNeeded = rest > 0;
    if (isNeeded) rest = subtract(rest, smaller(amount, rest));
    return isNeeded;
  });
};

const settle = (
  step: StepDraft,
  { itemId, span, on = step.draft.frame.on }: Lowering,
  { creditId, amount: wanted, span: creditSpan }: Given,
  down: AmountMinor,
): void => {
  const { draft } = step;
  const credit: AccountItem = itemOf(draft.items, creditId);
  const amount = smaller(smaller(wanted, sizeOf(credit.open)), down);
  if (amount <= 0) return;
  const changeId = freshChangeId(itemOf(draft.items, itemId), draft.frame, `credit:${creditId}`);
  const isUsedUp = amount === sizeOf(credit.open);
  const cleared = span ?? (isUsedUp ? creditSpan : undefined);
  const settlement = {
    ...{ itemId, changeId, amount, on },
    ...(cleared === undefined ? {} : { clearedBetween: cleared }),
  };
  take(
    step,
    credit.kind === 'creditNote'
      ? allocateCredit(accountIn(draft), { creditId, ...settlement })
      : applyPayment(accountIn(draft), { paymentId: creditId, ...settlement }),
  );
};
