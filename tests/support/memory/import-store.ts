/**
 * `ImportStore` in memory; documents are kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import type { ImportDocument, PartResult, RejectedRow } from '../../../shared/domain/imports.ts';
import { isSameJson } from '../../../shared/domain/same-json.ts';
import { isInScope, type Scope } from '../../../shared/domain/scope.ts';
import type { ImportKey, ImportStore } from '../../../shared/ports/import-store.ts';

type Kept = { document: string; version: number; rows: Map<number, string>; results: Map<string, string> };

export type MemoryImports = ImportStore & {
  /** Everything of one import, for comparing states. */
  snapshot(key: ImportKey): unknown;
};

export const memoryImports = (): MemoryImports => {
  const imports = new Map<string, Kept>();
  const uploads = new Map<string, Map<string, number>>();
  const of = ({ companyId, importId }: ImportKey) => imports.get(JSON.stringify([companyId, importId]));
  const inScope = (scope: Scope, key: ImportKey): Kept => {
    if (!isInScope(scope, key.companyId)) throw new Error(`import ${key.importId} is out of scope`);
    const kept = of(key);
    if (!kept) throw new Error(`no import ${key.importId}`);
    return kept;
  };
  const readable = (scope: Scope, key: ImportKey) => (isInScope(scope, key.companyId) ? of(key) : undefined);
  const rowsOf = (kept: Kept | undefined): RejectedRow[] =>
    [...(kept?.rows.values() ?? [])]
      .map((text) => JSON.parse(text) as RejectedRow)
      .toSorted((a, b) => a.row - b.row);
  const resultsOf = (kept: Kept | undefined) =>
    [...(kept?.results.values() ?? [])].map((text) => JSON.parse(text) as PartResult);
  return {
    snapshot: (key) => {
      const kept = of(key);
      return kept && { document: documentOf(kept), rows: rowsOf(kept), results: resultsOf(kept) };
    },
    create: async (scope, document) => {
      if (!isInScope(scope, document.companyId))
        throw new Error(`import ${document.importId} is out of scope`);
      const there = of(document);
      if (there) return loadedOf(there);
      const id = JSON.stringify([document.companyId, document.importId]);
      imports.set(id, {
        document: JSON.stringify(document),
        version: 1,
        rows: new Map(),
        results: new Map(),
      });
      return 'created';
    },
    load: async (scope, key) => {
      const kept = readable(scope, key);
      return kept && loadedOf(kept);
    },
    save: async (scope, { document, mark }) => {
      const kept = inScope(scope, document);
      if (String(kept.version) !== mark) return 'version-conflict';
      kept.document = JSON.stringify(document);
      kept.version += 1;
      return loadedOf(kept);
    },
    list: async (scope, companyId, { limit, after }) => {
      if (!isInScope(scope, companyId)) return { imports: [] };
      const all = [...imports.values()]
        .map(documentOf)
        .filter((one) => one.companyId === companyId)
        .toSorted((a, b) => (markOf(a) < markOf(b) ? -1 : 1));
      const page = all.filter((one) => after === undefined || markOf(one) > after).slice(0, limit);
      const last = page.length < limit ? undefined : page.at(-1);
      return last === undefined ? { imports: page } : { imports: page, after: markOf(last) };
    },
    countUpload: async (_scope, { by, day }, file, most) => {
      const sender = JSON.stringify([by, day]);
      const sent = new Map(uploads.get(sender));
      if (sent.has(file.importId)) return 'counted';
      sent.set(file.importId, file.bytes);
      const bytes = [...sent.values()].reduce((sum, one) => sum + one, 0);
      if (sent.size > most.files || bytes > most.bytes) return 'too-many';
      uploads.set(sender, sent);
      return 'counted';
    },
    reject: async (scope, key, rows) => {
      const kept = inScope(scope, key);
      for (const row of rows) kept.rows.set(row.row, JSON.stringify(row));
    },
    rejected: async (scope, key, { limit, afterRow = 0 }) => {
      const rows = rowsOf(readable(scope, key))
        .filter(({ row }) => row > afterRow)
        .slice(0, limit);
      const last = rows.length < limit ? undefined : rows.at(-1);
      return last === undefined ? { rows } : { rows, afterRow: last.row };
    },
    rejectedRow: async (scope, key, row) => rowsOf(readable(scope, key)).find((one) => one.row === row),
    changeRejected: async (scope, key, before, after) => {
      const { rows } = inScope(scope, key);
      if (!isSameJson(JSON.parse(rows.get(before.row) ?? 'null'), before)) return 'version-conflict';
      rows.set(after.row, JSON.stringify(after));
      return 'kept';
    },
    record: async (scope, key, result) => {
      const { results } = inScope(scope, key);
      if (!results.has(result.part)) results.set(result.part, JSON.stringify(result));
    },
    result: async (scope, key, part) =>
      resultsOf(readable(scope, key)).find((result) => result.part === part),
    results: async (scope, key) => resultsOf(readable(scope, key)),
  };
};

const documentOf = ({ document }: Kept): ImportDocument => JSON.parse(document) as ImportDocument;

const loadedOf = (kept: Kept) => ({ document: documentOf(kept), mark: String(kept.version) });

/** Newest first, then by id. */
const markOf = ({ receivedAt, importId }: ImportDocument): string =>
  `${String(9e15 - Date.parse(receivedAt)).padStart(16, '0')} ${importId}`;
