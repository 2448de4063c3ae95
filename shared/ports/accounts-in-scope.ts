/**
 * An `AccountStore` that keeps each caller to their scope, account by account and item by item.
 * From: the stores, on Cosmos and in memory, which wrap themselves in it. Next: workflows.
 * Whose scope is a whole company, or this account by its name, costs nothing more; else the head is read first, and a
 * foreign account answers exactly as one that nobody posted to.
 */
import {
  newAccount,
  type Account,
  type AccountHead,
  type AccountItem,
  type AccountKey,
} from '../domain/account.ts';
import { narrowAccount } from '../domain/narrow-account.ts';
import { isWholeByName, itemsInScope, reachInto, wholeCompany, type Scope } from '../domain/scope.ts';
import { idsWanted } from './account-store.ts';
import type { AccountStore, ItemPage, ItemState, ItemsWanted, LoadedAccount } from './account-store.ts';
import { pageMark } from './append-documents.ts';

/** What of an account a scope shows, with the head it was judged by. */
type Seen = { shows: 'all' | 'none' | readonly string[]; loaded: LoadedAccount };

export const accountsInScope = (inner: AccountStore): AccountStore => {
  const look = async (scope: Scope, key: AccountKey, items: ItemsWanted = []): Promise<Seen> => {
    if (reachInto(scope, key.companyId) === 'none') return { shows: 'none', loaded: absent(key) };
    const whole = wholeCompany(key.companyId);
    if (isWholeByName(scope, key)) return { shows: 'all', loaded: await inner.load(whole, key, items) };
    const head = await inner.load(whole, key);
    const shows = showsOf(scope, head.account);
    if (shows === 'none') return { shows, loaded: absent(key) };
    const wanted = shows === 'all' ? idsWanted(items, head.account.head) : shows;
    const loaded = wanted.length === 0 ? head : await inner.load(whole, key, wanted);
    // it may have been given to somebody else between the two reads
    const stillShows = showsOf(scope, loaded.account);
    return stillShows === 'none' ? { shows: 'none', loaded: absent(key) } : { shows, loaded };
  };
  const loadPart = async (scope: Scope, key: AccountKey, items: ItemsWanted): Promise<LoadedAccount> => {
    const { shows, loaded } = await look(scope, key, items);
    if (typeof shows === 'string') return loaded;
    return narrowed(loaded, shows, idsWanted(items, narrowed(loaded, shows, []).account.head));
  };
  const paperShown = async (scope: Scope, key: AccountKey, id: string): Promise<object | undefined> => {
    const { shows, loaded } = await look(scope, key);
    const isShown = shows === 'all' || (shows !== 'none' && loaded.account.head.masterData === id);
    return isShown ? inner.paper(wholeCompany(key.companyId), key, id) : undefined;
  };
  /** The page when the whole account is shown; a journal is never shown in part. */
  const whenWhole = async <Page>(
    scope: Scope,
    key: AccountKey,
    read: (whole: Scope) => Promise<Page>,
    otherwise: Page,
  ): Promise<Page> => {
    const isWhole = isWholeByName(scope, key) || (await look(scope, key)).shows === 'all';
    return isWhole ? read(wholeCompany(key.companyId)) : otherwise;
  };
  const itemsOf = async (
    scope: Scope,
    key: AccountKey,
    page: { state: ItemState; limit: number; after?: string },
  ): Promise<ItemPage> => {
    const whole = wholeCompany(key.companyId);
    if (isWholeByName(scope, key)) return inner.items(whole, key, page);
    const { shows, loaded } = await look(scope, key);
    if (shows === 'all') return inner.items(whole, key, page);
    return pageOf(shows === 'none' ? [] : lentItems(loaded, shows), page);
  };
  /** The head with figures of the lent items alone; nothing when it was taken back meanwhile. */
  const lentHead = async (scope: Scope, key: AccountKey): Promise<AccountHead[]> => {
    const { shows, loaded } = await look(scope, key);
    if (typeof shows === 'string') return shows === 'all' ? [loaded.account.head] : [];
    return [narrowed(loaded, shows, []).account.head];
  };
  return {
    load: (scope, key, items = []) =>
      isWholeByName(scope, key)
        ? inner.load(wholeCompany(key.companyId), key, items)
        : loadPart(scope, key, items),
    append: (scope, loaded, ...change) => {
      const { companyId, accountId } = loaded.account.head;
      return showsOf(scope, loaded.account) === 'all'
        ? inner.append(wholeCompany(companyId), loaded, ...change)
        : Promise.reject(new Error(`account ${accountId} is out of scope`));
    },
    paper: (scope, key, id) =>
      isWholeByName(scope, key)
        ? inner.paper(wholeCompany(key.companyId), key, id)
        : paperShown(scope, key, id),
    papers: (scope, key, page) =>
      whenWhole(scope, key, (whole) => inner.papers(whole, key, page), { papers: [] }),
    entries: (scope, key, page) => whenWhole(scope, key, (whole) => inner.entries(whole, key, page), []),
    moves: (scope, key, page) => whenWhole(scope, key, (whole) => inner.moves(whole, key, page), []),
    openItems: (scope, key, page) => itemsOf(scope, key, { ...page, state: 'open' }),
    items: itemsOf,
    writtenOff: async (scope, companyId, page) =>
      reachInto(scope, companyId) === 'all'
        ? inner.writtenOff(wholeCompany(companyId), companyId, page)
        : { items: [] },
    holders: async (scope, companyId, itemIds) =>
      reachInto(scope, companyId) === 'all' ? inner.holders(wholeCompany(companyId), companyId, itemIds) : [],
    due: async (scope, companyId, page) =>
      reachInto(scope, companyId) === 'all'
        ? inner.due(wholeCompany(companyId), companyId, page)
        : { accounts: [] },
    heads: async (scope, companyId, page) => {
      const reach = reachInto(scope, companyId);
      if (reach === 'none') return { heads: [] };
      const found = await inner.heads(wholeCompany(companyId), companyId, page);
      if (reach === 'all') return found;
      const heads: AccountHead[] = [];
      for (const head of found.heads) {
        const shows = itemsInScope(scope, head);
        if (shows === 'all') heads.push(head);
        else if (shows !== 'none') heads.push(...(await lentHead(scope, head)));
      }
      return { ...found, heads };
    },
  };
};

