/**
 * The provider's books: every object of every account, in memory and in an append-only journal.
 * From: the handlers, inside `transact`. Next: the same books at the next start; `deliveries.ts` and
 * `alarms.ts` hear of each change. One transaction is one journal line, so a torn write loses it whole.
 */
import type { Journal } from '../kit/journal.ts';
import { memoryJournal, openJournal } from '../kit/journal.ts';
import type { Kind, Row, Stored } from './objects.ts';

type AnyRow = Row<Kind>;
/** What has been changed so far, and how to take it back. */
type Transaction = { changes: Change[]; undo: (() => void)[] };
type Change = { put: AnyRow } | { remove: { kind: Kind; id: string } };

export type Store = {
  /** Undefined when absent or another account's. */
  get<K extends Kind>(kind: K, account: string, id: string): Stored[K] | undefined;
  /** The row whoever owns it: for pages and alarms, which know only the name. */
  anywhere<K extends Kind>(kind: K, id: string): Row<K> | undefined;
  /** An account's rows, newest first. */
  newestFirst<K extends Kind>(kind: K, account: string): Generator<Stored[K]>;
  /** All rows of a kind, oldest first. */
  everyone<K extends Kind>(kind: K): Iterable<Row<K>>;
  count(kind: Kind): number;
  put<K extends Kind>(kind: K, account: string, value: Stored[K]): void;
  remove(kind: Kind, id: string): void;
  /** All changes of `work`, or none when it throws. */
  transact<T>(work: () => T): T;
  /** Called after each transaction with what it put. */
  onCommit(listener: (rows: AnyRow[]) => void): void;
  flush(): Promise<void> | undefined;
  close(): void;
};

/** Transactions after which old events and answers leave the memory; the file keeps them until it is rewritten. */
const tidiedEvery = 1_000;

/** @param isWorthKeeping asked now and then, and when the file is written afresh: old events and answers go. */
export const openStore = (file: string | undefined, isWorthKeeping: (row: AnyRow) => boolean): Store => {
  const kinds = new Map<Kind, Map<string, AnyRow>>();
  const accounts = new Map<string, string[]>(); // `kind account` -> ids, oldest first
  const listeners: ((rows: AnyRow[]) => void)[] = [];
  let open: Transaction | undefined;

  const rowsOf = (kind: Kind) => {
    const rows = kinds.get(kind) ?? new Map<string, AnyRow>();
    kinds.set(kind, rows);
    return rows;
  };
  const idsOf = (kind: Kind, account: string) => {
    const ids = accounts.get(`${kind} ${account}`) ?? [];
    accounts.set(`${kind} ${account}`, ids);
    return ids;
  };
  const set = (row: AnyRow) => {
    const rows = rowsOf(row.kind);
    if (!rows.has(row.value.object.id)) idsOf(row.kind, row.account).push(row.value.object.id);
    rows.set(row.value.object.id, row);
  };
  const unset = (kind: Kind, id: string) => {
    const row = rowsOf(kind).get(id);
    if (!row) return;
    rowsOf(kind).delete(id);
    const ids = idsOf(kind, row.account);
    ids.splice(ids.lastIndexOf(id), 1);
  };
  const apply = (change: Change) => {
    if ('put' in change) set(change.put);
    else unset(change.remove.kind, change.remove.id);
  };
  const record = (change: Change, kind: Kind, id: string) => {
    if (!open) throw new Error('the books change only inside a transaction');
    const before = rowsOf(kind).get(id);
    open.undo.push(() => (before ? set(before) : unset(kind, id)));
    open.changes.push(change);
    apply(change);
  };

  let untidied = 0;
  const dropOld = () => {
    untidied = 0;
    for (const rows of kinds.values())
      for (const [id, row] of rows) if (!isWorthKeeping(row)) rows.delete(id);
    for (const [name, ids] of accounts) {
      const rows = rowsOf(name.slice(0, name.indexOf(' ')) as Kind);
      const left = ids.filter((id) => rows.has(id));
      if (left.length < ids.length) accounts.set(name, left);
    }
  };
  const journal = openBooks(file, (changes) => changes.forEach(apply));
  const rewriteWhenLong = () => {
    const rows = [...kinds.values()].reduce((sum, one) => sum + one.size, 0);
    if (journal.lines() < 5_000 + 2 * rows) return;
    dropOld();
    journal.rewrite(everything(kinds));
  };
  rewriteWhenLong();
  const committed = (changes: Change[]) => {
    if (changes.length === 0) return;
    const last = [...new Map(changes.map((change) => [nameOfChange(change), change])).values()];
    journal.append(last);
    if ((untidied += 1) >= tidiedEvery) dropOld();
    rewriteWhenLong();
    const rows = last.flatMap((change) => ('put' in change ? [change.put] : []));
    for (const listener of listeners) listener(rows);
  };

  return {
    get: (kind, account, id) => {
      const row = rowsOf(kind).get(id);
      return row?.account === account ? (row.value as Stored[typeof kind]) : undefined;
    },
    anywhere: (kind, id) => rowsOf(kind).get(id) as Row<typeof kind> | undefined,
    newestFirst: function* (kind, account) {
      const ids = idsOf(kind, account);
      for (let i = ids.length - 1; i >= 0; i--) yield rowsOf(kind).get(ids[i]!)!.value as Stored[typeof kind];
    },
    everyone: (kind) => rowsOf(kind).values() as Iterable<Row<typeof kind>>,
    count: (kind) => rowsOf(kind).size,
    put: (kind, account, value) => record({ put: { kind, account, value } }, kind, value.object.id),
    remove: (kind, id) => record({ remove: { kind, id } }, kind, id),
    transact: (work) => {
      if (open) throw new Error('one transaction at a time');
      const mine: Transaction = { changes: [], undo: [] };
      open = mine;
      try {
        const result = work();
        committed(mine.changes);
        return result;
      } catch (error) {
        for (const undo of mine.undo.reverse()) undo();
        throw error;
      } finally {
        open = undefined;
      }
    },
    onCommit: (listener) => void listeners.push(listener),
    flush: () => journal.flush(),
    close: () => journal.close(),
  };
};

/** A row changed twice in one transaction is written once, as it came out. */
const nameOfChange = (change: Change): string =>
  'put' in change
    ? `${change.put.kind} ${change.put.value.object.id}`
    : `${change.remove.kind} ${change.remove.id}`;

const openBooks = (file: string | undefined, replay: (changes: Change[]) => void): Journal =>
  file === undefined ? memoryJournal() : openJournal(file, replay);

function* everything(kinds: Map<Kind, Map<string, AnyRow>>): Generator<Change[]> {
  for (const rows of kinds.values()) for (const row of rows.values()) yield [{ put: row }];
}
