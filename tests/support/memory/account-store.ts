/**
 * `AccountStore` in memory; documents are kept as JSON would bring them back, so that only what survives writing does. What is
 * read is the kept copy itself: nobody changes what they read.
 * From and next: workflows under test.
 */
import {
  newAccount,
  type AccountHead,
  type AccountItem,
  type AccountKey,
} from '../../../shared/domain/account.ts';
import { entryMoves } from '../../../shared/domain/aging-moves.ts';
import { entryIdOf } from '../../../shared/domain/document-ids.ts';
import { appendTo } from '../../../shared/domain/entry.ts';
import { oldestOf } from '../../../shared/domain/evolve.ts';
import { marksOf } from '../../../shared/domain/head-marks.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import { idsWanted, neverOn } from '../../../shared/ports/account-store.ts';
import type {
  AccountStore,
  ItemsWanted,
  LoadedAccount,
  Paper,
  PaperKind,
} from '../../../shared/ports/account-store.ts';
import { accountsInScope, pageOf } from '../../../shared/ports/accounts-in-scope.ts';
import {
  accountOf,
  afterAppend,
  documentsOf,
  reliefBound,
  type AppendDocuments,
  type EntryDocument,
  type HeadDocument,
  type ItemDocument,
  type PaperDocument,
} from '../../../shared/ports/append-documents.ts';
import { asWritten } from './as-written.ts';
import { dueIn } from './due-accounts.ts';
import { hashOfContent } from '../../../shared/azure/entry-hash.ts';

/** A document by its id. */
type Partition = Map<string, object>;

/** @param keeps `objects`: as they were handed in, for what is to be measured without the cost of writing. */
export const memoryAccounts = (keeps: 'json' | 'objects' = 'json'): AccountStore =>
  accountsInScope(wholeAccounts(keeps === 'json' ? asWritten : (document) => document));

