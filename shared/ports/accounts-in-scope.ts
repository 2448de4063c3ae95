/**
 * An `AccountStore` that keeps each caller to their scope, account by account and item by item.
 * From: the stores, on Cosmos and in memory, which wrap themselves in it. Next: workflows.
 * Whose scope is a whole company costs nothing more; else the head is read first, and a foreign account answers
 * exactly as one that nobody posted to.
 */
import { newAccount, type Account, type AccountItem, type AccountKey } from '../domain/account.ts';
import { narrowAccount } from '../domain/narrow-account.ts';
import { itemsInScope, reachInto, wholeCompany, type Scope } from '../domain/scope.ts';
import type { AccountStore, LoadedAccount } from './account-store.ts';
import { pageMark } from './append-documents.ts';

/** What of an account a scope shows, with the head it was judged by. */
type Seen = { shows: 'all' | 'none' | readonly string[]; loaded: LoadedAccount };

export const accountsInScope = (inner: AccountStore): AccountStore => {
  const look = async (scope: Scope, key: AccountKey, itemIds: readonly string[] = []): Promise<Seen> => {
    const reach = reachInto(scope, key.companyId);
    if (reach === 'none') return { shows: 'none', loaded: absent(key) };
    const whole = wholeCompany(key.companyId);
    if (reach === 'all') return { shows: 'all', loaded: await inner.load(whole, key, itemIds) };
    const head = await inner.load(whole, key);
    const shows = showsOf(scope, head.account);
    if (shows === 'none') return { shows, loaded: absent(key) };
    const wanted = shows === 'all' ? itemIds : shows;
    const loaded = wanted.length === 0 ? head : await inner.load(whole, key, wanted);
    // it may have been given to somebody else between the two reads
    const stillShows = showsOf(scope, loaded.account);
    return stillShows === 'none' ? { shows: 'none', loaded: absent(key) } : { shows, loaded };
  };
  /** The page when the whole account is shown; a journal is never shown in part. */
  const whenWhole = async <Page>(
    scope: Scope,
    key: AccountKey,
    read: (whole: Scope) => Promise<Page>,
    otherwise: Page,
  ): Promise<Page> => {
    const isWhole = reachInto(scope, key.companyId) === 'all' || (await look(scope, key)).shows === 'all';
    return isWhole ? read(wholeCompany(key.companyId)) : otherwise;
  };
  return {
    load: async (scope, key, itemIds = []) => {
      const { shows, loaded } = await look(scope, key, itemIds);
      return typeof shows === 'string' ? loaded : narrowed(loaded, shows, itemIds);
    },
    append: async (scope, loaded, ...change) => {
      const { companyId, accountId } = loaded.account.head;
      if (showsOf(scope, loaded.account) !== 'all') throw new Error(`account ${accountId} is out of scope`);
      return inner.append(wholeCompany(companyId), loaded, ...change);
    },
    paper: async (scope, key, id) => {
      const { shows, loaded } = await look(scope, key);
      const isShown = shows === 'all' || (shows !== 'none' && loaded.account.head.masterData === id);
      return isShown ? inner.paper(wholeCompany(key.companyId), key, id) : undefined;
    },
    entries: (scope, key, page) => whenWhole(scope, key, (whole) => inner.entries(whole, key, page), []),
    moves: (scope, key, page) => whenWhole(scope, key, (whole) => inner.moves(whole, key, page), []),
    openItems: async (scope, key, page) => {
      if (reachInto(scope, key.companyId) === 'all') return inner.openItems(scope, key, page);
      const { shows, loaded } = await look(scope, key);
      if (shows === 'all') return inner.openItems(wholeCompany(key.companyId), key, page);
      const lent = shows === 'none' ? [] : lentItems(loaded, shows).filter(({ open }) => open !== 0);
      const rest = lent
        .toSorted((a, b) => (pageMark(a) < pageMark(b) ? -1 : 1))
        .filter((item) => pageMark(item) > (page.after ?? ''));
      const items = rest.slice(0, page.limit);
      const last = items.length < page.limit ? undefined : items.at(-1);
      return last === undefined ? { items } : { items, after: pageMark(last) };
    },
  };
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
