/**
 * Gives a reduction its reason: what went down unexplained is explained as far as the reason goes; the rest of the
 * reason waits on the item until its open amount shows it. What is open does not change.
 * From: journals, closed-item history. Next: one step of facts.
 */
import type { AccountItem } from './account.ts';
import type { Day } from './calendar.ts';
import { itemOf } from './evolve-item.ts';
import type { ClearingSpan } from './item.ts';
import { larger, smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import type { ReductionReason } from './postings.ts';
import { accountIn, add, freshChangeId, take, type StepDraft } from './posting-steps.ts';
import { reduceItem, reopenItem } from './reduce-item.ts';

export type Told = {
  /** Says the whole of it: the same told again is nothing. */
  id: string;
  /** The receipt or credit. */
  from: string;
  by: ReductionReason;
  amount: AmountMinor;
  on: Day;
};

/**
 * Explains an item; told before it is nothing. What went down for this very reason already, by a receipt noted here or
 * by the source's own word, is what the row tells of: it waits for nothing more.
 */
export const explainItem = (step: StepDraft, item: AccountItem, told: Told): void => {
  if (item.explanations?.some(({ id }) => id === told.id)) return;
  const { id, by, amount, on } = told;
  const known = untoldOf(item, by);
  let left = known >= amount ? zero : amount;
  while (left > 0) {
    const covered = explainOne(step, item.id, told, left, item.clearedBetween);
    if (covered === zero) break;
    left = subtract(left, covered);
  }
  add(step, {
    kind: 'explanationKnown',
    itemId: item.id,
    explanation: { id, by, amount, left: subtract(left, smaller(left, known)), on },
    on: step.draft.frame.on,
  });
};

/** By how much an item went down for a reason without the journal having told of it. */
const untoldOf = ({ changes, explanations = [] }: AccountItem, by: ReductionReason): AmountMinor => {
  const shown = changes.filter((one) => one.by === by && !one.isReversed).map(({ amount }) => amount);
  const seen = explanations.filter((one) => one.by === by).map((one) => subtract(one.amount, one.left));
  return larger(zero, subtract(sum(...shown), sum(...seen)));
};

/** The change of exactly this amount, else the first there is; how much of it was explained. */
const explainOne = (
  step: StepDraft,
  itemId: string,
  { by, on }: Told,
  left: AmountMinor,
  span: ClearingSpan | undefined,
): AmountMinor => {
  const { draft } = step;
  const open = itemOf(draft.items, itemId).changes.filter(
    (change) => !change.isReversed && (change.by === 'unexplained' || change.by === 'implied'),
  );
  const change = open.find(({ amount }) => amount === left) ?? open[0];
  if (change === undefined) return zero;
  const amount = smaller(change.amount, left);
  take(step, reopenItem(accountIn(draft), { itemId, changeId: change.id, amount, on: change.on }));
  const changeId = freshChangeId(itemOf(draft.items, itemId), draft.frame, by);
  const cleared = span === undefined ? {} : { clearedBetween: span };
  take(
    step,
    reduceItem(accountIn(draft), {
      ...{ itemId, changeId, by, amount, on: on < change.on ? on : change.on },
      ...cleared,
    }),
  );
  return amount;
};

/** Takes back what was told and not seen yet; what an open amount has shown, the next snapshot corrects. */
export const takeBackExplanation = (step: StepDraft, item: AccountItem, { from, by, amount }: Told): void => {
  const told = item.explanations?.find(({ id, left }) => id.startsWith(`journal:${from}:${by}:`) && left > 0);
  if (told === undefined) return;
  const back = smaller(told.left, amount);
  add(step, {
    kind: 'explanationUsed',
    itemId: item.id,
    explanationId: told.id,
    amount: back,
    isTakenBack: true,
    on: step.draft.frame.on,
  });
};
