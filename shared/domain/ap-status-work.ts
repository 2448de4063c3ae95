/**
 * Notes where invoices stand in the customer's AP portal. Amounts are not touched.
 * From: the ledger's posting workflow. Next: steps it appends; dunning waits for what is approved.
 */
import type { AccountWork } from './account-work.ts';
import type { Account } from './account.ts';
import { itemIdOf, type HashText } from './document-ids.ts';
import type { Amendment } from './facts.ts';
import type { ApStatusRow } from './other-rows.ts';
import { refuse } from './outcome.ts';
import { amendItem } from './post-item.ts';
import {
  accountIn,
  draftOf,
  inOneStep,
  postedIn,
  take,
  type Posted,
  type PostingFrame,
} from './posting-steps.ts';

export type ApStatusWork = Extract<AccountWork, { do: 'apStatus' }>;

/** Ids of the documents a row may mean: it has no kind. */
export const idsOfApStatus = (
  { number, fiscalYear, part }: ApStatusRow,
  hashText: HashText,
): readonly string[] =>
  (['invoice', 'debitNote'] as const).map((type) =>
    itemIdOf({ type, number, part, ...(fiscalYear === undefined ? {} : { fiscalYear }) }, hashText),
  );

/** A row of an invoice that is not here is refused. Items of the rows must be at hand. */
export const noteApStatus = (account: Account, { rows }: ApStatusWork, frame: PostingFrame): Posted => {
  const draft = draftOf(account, frame);
  for (const row of rows) {
    const id = idsOfApStatus(row, frame.hashText).find((one) => draft.items.has(one));
    if (id === undefined) {
      const refusal = refuse('item-not-found', `there is no invoice ${row.number} on this account`);
      draft.refused.push({ row, refusal });
      continue;
    }
    inOneStep(draft, (step) => take(step, amendItem(accountIn(draft), id, amendmentOf(row), row.statusOn)));
  }
  return postedIn(draft);
};

/** A status without a day takes away the day of the one before. */
const amendmentOf = ({ status: apStatus, statusOn: apStatusOn, payOn }: ApStatusRow): Amendment =>
  payOn === undefined
    ? { apStatus, apStatusOn, emptied: ['apPayOn'] }
    : { apStatus, apStatusOn, apPayOn: payOn };
