/**
 * Loads an account with the items its work needs: those of its rows, what they name, what is open where absence says
 * something, and what settled an item that is to be opened again.
 * From: `post-account.ts`. Next: deciding. An account with few open items costs one read of its head and one query.
 */
import type { AccountWork } from '../../shared/domain/account-work.ts';
import {
  sizeOf,
  type Account,
  type AccountHead,
  type AccountItem,
  type AccountKey,
} from '../../shared/domain/account.ts';
import { idsOfApStatus } from '../../shared/domain/ap-status-work.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { DocumentRow } from '../../shared/domain/feed-rows.ts';
import { idOfRow, originalIdsOf } from '../../shared/domain/item-of-row.ts';
import { giverIdsOf, idOfAllocation } from '../../shared/domain/allocation-rows.ts';
import { reversedIdOf } from '../../shared/domain/reverse-document.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../../shared/ports/account-store.ts';

const pageOfOpenItems = 1_000;
/** Ids one load asks for. */
const mostIds = 1_000;

/** Ids that can be known before anything is read. */
export const idsOfWork = (work: AccountWork, hashText: HashText): string[] => {
  const ofRows = (rows: readonly DocumentRow[]): string[] =>
    rows.flatMap((row) => [
      reversedIdOf(row, hashText) ?? idOfRow(row, hashText),
      ...originalIdsOf(row, hashText),
    ]);
  switch (work.do) {
    case 'journal':
      return [
        ...ofRows(work.documents),
        ...work.allocations.flatMap((row) => [
          idOfAllocation(row, { hashText }),
          ...giverIdsOf(row, { hashText }),
        ]),
      ];
    case 'apStatus':
      return work.rows.flatMap((row) => [...idsOfApStatus(row, hashText)]);
    case 'customers':
    case 'contacts':
      return [];
    default:
      return ofRows(work.rows);
  }
};

/** The account as of one version, with all the work needs. @throws when it never stood still that long. */
export const loadForWork = async (
  store: AccountStore,
  scope: Scope,
  key: AccountKey,
  work: AccountWork,
  hashText: HashText,
): Promise<LoadedAccount> => {
  const ids = new Set(idsOfWork(work, hashText));
  const load = () =>
    loadItems(store, scope, key, (head) => {
      for (const id of openIdsNeeded(head, work)) ids.add(id);
      return [...ids];
    });
  let loaded = await load();
  for (;;) {
    const givers = giversNeeded(loaded.account.items, work, hashText).filter((id) => !ids.has(id));
    if (givers.length === 0) break;
    for (const id of givers) ids.add(id);
    loaded = await load();
  }
  const isAllNeeded = isOpenNeeded(work) || ids.size > mostIds;
  return isAllNeeded && loaded.account.head.openItems === undefined
    ? withOpenItems(store, scope, key, loaded)
    : loaded;
};

/** Where absence says something, all that is open is looked at. */
const openIdsNeeded = ({ openItems }: AccountHead, work: AccountWork): string[] =>
  isOpenNeeded(work) ? (openItems ?? []).map(({ id }) => id) : [];

/** Where absence says something, or a payment may wait for its invoice. */
const isOpenNeeded = (work: AccountWork): boolean =>
  work.do === 'reconcile' || (work.do === 'update' && work.partPayments === 'gross');

/** More items than one load asks for come from several, all of one version. */
const loadItems = async (
  store: AccountStore,
  scope: Scope,
  key: AccountKey,
  idsFor: (head: AccountHead) => readonly string[],
): Promise<LoadedAccount> => {
  let ids: readonly string[] = [];
  const first = await store.load(scope, key, (head) => {
    ids = idsFor(head);
    return ids.slice(0, mostIds);
  });
  const items = new Map(first.account.items);
  for (let from = mostIds; from < ids.length && first.mark !== undefined; from += mostIds) {
    const next = await store.load(scope, key, ids.slice(from, from + mostIds));
    if (next.account.head.version !== first.account.head.version)
      throw new Error(`account ${key.accountId} changed while it was read`);
    for (const [id, item] of next.account.items) items.set(id, item);
  }
  return { ...first, account: { ...first.account, items } };
};

/** What an item was settled with that shows more open than it has: the settlement may be undone. */
const giversNeeded = (items: Account['items'], work: AccountWork, hashText: HashText): string[] => {
  if (work.do !== 'reconcile' && work.do !== 'update') return [];
  return work.rows.flatMap((row) => {
    const item = items.get(idOfRow(row, hashText));
    if (item === undefined || sizeOf(row.open) <= sizeOf(item.open)) return [];
    return item.changes.flatMap(({ from, isReversed }) => (from === undefined || isReversed ? [] : [from]));
  });
};

/**
 * With more open items than the head lists they are read page by page. They may be newer than the head: then its mark
 * is no longer good, the append is refused, and all of it is read again.
 */
const withOpenItems = async (
  store: AccountStore,
  scope: Scope,
  key: AccountKey,
  { account, mark }: LoadedAccount,
): Promise<LoadedAccount> => {
  const items = new Map<string, AccountItem>();
  let after: string | undefined;
  do {
    const page = await store.openItems(scope, key, {
      limit: pageOfOpenItems,
      ...(after === undefined ? {} : { after }),
    });
    for (const item of page.items) items.set(item.id, item);
    after = page.after;
  } while (after !== undefined);
  for (const [id, item] of account.items) items.set(id, item);
  return { account: { head: account.head, items }, mark };
};
