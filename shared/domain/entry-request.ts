/**
 * A document that was typed in above the limit of whoever typed it: it waits for another person, and is posted when
 * that person approves it.
 * From: the entry route. Next: posted as it was typed, or dropped; kept either way.
 */
import type { Day } from './calendar.ts';
import { itemIdOf, type HashText } from './document-ids.ts';
import type { DeltaRow } from './feed-rows.ts';
import { done, refuse, type Outcome } from './outcome.ts';

export type EntryRequest = {
  id: string;
  companyId: string;
  /** As it is to be posted; amounts from the debit side. */
  row: DeltaRow;
  on: Day;
  by: string;
  decidedBy?: string;
  state: 'waiting' | 'posted' | 'dropped';
  /** The item it became. */
  itemId?: string;
};

/** The same call has the same id, so that asking twice is once. */
export const entryRequestIdOf = (
  companyId: string,
  row: DeltaRow,
  requestId: string,
  hashText: HashText,
): string => {
  const named = [companyId, row.accountId, itemIdOf({ type: row.kind, ...row }, hashText), requestId];
  return `entry-request:${hashText(JSON.stringify(named)).slice(0, 40)}`;
};

/** Whether this person may have it posted: never who typed it. Posted before is fine: the call came twice. */
export const mayPostEntry = (
  { id, by, state }: EntryRequest,
  person: string,
): Outcome<true, 'same-person' | 'entry-not-waiting'> => {
  if (by === person) return refuse('same-person', `${person} typed in ${id}`);
  return state === 'dropped' ? refuse('entry-not-waiting', `${id} was dropped`) : done(true);
};
