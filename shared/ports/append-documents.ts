/**
 * What one append writes, as documents, and whether it fits into one.
 * From: the stores, on Cosmos and in memory. Next: one atomic batch. The shapes are those of architecture §4.
 */
import {
  largestHeadBytes,
  type Account,
  type AccountHead,
  type AccountItem,
  type AccountKey,
} from '../domain/account.ts';
import { entryIdOf, escapeId } from '../domain/document-ids.ts';
import { isUnheld } from '../domain/disputes-position.ts';
import { oldestOf } from '../domain/evolve.ts';
import { marksOf, type HeadMark } from '../domain/head-marks.ts';
import type { Moves } from '../domain/aging-moves.ts';
import type { Append, Entry } from '../domain/entry.ts';
import type { Day } from '../domain/calendar.ts';
import { bytesOfJson, fitsAsJson, surelyFitsAsJson } from '../domain/json-size.ts';
import { largestAppendBytes, mostItemsPerAppend, neverOn, type Paper } from './account-store.ts';

type Placed = AccountKey & { id: string };
export type HeadDocument = Placed & {
  kind: 'head';
  nextReviewAt?: string;
  /** Absent where it bears none. */
  marks?: HeadMark[];
  head: AccountHead;
};
export type EntryDocument = Placed & {
  kind: 'entry';
  version: number;
  /** After it no case was open and nothing was held. */
  isUnheld?: true;
  entry: Entry;
  moves: Moves;
};
export type ItemDocument = Placed & {
  kind: 'item';
  /** Of the account, when the item last changed. */
  version: number;
  dueOn: Day;
  number: string;
  /** Claims money, owes it, or neither. */
  openState: 'debit' | 'credit' | 'closed';
  /** Of what was written off: the earliest day its tax may be claimed back, or `neverOn`, then account and id. */
  reliefMark?: string;
  item: AccountItem;
};

/** `paperId`: its id, on papers alone, so that only they are indexed by it. */
export type PaperDocument = Placed & { kind: 'paper'; paperId: string; content: object };

export type AppendDocuments = {
  head: HeadDocument;
  entry: EntryDocument;
  items: { document: ItemDocument; isNew: boolean }[];
  papers: PaperDocument[];
};

/** @throws RangeError when one append cannot hold it: decide in smaller steps. */
export const documentsOf = (
  { account, entry, items, moves }: Append,
  texts: ReadonlyMap<string, string> = new Map(),
  papers: readonly Paper[] = [],
): AppendDocuments => {
  const { companyId, accountId, version } = account.head;
  const key = { companyId, accountId };
  const documents: AppendDocuments = {
    head: headDocument(account.head),
    entry: {
      ...{ ...key, id: entryIdOf(version), kind: 'entry', version },
      ...(isUnheld(account.head) && { isUnheld: true }),
      ...{ entry, moves },
    },
    items: items.map(({ item, isNew }) => ({
      document: itemDocument(key, version, isNew ? withText(item, texts) : item),
      isNew,
    })),
    papers: papers.map(({ id, content }) => ({ ...key, id, kind: 'paper', paperId: id, content })),
  };
  assertFits(documents);
  return documents;
};

const headDocument = (head: AccountHead): HeadDocument => ({
  id: 'head',
  kind: 'head',
  companyId: head.companyId,
  accountId: head.accountId,
  ...(head.nextReviewAt === undefined ? {} : { nextReviewAt: head.nextReviewAt }),
  ...markedBy(marksOf(head)),
  head,
});

const markedBy = (marks: HeadMark[]): { marks?: HeadMark[] } => (marks.length === 0 ? {} : { marks });

const itemDocument = (key: AccountKey, version: number, item: AccountItem): ItemDocument => ({
  ...key,
  id: item.id,
  kind: 'item',
  version,
  dueOn: item.dueOn,
  number: item.number,
  openState: item.open === 0 ? 'closed' : item.open > 0 ? 'debit' : 'credit',
  ...reliefMarkOf(key, item),
  item,
});

const reliefMarkOf = ({ accountId }: AccountKey, { id, writeOffs }: AccountItem): { reliefMark?: string } => {
  const done = writeOffs.filter(({ state }) => state === 'done');
  const [first] = done.map(({ relief }) => relief?.fromOn ?? neverOn).toSorted();
  return first === undefined ? {} : { reliefMark: `${first} ${escapeId(accountId)} ${id}` };
};

/** Marks of a day and before are less than this: a day is followed by a space, which comes before `!`. */
export const reliefBound = (until: Day): string => `${until}!`;

const withText = (item: AccountItem, texts: ReadonlyMap<string, string>): AccountItem => {
  const text = texts.get(item.id);
  return text === undefined ? item : { ...item, references: { ...item.references, text } };
};

const assertFits = (documents: AppendDocuments): void => {
  const length = documents.items.length + documents.papers.length;
  if (length > mostItemsPerAppend)
    throw new RangeError(`${length} items in one append, at most ${mostItemsPerAppend}`);
  // the head has been measured by itself, and stands in its document beside a few words
  const { entry, items, papers } = documents;
  if (surelyFitsAsJson([entry, items, papers], largestAppendBytes - 2 * largestHeadBytes)) return;
  if (!fitsAsJson(documents, largestAppendBytes))
    throw new RangeError(`${bytesOfJson(documents)} bytes in one append, at most ${largestAppendBytes}`);
};

/** The account after an append, with the free texts its new items are kept with. */
export const afterAppend = ({ account }: Append, documents: AppendDocuments): Account => {
  if (documents.items.length === 0) return account;
  const items = new Map(account.items);
  for (const { document } of documents.items) items.set(document.id, document.item);
  return { ...account, items };
};

/**
 * An account from its head and the items asked for. What else is open is known by the earliest due day alone;
 * `restOldest` is asked only where the loaded items may have been the oldest.
 */
export const accountOf = async (
  head: AccountHead,
  items: readonly AccountItem[],
  restOldest: (loadedIds: readonly string[]) => Promise<Day | undefined>,
): Promise<Account> => {
  const account: Account = { head, items: new Map(items.map((item) => [item.id, item])) };
  if (head.openItems !== undefined) return account;
  const mayBeOldest = head.oldestDueOn !== undefined && oldestOf(items) === head.oldestDueOn;
  const rest = mayBeOldest ? await restOldest(items.map(({ id }) => id)) : head.oldestDueOn;
  return rest === undefined ? account : { ...account, restOldestDueOn: rest };
};

/** What a page of open items comes after: due day and id, which holds no space. */
export const pageMark = ({ dueOn, id }: Pick<AccountItem, 'dueOn' | 'id'>): string => `${dueOn} ${id}`;
