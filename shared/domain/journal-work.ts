/**
 * Takes in a journal: its documents are posted, its allocations say why items went down. What is open, a snapshot or
 * a delta says: a reduction known without a reason is explained, one not seen yet is explained when it comes. Nothing
 * is counted twice. Where the book is kept here, a journal's credits settle what it says (`settle-by-credit.ts`).
 * From: the ledger's posting workflow. Next: steps it appends.
 */
import type { AccountWork } from './account-work.ts';
import type { Account } from './account.ts';
import type { LedgerMode } from './company.ts';
import { dayAt, instantFromText } from './calendar.ts';
import { giverIdsOf, idOfAllocation, reasonOf } from './allocation-rows.ts';
import { itemOf } from './evolve-item.ts';
import { explainItem, takeBackExplanation, type Told } from './explain-item.ts';
import type { AllocationRow, DocumentRow } from './feed-rows.ts';
import { idOfRow } from './item-of-row.ts';
import { zero, type AmountMinor } from './money.ts';
import { heldElsewhere } from './number-elsewhere.ts';
import { refuse, type Refusal } from './outcome.ts';
import { amendByRow, postRow } from './post-row.ts';
import type { ReductionReason } from './postings.ts';
import { draftOf, inOneStep, postedIn, type Draft, type Posted, type PostingFrame } from './posting-steps.ts';
import { reversedIdOf, reverseDocument } from './reverse-document.ts';
import { differs, sideRefused } from './reconcile-rows.ts';
import { settleByCredit } from './settle-by-credit.ts';

export type JournalWork = Extract<AccountWork, { do: 'journal' }>;

/**
 * `mode`: where the book is kept here, applying a receipt is the receipt's own work and nothing is explained. Items
 * of documents and allocations must be at hand.
 */
export const explainAccount = (
  account: Account,
  work: JournalWork,
  frame: PostingFrame,
  mode: LedgerMode,
): Posted => {
  const draft = draftOf(account, frame);
  for (const row of work.documents) {
    const refusal = postDocument(draft, work.source, row);
    if (refusal) draft.refused.push({ row, refusal });
  }
  for (const row of work.allocations) {
    const refusal = mode === 'erpLed' ? explain(draft, work.source, row) : settleByCredit(draft, row);
    if (refusal) draft.refused.push({ row, refusal });
  }
  return postedIn(draft);
};

const postDocument = (draft: Draft, source: string, row: DocumentRow): Refusal | undefined => {
  const reversed = reversedIdOf(row, draft.frame.hashText);
  if (reversed !== undefined) return reverseDocument(draft, source, row, reversed);
  const id = idOfRow(row, draft.frame.hashText);
  const item = draft.items.get(id);
  const refusal =
    item === undefined
      ? (sideRefused(id, row) ?? heldElsewhere(draft.frame.elsewhere, id))
      : differs(item, row, source);
  if (refusal) return refusal;
  if (item !== undefined) amendByRow(draft, id, row);
  else {
    const open = isBeforeSnapshot(draft, source, row) ? { open: zero } : {};
    inOneStep(draft, (step) => postRow(step, row, source, open));
  }
  return undefined;
};

/** A snapshot has spoken since and does not have it: it was settled by then. */
const isBeforeSnapshot = ({ head, frame }: Draft, source: string, row: DocumentRow): boolean =>
  ['*', row.currency].some((currency) => {
    const mark = head.feeds?.[source]?.[currency];
    return mark !== undefined && row.postedOn <= dayAt(instantFromText(mark.asOf), frame.zone);
  });

const explain = (draft: Draft, source: string, row: AllocationRow): Refusal | undefined => {
  const id = idOfAllocation(row, draft.frame);
  const item = draft.items.get(id);
  if (item === undefined) return refuse('item-not-found', `there is no item ${id} here`);
  if (item.source !== source || item.currency !== row.currency)
    return refuse('item-differs', `${id} is of ${item.source} in ${item.currency}`);
  for (const told of partsOf(draft, row))
    inOneStep(draft, (step) => {
      if (row.isReversal) takeBackExplanation(step, itemOf(draft.items, id), told);
      else explainItem(step, itemOf(draft.items, id), told);
    });
  return undefined;
};

/** What one row says in up to three parts, each named by what it says, so that the same row again is nothing. */
const partsOf = (draft: Draft, row: AllocationRow): Told[] => {
  const isCredit = giverIdsOf(row, draft.frame).some((id) => draft.items.get(id)?.kind === 'creditNote');
  const parts: [ReductionReason, AmountMinor][] = [
    [isCredit ? 'credit' : 'payment', row.amount],
    ['discount', row.discount],
    [reasonOf(row.reasonCode), row.difference],
  ];
  return parts
    .filter(([, amount]) => amount > 0)
    .map(([by, amount]) => ({
      id: `journal:${row.fromId}:${by}:${row.postedOn}:${amount}`,
      ...{ from: row.fromId, by, amount, on: row.postedOn },
    }));
};
