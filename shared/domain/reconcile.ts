/**
 * Reconciles one account with its rows in a snapshot: afterwards its book is what the file says, to the cent, and
 * each difference has the first explanation that fits (`defaults.md` §2.4).
 * From: the ledger's posting workflow. Next: steps it appends. Deciding again after part of them was kept decides the
 * rest: what is there, not what was done, is compared with the file.
 */
import { sizeOf, type Account, type AccountItem } from './account.ts';
import type { HeadFact } from './facts.ts';
import type { DocumentRow } from './feed-rows.ts';
import type { HeldFault } from './held-faults.ts';
import { lowerItem } from './lower-item.ts';
import { isClosing, matchCredits, type Drop } from './match-credits.ts';
import { smaller, subtract, sum, zero, type AmountMinor } from './money.ts';
import { amendItem } from './post-item.ts';
import { amendByRow, originalOf, postRow } from './post-row.ts';
import { isCreditKind } from './postings.ts';
import {
  accountIn,
  draftOf,
  inOneStep,
  postedIn,
  take,
  type Draft,
  type Posted,
  type PostingFrame,
} from './posting-steps.ts';
import { raiseItem } from './raise-item.ts';
import { differencesOf, withheldItems } from './reconcile-differences.ts';
import type { Difference } from './morning-check.ts';
import { isCovered, markFact, spanOf, type SnapshotWork } from './reconcile-frame.ts';
import { readRows, type Read } from './reconcile-rows.ts';
import { usesOf } from './explanations.ts';

/**
 * The steps, the rows refused, and what the head is to remember of this snapshot. Items of the rows, open items
 * and what they were settled with must be at hand.
 */
export const reconcileAccount = (
  account: Account,
  work: SnapshotWork,
  frame: PostingFrame,
): Posted & { mark: HeadFact | undefined; differences: Difference[] } => {
  const draft = draftOf(account, frame);
  const read = readRows(draft, work);
  for (const isCredit of [false, true])
    for (const { item, row } of read.known)
      if (isCreditKind(item.kind) === isCredit && sizeOf(row.open) > sizeOf(now(draft, item).open))
        inOneStep(draft, (step) => raiseItem(step, item.id, row.open));
  lowerAll(draft, work, read);
  for (const { item, row } of read.known) amendByRow(draft, item.id, row);
  for (const { id, row } of read.fresh)
    if (!draft.items.has(id)) inOneStep(draft, (step) => postRow(step, row, work.source));
  withhold(draft, work, read);
  const mark = markFact(draft, work);
  return { ...postedIn(draft), mark, differences: differencesOf(draft, work, read.present) };
};

const now = ({ items }: Draft, { id }: AccountItem): AccountItem => items.get(id)!;

type Falling = Drop & { wanted: AmountMinor; heirs: DocumentRow[] };

/** Everything that shows less than it has here, or is no longer there. */
const fallingOf = (draft: Draft, work: SnapshotWork, read: Read): Falling[] => {
  const heirsOf = new Map<string, DocumentRow[]>();
  for (const { row } of read.fresh) {
    const original = isCreditKind(row.kind) ? undefined : originalOf(draft, row);
    if (original) heirsOf.set(original.id, [...(heirsOf.get(original.id) ?? []), row]);
  }
  const rowOf = new Map(read.known.map(({ item, row }) => [item.id, row]));
  const isGone = (item: AccountItem): boolean =>
    !read.present.has(item.id) &&
    work.withheld !== 'all' &&
    !work.withheld.includes(item.id) &&
    isCovered(draft, work, item);
  return [...draft.items.values()]
    .flatMap((item): Falling[] => {
      const row = rowOf.get(item.id);
      if (row === undefined && !isGone(item)) return [];
      const wanted = row?.open ?? zero;
      const amount = subtract(sizeOf(item.open), sizeOf(wanted));
      if (amount <= 0) return [];
      if (wanted !== 0) return [{ item, amount, wanted, heirs: [] }];
      return [{ item, amount, wanted, span: spanOf(draft, work, item), heirs: heirsOf.get(item.id) ?? [] }];
    })
    .toSorted((a, b) => (dueText(a) < dueText(b) ? -1 : 1));
};

const dueText = ({ item }: Falling): string => `${item.dueOn} ${item.id}`;

const lowerAll = (draft: Draft, work: SnapshotWork, read: Read): void => {
  const falling = fallingOf(draft, work, read);
  const debits = falling.filter(({ item }) => !isCreditKind(item.kind));
  const credits = falling.filter(({ item }) => isCreditKind(item.kind));
  const given = matchCredits(
    debits.map((drop) => ({ ...drop, amount: withoutOwnReasons(drop) })),
    credits,
  );
  for (const drop of [...debits, ...credits])
    inOneStep(draft, (step) => {
      const { item, wanted, span, heirs } = drop;
      lowerItem(step, {
        ...{ itemId: item.id, wanted, asOf: work.asOf, residual: residualOf(drop) },
        ...(span === undefined ? {} : { span }),
        credits: given.get(item.id) ?? [],
        rest: isClosing(drop) ? 'implied' : 'unexplained',
      });
      for (const row of heirs) postRow(step, row, work.source);
    });
};

const residualOf = ({ heirs, amount }: Falling): AmountMinor =>
  smaller(sum(zero, ...heirs.map(({ open }) => open)), amount);

/** What is left for credits after successors, the journal and receipts noted here. */
const withoutOwnReasons = (drop: Falling): AmountMinor => {
  const down = subtract(drop.amount, residualOf(drop));
  const told = sum(zero, ...usesOf(drop.item, down).map(({ amount }) => amount));
  const noted = drop.item.provisional.filter(({ state }) => state === 'noted');
  const received = sum(zero, ...noted.map(({ amount }) => amount));
  return subtract(down, smaller(sum(told, received), down));
};

const unreadable: HeldFault = 'source-row-refused';

/** Open items that may have stood in a row nobody could read stay open, and are not chased until it can be. */
const withhold = (draft: Draft, work: SnapshotWork, { present }: Read): void => {
  for (const item of withheldItems(draft, work, present)) {
    const { faults = [] } = item;
    if (faults.includes(unreadable)) continue;
    const amendment = { faults: [...faults, unreadable] };
    inOneStep(draft, (step) => take(step, amendItem(accountIn(draft), item.id, amendment, draft.frame.on)));
  }
};
