/**
 * Azurite's memory of blobs and extents, kept in the kit's journal change by change.
 * From: the worker, before each acknowledged change. Next: the worker's next start.
 * Azurite itself writes everything anew every five seconds: too late for `kill -9`, too slow to do each time.
 */
import { openJournal } from '../kit/journal.ts';
import type { Journal } from '../kit/journal.ts';

type Stored = { $loki?: number; meta?: unknown };
type Collection = {
  name: string;
  data: Stored[];
  dirty: boolean;
  /** Ids of what was added, changed or removed since it was last emptied. */
  dirtyIds: number[];
  get(id: number): Stored | null;
  insert(document: object): unknown;
};
type Adapter = {
  mode: 'incremental';
  loadDatabase(name: string, loaded: (content: null) => void): void;
  saveDatabase(name: string, copy: unknown, saved: (error?: unknown) => void): void;
};
/** The part of Azurite's database that is used here. */
export type Database = { collections: Collection[]; isIncremental: boolean; persistenceAdapter: Adapter };
export type MetadataStore = { db: Database; init(): Promise<void> };

type Change = { collection: string; id: number; document: Stored | undefined };

/** Lines above which, and share of living documents below which, the journal is written anew. */
const compactAbove = { lines: 20_000, linesPerDocument: 4 };

/**
 * Fills both stores from the file and keeps them in it from now on. The first store is what the
 * second points at. Resolves with what makes every change so far durable.
 * @throws DamagedState
 */
export const keepInJournal = async (file: string, stores: MetadataStore[]): Promise<() => Promise<void>> => {
  const documents = new Map<string, Map<number, Stored>>();
  const journal = openJournal(file, (changes: Change[]) => replay(documents, changes));
  const collections = () => stores.flatMap(({ db }) => db.collections);

  const save = async (): Promise<void> => {
    const changes = collections().flatMap(takeChanges);
    if (changes.length > 0) journal.append(changes); // one line: all of a request or nothing
    await journal.flush();
    if (isWasteful(journal, collections())) journal.rewrite(contentOf(collections()));
  };

  for (const { db } of stores) {
    db.isIncremental = true;
    db.persistenceAdapter = {
      mode: 'incremental',
      loadDatabase: (_name, loaded) => loaded(null),
      saveDatabase: (_name, _copy, saved) => void save().then(() => saved(), saved),
    };
  }
  for (const store of stores) await store.init();
  for (const collection of collections()) restore(collection, documents.get(collection.name));
  journal.rewrite(contentOf(collections()));
  return save;
};

const replay = (documents: Map<string, Map<number, Stored>>, changes: Change[]): void => {
  for (const { collection, id, document } of changes) {
    const known = documents.get(collection) ?? new Map<number, Stored>();
    documents.set(collection, known);
    if (document) known.set(id, document);
    else known.delete(id);
  }
};

/** In the order of their ids, by which Azurite pages. */
const restore = (collection: Collection, known = new Map<number, Stored>()): void => {
  for (const [, document] of [...known].toSorted(([a], [b]) => a - b)) {
    const { $loki: _id, meta: _meta, ...content } = document;
    collection.insert(content);
  }
  takeChanges(collection);
};

const takeChanges = (collection: Collection): Change[] => {
  const ids = new Set(collection.dirtyIds);
  collection.dirtyIds = [];
  collection.dirty = false;
  return [...ids].map((id) => ({
    collection: collection.name,
    id,
    document: collection.get(id) ?? undefined,
  }));
};

function* contentOf(collections: Collection[]): Generator<Change[]> {
  for (const { name, data } of collections)
    for (const document of data) yield [{ collection: name, id: document.$loki!, document }];
}

const isWasteful = (journal: Journal, collections: Collection[]): boolean => {
  const living = collections.reduce((sum, { data }) => sum + data.length, 0);
  return journal.lines() > Math.max(compactAbove.lines, living * compactAbove.linesPerDocument);
};