const isInState = ({ open }: AccountItem, state: ItemState): boolean =>
  state === 'all' || (open === 0) === (state === 'closed');

/** A page of items that are all at hand. */
export const pageOf = (
  all: readonly AccountItem[],
  { state, limit, after = '' }: { state: ItemState; limit: number; after?: string },
): ItemPage => {
  const rest = all
    .filter((item) => isInState(item, state) && pageMark(item) > after)
    .toSorted((a, b) => (pageMark(a) < pageMark(b) ? -1 : 1));
  const items = rest.slice(0, limit);
  const last = items.length < limit ? undefined : items.at(-1);
  return last === undefined ? { items } : { items, after: pageMark(last) };
};

const absent = (key: AccountKey): LoadedAccount => ({ account: newAccount(key), mark: undefined });

const showsOf = (scope: Scope, { head }: Account): Seen['shows'] => itemsInScope(scope, head);

const lentItems = ({ account }: LoadedAccount, ids: readonly string[]): AccountItem[] =>
  ids.map((id) => account.items.get(id)).filter((item) => item !== undefined);

/** Without a mark: nothing is ever appended to what was seen in part. */
const narrowed = (loaded: LoadedAccount, ids: readonly string[], asked: readonly string[]): LoadedAccount =>
  loaded.account.head.version === 0
    ? loaded
    : { account: narrowAccount(loaded.account, lentItems(loaded, ids), asked), mark: undefined };
