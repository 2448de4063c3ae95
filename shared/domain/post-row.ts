/**
 * Posts the item of a row nobody has seen before, and amends a known one as a row says.
 * From: snapshots, deltas, journals, history. Next: steps of the account.
 */
import { adjustDebit } from './adjust-debit.ts';
import { sizeOf, type AccountItem } from './account.ts';
import { itemOf } from './evolve-item.ts';
import type { DocumentRow } from './feed-rows.ts';
import { heldFaultsOf } from './held-faults.ts';
import { amendmentOf, isBeyondOriginal, itemOfRow, originalIdsOf } from './item-of-row.ts';
import type { Item } from './item.ts';
import { subtract } from './money.ts';
import { amendItem, postItem } from './post-item.ts';
import { accountIn, freshChangeId, inOneStep, take, type Draft, type StepDraft } from './posting-steps.ts';

/** The item a row names as its original, where it is at hand. */
export const originalOf = ({ items, frame }: Draft, row: DocumentRow): AccountItem | undefined =>
  originalIdsOf(row, frame.hashText)
    .map((id) => items.get(id))
    .find((item) => item !== undefined && item.currency === row.currency);

/**
 * Posts a row. Open beyond the original is an adjustment; a deduction takes over due day, stage and history of the
 * item it is the rest of.
 */
export const postRow = (
  step: StepDraft,
  row: DocumentRow,
  source: string,
  more: Partial<Pick<Item, 'newsAt' | 'open'>> = {},
): void => {
  const { draft } = step;
  const { frame } = draft;
  const plain = itemOfRow(row, source, frame.hashText, heldFaultsOf(row, frame.master));
  const readFrom = { importId: frame.importId, row: row.row };
  const item = { ...plain, ...more, ...heirOf(row, originalOf(draft, row)), readFrom };
  const isBeyond = isBeyondOriginal(item);
  take(step, postItem(accountIn(draft), isBeyond ? { ...item, open: item.original } : item));
  if (row.references.text !== undefined) draft.texts.set(item.id, row.references.text);
  if (!isBeyond) return;
  const changeId = freshChangeId(itemOf(draft.items, item.id), frame, 'raised');
  const amount = subtract(sizeOf(item.open), sizeOf(item.original));
  const adjustment = { itemId: item.id, changeId, amount, reason: 'unexplained', on: frame.on };
  take(step, adjustDebit(accountIn(draft), adjustment));
};

const heirOf = (row: DocumentRow, original: AccountItem | undefined): Partial<Item> => {
  if (original === undefined) return {};
  const named = { originalId: original.id };
  if (row.kind !== 'deduction') return named;
  const { dueOn, firstDueOn, stage, carriedBy, reminded } = original;
  return {
    ...{ ...named, dueOn, firstDueOn, stage },
    ...(carriedBy === undefined ? {} : { carriedBy }),
    ...(reminded === undefined ? {} : { reminded }),
  };
};

/** Amends a known item where the row says otherwise, as a step of its own. */
export const amendByRow = (draft: Draft, itemId: string, row: DocumentRow, newsAt?: string): void => {
  const item = itemOf(draft.items, itemId);
  const said = amendmentOf(item, row, heldFaultsOf(row, draft.frame.master));
  const isNews = newsAt !== undefined && newsAt !== item.newsAt;
  if (said === undefined && !isNews) return;
  const amendment = { ...said, ...(isNews ? { newsAt } : {}) };
  inOneStep(draft, (step) => take(step, amendItem(accountIn(draft), itemId, amendment, draft.frame.on)));
};
