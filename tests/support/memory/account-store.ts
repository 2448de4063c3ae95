/**
 * `AccountStore` in memory; documents are kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import { newAccount, type AccountKey } from '../../../shared/domain/account.ts';
import { entryMoves } from '../../../shared/domain/aging-moves.ts';
import { appendTo } from '../../../shared/domain/entry.ts';
import { oldestOf } from '../../../shared/domain/evolve.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { AccountStore, LoadedAccount } from '../../../shared/ports/account-store.ts';
import { accountsInScope } from '../../../shared/ports/accounts-in-scope.ts';
import {
  accountOf,
  afterAppend,
  documentsOf,
  pageMark,
  type AppendDocuments,
  type EntryDocument,
  type HeadDocument,
  type ItemDocument,
  type PaperDocument,
} from '../../../shared/ports/append-documents.ts';
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
    load: async (scope, key, itemIds = []) =>
      isInScope(scope, key.companyId)
        ? load(of(key), key, itemIds)
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
    entries: async (scope, key, { afterVersion, limit }) =>
      isInScope(scope, key.companyId)
        ? entriesIn(of(key))
            .filter(({ version }) => version > afterVersion)
            .slice(0, limit)
            .map(({ entry }) => entry)
        : [],
    moves: async (scope, key, { afterVersion, limit }) =>
      isInScope(scope, key.companyId)
        ? entriesIn(of(key))
            .filter(({ version }) => version > afterVersion)
            .slice(0, limit)
            .map(({ entry, moves }) => entryMoves(entry, moves))
        : [],
    openItems: async (scope, key, { limit, after }) => {
      if (!isInScope(scope, key.companyId)) return { items: [] };
      const open = openIn(of(key)).filter((item) => pageMark(item) > (after ?? ''));
      const items = open.slice(0, limit);
      const last = items.length < limit ? undefined : items.at(-1);
      return last === undefined ? { items } : { items, after: pageMark(last) };
    },
  };
};

/** Tells one state from the next: the head as it is written. */
const markOf = (partition: Partition): string | undefined => partition.get('head');

const load = async (
  partition: Partition,
  key: AccountKey,
  itemIds: readonly string[],
): Promise<LoadedAccount> => {
  const mark = markOf(partition);
  if (mark === undefined) return { account: newAccount(key), mark };
  const { head } = JSON.parse(mark) as HeadDocument;
  const items = itemIds.flatMap((id) => {
    const text = partition.get(id);
    return text === undefined ? [] : [(JSON.parse(text) as ItemDocument).item];
  });
  const restOldest = async (ids: readonly string[]) =>
    oldestOf(openIn(partition).filter(({ id }) => !ids.includes(id)));
  return { account: await accountOf(head, items, restOldest), mark };
};

const write = (partition: Partition, { head, entry, items, papers }: AppendDocuments): void => {
  for (const document of [head, entry, ...items.map((one) => one.document), ...papers])
    partition.set(document.id, JSON.stringify(document));
};

const withPrefix = (partition: Partition, prefix: string): string[] =>
  [...partition].flatMap(([id, text]) => (id.startsWith(prefix) ? [text] : [])).toSorted();

const entriesIn = (partition: Partition): EntryDocument[] =>
  withPrefix(partition, 'entry:')
    .map((text) => JSON.parse(text) as EntryDocument)
    .toSorted((a, b) => a.version - b.version);

const openIn = (partition: Partition) =>
  [...withPrefix(partition, 'item:'), ...withPrefix(partition, 'payment:')]
    .map((text) => (JSON.parse(text) as ItemDocument).item)
    .filter(({ open }) => open !== 0)
    .toSorted((a, b) => (pageMark(a) < pageMark(b) ? -1 : 1));
