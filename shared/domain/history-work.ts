/**
 * Takes in closed items of the past: posted and cleared on the days named, for behaviour, baseline and replay. The
 * book of today does not change by it.
 * From: the ledger's posting workflow. Next: steps it appends.
 */
import type { AccountWork } from './account-work.ts';
import type { Account, AccountItem } from './account.ts';
import { explainItem } from './explain-item.ts';
import type { DeltaRow } from './feed-rows.ts';
import { idOfRow } from './item-of-row.ts';
import { lowerItem } from './lower-item.ts';
import { sum, zero, type AmountMinor } from './money.ts';
import { heldElsewhere } from './number-elsewhere.ts';
import { refuse, type Refusal } from './outcome.ts';
import { postRow } from './post-row.ts';
import { draftOf, inOneStep, postedIn, type Draft, type Posted, type PostingFrame } from './posting-steps.ts';
import { differs, sideRefused } from './reconcile-rows.ts';
import { reasonOf } from './update-item.ts';

export type HistoryWork = Extract<AccountWork, { do: 'history' }>;

/** A closed item that is here already gets its reason, and nothing else. Items of the rows must be at hand. */
export const postHistory = (account: Account, work: HistoryWork, frame: PostingFrame): Posted => {
  const draft = draftOf(account, frame);
  for (const row of work.rows) {
    const refusal = postClosed(draft, work.source, row);
    if (refusal) draft.refused.push({ row, refusal });
  }
  return postedIn(draft);
};

const postClosed = (draft: Draft, source: string, row: DeltaRow): Refusal | undefined => {
  const id = idOfRow(row, draft.frame.hashText);
  const { clearedOn, clearingDocument = '' } = row.news;
  const whole = { ...row, open: row.original, faults: [] };
  const item = draft.items.get(id);
  const known = item
    ? differs(item, { ...row, open: zero }, source)
    : heldElsewhere(draft.frame.elsewhere, id);
  const refusal = sideRefused(id, whole) ?? known;
  if (refusal) return refusal;
  if (clearedOn === undefined)
    return refuse('cleared-day-missing', `${id}: history says when it was cleared`);
  const rest = row.news.clearedBy === undefined ? 'implied' : reasonOf({ ...row.news, change: 'cleared' });
  inOneStep(draft, (step) => {
    if (item !== undefined) {
      const amount = guessedOf(item);
      const told = { id: `history:${rest}`, from: clearingDocument, by: rest, amount, on: clearedOn };
      if (item.open === 0 && rest !== 'implied' && amount > 0) explainItem(step, item, told);
      return;
    }
    postRow(step, whole, source);
    lowerItem(step, { itemId: id, wanted: zero, asOf: row.news.changedAt, rest, on: clearedOn });
  });
  return undefined;
};

/** What of an item went down for no reason known. */
const guessedOf = ({ changes }: AccountItem): AmountMinor =>
  sum(
    zero,
    ...changes
      .filter(({ by, isReversed }) => !isReversed && (by === 'implied' || by === 'unexplained'))
      .map(({ amount }) => amount),
  );
