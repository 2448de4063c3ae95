/**
 * Where accounts live: head, items and journal of each, changed together or not at all.
 * From: every workflow that decides about an account. Next: `shared/azure/cosmos-accounts.ts`.
 */
import type { Account, AccountHead, AccountItem, AccountKey } from '../domain/account.ts';
import type { EntryMoves } from '../domain/aging-moves.ts';
import type { Day } from '../domain/calendar.ts';
import type { Change, Entry } from '../domain/entry.ts';
import type { HeadMark } from '../domain/head-marks.ts';
import type { HeldItem } from '../domain/number-elsewhere.ts';
import type { Scope } from '../domain/scope.ts';

/** An account with the mark it was read under; only the store reads the mark. */
export type LoadedAccount = { account: Account; mark: string | undefined };

export type Appended =
  | { outcome: 'appended'; loaded: LoadedAccount; entry: Entry }
  /** Somebody else was first: load again, decide again. */
  | { outcome: 'version-conflict' }
  /** Items of these ids are there already and were not loaded: load them, decide again. */
  | { outcome: 'items-there'; itemIds: string[] };

/** Items one append can change. */
export const mostItemsPerAppend = 98;
/** Of head, entry and items together, as JSON. */
export const largestAppendBytes = 1_800_000;

export type ItemPage = {
  items: AccountItem[];
  /** Hand it back for the next page; absent at the end. */
  after?: string;
};

/** Heads of a company's accounts; a page may hold fewer than asked for, even none, and not be the last. */
export type HeadPage = { heads: AccountHead[]; after?: string };

/** An account that is to be looked at, as of its version. */
export type DueAccount = { accountId: string; version: number; nextReviewAt: string };
/** In no order; a page may hold fewer than asked for, even none, and not be the last. */
export type DuePage = { accounts: DueAccount[]; after?: string };

export type WrittenOffPage = { items: { accountId: string; item: AccountItem }[]; after?: string };

/** Stands behind every day a tax may be claimed back on. */
export const neverOn = '9999-12-31' as Day;

/** Which items of an account: those that claim or owe money, those that no longer do, or all. */
export type ItemState = 'open' | 'closed' | 'all';

/**
 * A document beside the account that may name people, such as a `contact:` or `note:`. Facts name it by id; it can
 * be erased and the journal stays whole.
 */
export const paperKinds = ['contact', 'note', 'message', 'promise', 'dispute', 'task'] as const;
export type PaperKind = (typeof paperKinds)[number];
export type Paper = { id: `${PaperKind}:${string}`; content: object };

/** Papers by id; `after` as in other pages. */
export type PaperPage = { papers: Paper[]; after?: string };

/** Ids of items, or how they are told from the head once that is read. */
export type ItemsWanted = readonly string[] | ((head: AccountHead) => readonly string[]);

/** The ids wanted, each once. */
export const idsWanted = (wanted: ItemsWanted, head: AccountHead): readonly string[] => {
  const ids = typeof wanted === 'function' ? wanted(head) : wanted;
  if (ids.length < 2) return ids;
  const once = new Set(ids);
  return once.size === ids.length ? ids : [...once];
};

export interface AccountStore {
  /**
   * The account with the items wanted, as of one version; those that do not exist are absent. An account nobody
   * posted to, or outside the scope, is new.
   */
  load(scope: Scope, key: AccountKey, items?: ItemsWanted): Promise<LoadedAccount>;
  /**
   * Writes head, one entry and the changed items, once, if the account is as it was loaded. `texts` are free
   * texts of new items by id: on the item only, never in the entry. `papers` are written beside it, in place of
   * what bears their id; each counts as an item.
   * @throws outside the scope; when more than one append can hold; when it stays unknown whether it was
   * written: load and decide again, derived ids make the second try harmless.
   */
  append(
    scope: Scope,
    loaded: LoadedAccount,
    change: Change,
    texts?: ReadonlyMap<string, string>,
    papers?: readonly Paper[],
  ): Promise<Appended>;
  /** The content of a paper; undefined when there is none, it was erased, or it is outside the scope. */
  paper(scope: Scope, key: AccountKey, id: string): Promise<object | undefined>;
  /** Papers of a kind by id, the last first; none to somebody who sees but a part of the account. */
  papers(
    scope: Scope,
    key: AccountKey,
    page: { kind: PaperKind; limit: number; after?: string },
  ): Promise<PaperPage>;
  /** Entries after a version, in order. */
  entries(scope: Scope, key: AccountKey, page: { afterVersion: number; limit: number }): Promise<Entry[]>;
  /** What the entries after a version moved, in order. */
  moves(scope: Scope, key: AccountKey, page: { afterVersion: number; limit: number }): Promise<EntryMoves[]>;
  /** Open items by due day, then id. */
  openItems(scope: Scope, key: AccountKey, page: { limit: number; after?: string }): Promise<ItemPage>;
  /** Items of a state by due day, then id; those whose state changes between pages may be missed or come twice. */
  items(
    scope: Scope,
    key: AccountKey,
    page: { state: ItemState; limit: number; after?: string },
  ): Promise<ItemPage>;
  /**
   * Items of a company of which something was written off, by the earliest day their tax may be claimed back, then
   * account and id; where there is no such day by `neverOn`. None to somebody who reaches but a part of the company.
   */
  writtenOff(
    scope: Scope,
    companyId: string,
    page: { until?: Day; limit: number; after?: string },
  ): Promise<WrittenOffPage>;
  /**
   * Who in a company has items of these ids, at most 500 of them, whatever account they are on. None to somebody who
   * reaches but a part of the company.
   */
  holders(scope: Scope, companyId: string, itemIds: readonly string[]): Promise<HeldItem[]>;
  /**
   * Every account of a company that lies in the scope, in the order of the store; for exports and checks. `mark`: those
   * alone that bear it, see `head-marks.ts`.
   */
  heads(
    scope: Scope,
    companyId: string,
    page: { limit: number; after?: string; mark?: HeadMark },
  ): Promise<HeadPage>;
  /**
   * Accounts whose next review is at or before an instant (ISO text). None to somebody who reaches but a part of the
   * company.
   */
  due(
    scope: Scope,
    companyId: string,
    page: { until: string; limit: number; after?: string },
  ): Promise<DuePage>;
}