const wholeAccounts = (keep: (document: object) => object): AccountStore => {
  const companies = new Map<string, Map<string, Partition>>();
  const accountsOf = (companyId: string): Map<string, Partition> =>
    placedIn(companies, companyId, noAccounts);
  const of = ({ companyId, accountId }: AccountKey): Partition =>
    placedIn(accountsOf(companyId), accountId, nothing);
  return {
    load: async (scope, key, wanted = []) =>
      isInScope(scope, key.companyId)
        ? load(of(key), key, wanted)
        : { account: newAccount(key), mark: undefined },
    append: async (scope, { account, mark }, change, texts, papers) => {
      const { companyId, accountId } = account.head;
      if (!isInScope(scope, companyId)) throw new Error(`account ${accountId} is out of scope`);
      const append = appendTo(account, change, hashOfContent);
      const documents = documentsOf(append, texts, papers);
      const partition = of(account.head);
      if (markOf(partition) !== mark) return { outcome: 'version-conflict' };
      const there = documents.items.filter(({ document, isNew }) => isNew && partition.has(document.id));
      if (there.length > 0)
        return { outcome: 'items-there', itemIds: there.map(({ document }) => document.id) };
      write(partition, documents, keep);
      const loaded: LoadedAccount = { account: afterAppend(append, documents), mark: markOf(partition) };
      return { outcome: 'appended', loaded, entry: append.entry };
    },
    paper: async (scope, key, id) => {
      const kept = isInScope(scope, key.companyId) ? of(key).get(id) : undefined;
      return (kept as PaperDocument | undefined)?.content;
    },
    papers: async (scope, key, { kind, limit, after }) => {
      const all = isInScope(scope, key.companyId) ? papersIn(of(key), kind) : [];
      const page = all.filter(({ id }) => after === undefined || id < after).slice(0, limit);
      const last = page.length < limit ? undefined : page.at(-1);
      return last === undefined ? { papers: page } : { papers: page, after: last.id };
    },
    entries: async (scope, key, { afterVersion, limit }) =>
      isInScope(scope, key.companyId)
        ? entriesIn(of(key), afterVersion, limit).map(({ entry }) => entry)
        : [],
    moves: async (scope, key, { afterVersion, limit }) =>
      isInScope(scope, key.companyId)
        ? entriesIn(of(key), afterVersion, limit).map(({ entry, moves }) => entryMoves(entry, moves))
        : [],
    openItems: async (scope, key, page) =>
      isInScope(scope, key.companyId) ? pageOf(itemsIn(of(key)), { ...page, state: 'open' }) : { items: [] },
    items: async (scope, key, page) =>
      isInScope(scope, key.companyId) ? pageOf(itemsIn(of(key)), page) : { items: [] },
    writtenOff: async (scope, companyId, { until = neverOn, limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { items: [] };
      const page = [...accountsOf(companyId).values()]
        .flatMap(documentsIn)
        .flatMap(({ reliefMark: mark, accountId, item }) =>
          mark === undefined ? [] : [{ mark, accountId, item }],
        )
        .filter(({ mark }) => mark > after && mark < reliefBound(until))
        .toSorted((a, b) => (a.mark < b.mark ? -1 : 1))
        .slice(0, limit);
      const items = page.map(({ accountId, item }) => ({ accountId, item }));
      const last = page.length < limit ? undefined : page.at(-1);
      return last === undefined ? { items } : { items, after: last.mark };
    },
    holders: async (scope, companyId, itemIds) => {
      const wanted = new Set(itemIds);
      return isInScope(scope, companyId)
        ? [...accountsOf(companyId).values()].flatMap((partition) =>
            [...wanted].flatMap((id) => {
              const kept = partition.get(id);
              const document = kept as ItemDocument | undefined;
              return document?.kind === 'item'
                ? [{ accountId: document.accountId, item: document.item }]
                : [];
            }),
          )
        : [];
    },
    due: async (scope, companyId, page) =>
      isInScope(scope, companyId)
        ? dueIn([...accountsOf(companyId).values()].flatMap(headsIn), companyId, page)
        : { accounts: [] },
    heads: async (scope, companyId, { limit, after = '', mark }) => {
      if (!isInScope(scope, companyId)) return { heads: [] };
      const accounts = accountsOf(companyId);
      const page = [...accounts.keys()]
        .filter((id) => id > after)
        .toSorted()
        .slice(0, limit);
      const heads = page
        .flatMap((id) => headsIn(accounts.get(id)))
        .filter((head) => mark === undefined || marksOf(head).includes(mark));
      const last = page.length < limit ? undefined : page.at(-1);
      return last === undefined ? { heads } : { heads, after: last };
    },
  };
};

const noAccounts = (): Map<string, Partition> => new Map();
const nothing = (): Partition => new Map();

/** What stands at a place; made there where nothing does. */
const placedIn = <Place>(places: Map<string, Place>, id: string, make: () => Place): Place => {
  const known = places.get(id);
  if (known !== undefined) return known;
  const made = make();
  places.set(id, made);
  return made;
};

const papersIn = (partition: Partition, kind: PaperKind): Paper[] =>
  [...partition.entries()]
    .filter(([id]) => id.startsWith(`${kind}:`))
    .map(([id, kept]) => ({ id: id as Paper['id'], content: (kept as PaperDocument).content }))
    .toSorted((a, b) => (a.id > b.id ? -1 : 1));

const headsIn = (partition: Partition | undefined): AccountHead[] => {
  const kept = partition?.get('head');
  return kept === undefined ? [] : [(kept as HeadDocument).head];
};

/** Tells one state from the next: the hash of its last entry. */
const markOf = (partition: Partition): string | undefined =>
  (partition.get('head') as HeadDocument | undefined)?.head.lastHash;

const load = async (partition: Partition, key: AccountKey, wanted: ItemsWanted): Promise<LoadedAccount> => {
  const kept = partition.get('head');
  if (kept === undefined) return { account: newAccount(key), mark: undefined };
  const { head } = kept as HeadDocument;
  const items = idsWanted(wanted, head).flatMap((id) => {
    const one = partition.get(id);
    return one === undefined ? [] : [(one as ItemDocument).item];
  });
  const restOldest = async (ids: readonly string[]) => {
    const loaded = new Set(ids);
    return oldestOf(openIn(partition).filter(({ id }) => !loaded.has(id)));
  };
  return { account: await accountOf(head, items, restOldest), mark: head.lastHash };
};

const write = (
  partition: Partition,
  { head, entry, items, papers }: AppendDocuments,
  keep: (document: object) => object,
): void => {
  for (const document of [head, entry, ...items.map((one) => one.document), ...papers])
    partition.set(document.id, keep(document));
};

/** Versions have no gaps. */
const entriesIn = (partition: Partition, afterVersion: number, limit: number): EntryDocument[] => {
  const entries: EntryDocument[] = [];
  for (let version = afterVersion + 1; entries.length < limit; version += 1) {
    const kept = partition.get(entryIdOf(version));
    if (kept === undefined) return entries;
    entries.push(kept as EntryDocument);
  }
  return entries;
};

const documentsIn = (partition: Partition): ItemDocument[] =>
  [...partition]
    .flatMap(([id, kept]) =>
      id.startsWith('item:') || id.startsWith('payment:') ? [kept as ItemDocument] : [],
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));

const itemsIn = (partition: Partition): AccountItem[] => documentsIn(partition).map(({ item }) => item);

const openIn = (partition: Partition): AccountItem[] => itemsIn(partition).filter(({ open }) => open !== 0);
