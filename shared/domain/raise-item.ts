/**
 * An item shows more open than it has here: what lowered it before is undone, the latest first, and what remains
 * is a debit adjustment. A cleared item is opened again so, with its history and stage.
 * From: snapshots and deltas. Next: one step of facts. Write-offs stand: money that comes for them is a recovery.
 */
import { adjustDebit } from './adjust-debit.ts';
import { sizeOf, type AccountItem, type ItemChange } from './account.ts';
import { allocateCredit } from './allocate-credit.ts';
import { applyPayment } from './apply-payment.ts';
import { itemOf } from './evolve-item.ts';
import { smaller, subtract, zero, type AmountMinor } from './money.ts';
import { reductionReasons } from './postings.ts';
import { accountIn, freshChangeId, take, type StepDraft } from './posting-steps.ts';
import { reopenItem } from './reduce-item.ts';
import { reverseApplication } from './reverse-application.ts';

/** Raises what is open of an item to `wanted`, from the debit side; less than is open is left as it is. */
export const raiseItem = (step: StepDraft, itemId: string, wanted: AmountMinor): void => {
  const { items } = step.draft;
  const missing = (): AmountMinor => subtract(sizeOf(wanted), sizeOf(itemOf(items, itemId).open));
  for (const undo of [undoReduction, undoSettlement])
    while (missing() > 0 && undo(step, itemOf(items, itemId), missing())) continue;
  const rest = missing();
  if (rest <= 0) return;
  const item = itemOf(items, itemId);
  const changeId = freshChangeId(item, step.draft.frame, 'raised');
  const adjustment = { itemId, changeId, amount: rest, reason: 'unexplained', on: step.draft.frame.on };
  take(step, adjustDebit(accountIn(step.draft), adjustment));
};

/** The change to undo: the latest of exactly this amount, else the latest. */
const chosen = (
  { changes }: AccountItem,
  missing: AmountMinor,
  isWanted: (change: ItemChange) => boolean,
): ItemChange | undefined => {
  const live = changes.filter((change) => !change.isReversed && isWanted(change));
  return live.findLast(({ amount }) => amount === missing) ?? live.at(-1);
};

const isUndoable = ({ by }: ItemChange): boolean =>
  by !== 'writeOff' && by !== 'undone' && reductionReasons.some((reason) => reason === by);

const undoReduction = (step: StepDraft, item: AccountItem, missing: AmountMinor): boolean => {
  const change = chosen(item, missing, isUndoable);
  if (change === undefined) return false;
  const { id: changeId, amount } = change;
  const reopening = { itemId: item.id, changeId, amount: smaller(amount, missing), on: step.draft.frame.on };
  take(step, reopenItem(accountIn(step.draft), reopening));
  return true;
};

/** An application is undone whole; what was too much of it is applied again. The giver must be at hand. */
const undoSettlement = (step: StepDraft, item: AccountItem, missing: AmountMinor): boolean => {
  const { draft } = step;
  const isAtHand = ({ from }: ItemChange): boolean => from !== undefined && draft.items.has(from);
  const change = chosen(item, missing, isAtHand);
  if (change?.from === undefined) return false;
  const { id: changeId, from, amount } = change;
  const { on } = draft.frame;
  const reversal = { itemId: item.id, changeId, reason: 'feed', on };
  take(step, reverseApplication(accountIn(draft), reversal));
  const rest = subtract(amount, smaller(amount, missing));
  if (rest > zero) settleAgain(step, item.id, from, rest);
  return true;
};

const settleAgain = (step: StepDraft, itemId: string, from: string, amount: AmountMinor): void => {
  const { draft } = step;
  const changeId = freshChangeId(itemOf(draft.items, itemId), draft.frame, 'rest');
  const settlement = { itemId, changeId, amount, on: draft.frame.on };
  take(
    step,
    itemOf(draft.items, from).kind === 'creditNote'
      ? allocateCredit(accountIn(draft), { creditId: from, ...settlement })
      : applyPayment(accountIn(draft), { paymentId: from, ...settlement }),
  );
};
