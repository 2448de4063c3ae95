/**
 * `AccountStore` in memory; documents are kept as JSON, so that only what survives writing comes back.
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
import { dueIn } from './due-accounts.ts';
import { hashOfContent } from '../../../shared/azure/entry-hash.ts';

type Partition = Map<string, string>;

export const memoryAccounts = (): AccountStore => accountsInScope(wholeAccounts());

const wholeAccounts = (): AccountStore => {
  const partitions = new Map<string, Partition>();
  const of = ({ companyId, accountId }: AccountKey): Partition => {
    const id = JSON.stringify([companyId, accountId]);
    const known = partitions.get(id) ?? new Map<string, string>();
    partitions.set(id, known);
    return known;
  };
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
      write(partition, documents);
      const loaded: LoadedAccount = { account: afterAppend(append, documents), mark: markOf(partition) };
      return { outcome: 'appended', loaded, entry: append.entry };
    },
    paper: async (scope, key, id) => {
      const text = isInScope(scope, key.companyId) ? of(key).get(id) : undefined;
      return text === undefined ? undefined : (JSON.parse(text) as PaperDocument).content;
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
      const page = [...partitions.values()]
        .flatMap(documentsIn)
        .filter((one) => one.companyId === companyId)
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
        ? [...partitions.values()].flatMap((partition) =>
            [...wanted].flatMap((id) => {
              const text = partition.get(id);
              const document = text === undefined ? undefined : (JSON.parse(text) as ItemDocument);
              return document?.kind === 'item' && document.companyId === companyId
                ? [{ accountId: document.accountId, item: document.item }]
                : [];
            }),
          )
        : [];
    },
    due: async (scope, companyId, page) =>
      isInScope(scope, companyId)
        ? dueIn([...partitions.values()].flatMap(headsIn), companyId, page)
        : { accounts: [] },
    heads: async (scope, companyId, { limit, after = '', mark }) => {
      if (!isInScope(scope, companyId)) return { heads: [] };
      const ids = [...partitions.keys()].filter(
        (id) => (JSON.parse(id) as string[])[0] === companyId && id > after,
      );
      const page = ids.toSorted().slice(0, limit);
      const heads = page
        .flatMap((id) => headsIn(partitions.get(id)))
        .filter((head) => mark === undefined || marksOf(head).includes(mark));
      const last = page.length < limit ? undefined : page.at(-1);
      return last === undefined ? { heads } : { heads, after: last };
    },
  };
};

const papersIn = (partition: Partition, kind: PaperKind): Paper[] =>
  [...partition.entries()]
    .filter(([id]) => id.startsWith(`${kind}:`))
    .map(([id, text]) => ({ id: id as Paper['id'], content: (JSON.parse(text) as PaperDocument).content }))
    .toSorted((a, b) => (a.id > b.id ? -1 : 1));

const headsIn = (partition: Partition | undefined): AccountHead[] => {
  const text = partition?.get('head');
  return text === undefined ? [] : [(JSON.parse(text) as HeadDocument).head];
};

/** Tells one state from the next: the head as it is written. */
const markOf = (partition: Partition): string | undefined => partition.get('head');

const load = async (partition: Partition, key: AccountKey, wanted: ItemsWanted): Promise<LoadedAccount> => {
  const mark = markOf(partition);
  if (mark === undefined) return { account: newAccount(key), mark };
  const { head } = JSON.parse(mark) as HeadDocument;
  const items = idsWanted(wanted, head).flatMap((id) => {
    const text = partition.get(id);
    return text === undefined ? [] : [(JSON.parse(text) as ItemDocument).item];
  });
  const restOldest = async (ids: readonly string[]) => {
    const loaded = new Set(ids);
    return oldestOf(openIn(partition).filter(({ id }) => !loaded.has(id)));
  };
  return { account: await accountOf(head, items, restOldest), mark };
};

const write = (partition: Partition, { head, entry, items, papers }: AppendDocuments): void => {
  for (const document of [head, entry, ...items.map((one) => one.document), ...papers])
    partition.set(document.id, JSON.stringify(document));
};

const withPrefix = (partition: Partition, prefix: string): string[] =>
  [...partition].flatMap(([id, text]) => (id.startsWith(prefix) ? [text] : [])).toSorted();

/** Versions have no gaps. */
const entriesIn = (partition: Partition, afterVersion: number, limit: number): EntryDocument[] => {
  const entries: EntryDocument[] = [];
  for (let version = afterVersion + 1; entries.length < limit; version += 1) {
    const text = partition.get(entryIdOf(version));
    if (text === undefined) return entries;
    entries.push(JSON.parse(text) as EntryDocument);
  }
  return entries;
};

const documentsIn = (partition: Partition): ItemDocument[] =>
  [...withPrefix(partition, 'item:'), ...withPrefix(partition, 'payment:')].map(
    (text) => JSON.parse(text) as ItemDocument,
  );

const itemsIn = (partition: Partition): AccountItem[] => documentsIn(partition).map(({ item }) => item);

const openIn = (partition: Partition): AccountItem[] => itemsIn(partition).filter(({ open }) => open !== 0);
