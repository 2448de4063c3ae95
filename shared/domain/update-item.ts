/**
 * Takes in documents as they are now: a delta, a file of invoices, a document typed in. Of each item the newest news
 * counts; older news, and news of before a snapshot that has spoken of it, changes nothing any more.
 * From: the ledger's posting workflow. Next: steps it appends.
 */
import type { AccountWork } from './account-work.ts';
import { dayAt, instantFromText } from './calendar.ts';
import { sizeOf, type Account, type AccountItem } from './account.ts';
import type { LedgerMode } from './company.ts';
import type { DeltaNews, DeltaRow } from './feed-rows.ts';
import { itemOf } from './evolve-item.ts';
import { freeInGross, netInGross, openInGross } from './gross-news.ts';
import { idOfRow } from './item-of-row.ts';
import { lowerItem } from './lower-item.ts';
import { zero } from './money.ts';
import { heldElsewhere } from './number-elsewhere.ts';
import { refuse, type Refusal } from './outcome.ts';
import { amendByRow, postRow } from './post-row.ts';
import type { ReductionReason } from './postings.ts';
import { draftOf, inOneStep, postedIn, type Draft, type Posted, type PostingFrame } from './posting-steps.ts';
import { raiseItem } from './raise-item.ts';
import { isBefore, isOvertaken } from './reconcile-frame.ts';
import { differs, sideRefused } from './reconcile-rows.ts';

export type UpdateWork = Extract<AccountWork, { do: 'update' }>;

/**
 * `mode`: in a company that keeps its book here a document never changes what is open of an item; only its
 * cancelling does. Items of the rows and what they were settled with must be at hand.
 */
export const updateAccount = (
  account: Account,
  { source, rows, partPayments }: UpdateWork,
  frame: PostingFrame,
  mode: LedgerMode,
): Posted => {
  const draft = draftOf(account, frame);
  for (const row of rows.toSorted(byNews)) {
    draft.frame = { ...frame, on: dayAt(instantFromText(row.news.changedAt), frame.zone) };
    const isGross = partPayments === 'gross';
    const refusal = updateItem(draft, { source, mode, isGross }, row);
    if (refusal) draft.refused.push({ row, refusal });
    if (isGross) netInGross(draft, source);
  }
  return postedIn(draft);
};

const byNews = (a: DeltaRow, b: DeltaRow): number =>
  isBefore(a.news.changedAt, b.news.changedAt) ? -1 : isBefore(b.news.changedAt, a.news.changedAt) ? 1 : 0;

type Told = { source: string; mode: LedgerMode; isGross: boolean };

const updateItem = (draft: Draft, { source, mode, isGross }: Told, row: DeltaRow): Refusal | undefined => {
  const id = idOfRow(row, draft.frame.hashText);
  const { changedAt } = row.news;
  if (isOvertaken(draft, { source, asOf: changedAt }, row.currency)) return undefined;
  const refusedSide = sideRefused(id, row);
  const item = draft.items.get(id);
  if (refusedSide || item === undefined)
    return refusedSide ?? heldElsewhere(draft.frame.elsewhere, id) ?? first(draft, source, row);
  if (isKnown(item, changedAt)) return undefined;
  const refusal = differs(item, row, source) ?? (mode === 'dunwellLed' ? keptHere(item, row) : undefined);
  if (refusal) return refusal;
  inOneStep(draft, (step) => {
    if (isGross) freeInGross(step, item, row);
    const open = isGross ? openInGross(draft, item, row) : row.open;
    const wanted = wantedOf(itemOf(draft.items, id), { ...row, open }, mode);
    if (sizeOf(wanted) > sizeOf(itemOf(draft.items, id).open)) raiseItem(step, id, wanted);
    lowerItem(step, {
      ...{ itemId: id, wanted, asOf: changedAt, rest: reasonOf(row.news) },
      ...(row.news.clearedOn === undefined ? {} : { on: row.news.clearedOn }),
    });
  });
  amendByRow(draft, id, row, changedAt);
  return undefined;
};

const isKnown = ({ newsAt }: AccountItem, changedAt: string): boolean =>
  newsAt !== undefined && !isBefore(newsAt, changedAt);

/** News of an item nobody has seen: posted as it is now. */
const first = (draft: Draft, source: string, row: DeltaRow): undefined => {
  const open = isOver(row.news) ? zero : row.open;
  inOneStep(draft, (step) => postRow(step, row, source, { newsAt: row.news.changedAt, open }));
};

const isOver = ({ change }: DeltaNews): boolean => change === 'cleared' || change === 'cancelled';

const keptHere = (item: AccountItem, { news, original }: DeltaRow): Refusal | undefined => {
  if (news.change === 'cleared' || news.change === 'reopened')
    return refuse('kept-here', `${item.id} was ${news.change} elsewhere; this company keeps its book here`);
  return news.change === 'upsert' && original !== item.original
    ? refuse('item-differs', `${item.id} is on the account with ${item.original}, the row has ${original}`)
    : undefined;
};

const wantedOf = (item: AccountItem, { news, open }: DeltaRow, mode: LedgerMode) => {
  if (isOver(news)) return zero;
  return mode === 'dunwellLed' ? item.open : open;
};

const reasons: Record<NonNullable<DeltaNews['clearedBy']>, ReductionReason> = {
  payment: 'payment',
  credit: 'credit',
  writeOff: 'writeOff',
  residual: 'residual',
  other: 'unexplained',
};

/** Why an item went down, as far as its source says. */
export const reasonOf = ({ change, clearedBy }: DeltaNews): ReductionReason => {
  if (change === 'cancelled') return 'credit';
  return change === 'cleared' && clearedBy !== undefined ? reasons[clearedBy] : 'unexplained';
};
