/**
 * `ImportStore` on Cosmos DB, container `imports`, key /companyId, /importId.
 * From: ingestion, reconciliation, posting. Next: documents `import`, `row:<10 digits>`, `result:<part>` of one
 * import; under `list` of a company one small document per import, newest first by `row`; under `platform` what
 * each sender sent on a day. Every call stays in one partition.
 */
import type { Container, JSONObject, OperationInput } from '@azure/cosmos';
import { instantFromText } from '../domain/calendar.ts';
import { escapeId } from '../domain/document-ids.ts';
import type { RejectedRow } from '../domain/imports.ts';
import { platformCompany } from '../domain/parked-work.ts';
import { isSameJson } from '../domain/same-json.ts';
import { isInScope, type Scope } from '../domain/scope.ts';
import type { ImportKey, ImportStore, LoadedImport } from '../ports/import-store.ts';
import type { Charged } from './cosmos-accounts.ts';
import { importDocuments, type ImportDocuments } from './cosmos-import-documents.ts';
import { parseImport, parseRejected, parseResult, parseUploads } from './import-shapes.ts';

/** A batch holds 100 operations and 2 MB. */
const mostBatchBytes = 1_500_000;
const mostTries = 8;
const listed = 'list';

export const cosmosImports = (
  container: () => Container,
  charged: Charged = () => undefined,
): ImportStore => {
  const documents = importDocuments(container, charged);
  const load = async (scope: Scope, key: ImportKey): Promise<LoadedImport | undefined> => {
    const found = isInScope(scope, key.companyId) ? await documents.read(key, 'import') : undefined;
    return found && { document: parseImport(found.document), mark: found.mark };
  };
  return {
    load,
    create: async (scope, document) => {
      assertScope(scope, document);
      const there = await load(scope, document);
      if (there) return there;
      const { companyId, importId, receivedAt } = document;
      const row = -instantFromText(receivedAt).epochMilliseconds;
      await documents.create({ companyId, importId: listed }, importId, { kind: 'listed', row, content: {} });
      const isNew = await documents.create(document, 'import', { kind: 'import', content: document });
      if (isNew) return 'created';
      const first = await load(scope, document);
      if (first === undefined) throw new Error(`import ${importId} is there and can not be read`);
      return first;
    },
    save: async (scope, { document, mark }) => {
      assertScope(scope, document);
      const next = await documents.replace(document, 'import', { kind: 'import', content: document }, mark);
      return next === undefined ? 'version-conflict' : { document, mark: next };
    },
    list: (scope, companyId, page) =>
      isInScope(scope, companyId) ? listOf(documents, load, scope, companyId, page) : noImports(),
    countUpload: (_scope, sender, file, most) => countUpload(documents, sender, file, most),
    reject: async (scope, key, rows) => {
      assertScope(scope, key);
      for (const some of batchesOf(rows)) await documents.upsertAll(key, some);
    },
    rejected: async (scope, key, { limit, afterRow = 0 }) => {
      if (!isInScope(scope, key.companyId)) return { rows: [] };
      const rows = (await documents.after(key, 'row', afterRow, limit)).map(parseRejected);
      const last = rows.length < limit ? undefined : rows.at(-1);
      return last === undefined ? { rows } : { rows, afterRow: last.row };
    },
    rejectedRow: async (scope, key, row) => {
      const found = isInScope(scope, key.companyId) ? await documents.read(key, rowId(row)) : undefined;
      return found && parseRejected(found.document);
    },
    changeRejected: async (scope, key, before, after) => {
      assertScope(scope, key);
      const found = await documents.read(key, rowId(before.row));
      if (found === undefined || !isSameJson(parseRejected(found.document), before))
        return 'version-conflict';
      const body = { kind: 'row', row: after.row, content: after };
      const next = await documents.replace(key, rowId(before.row), body, found.mark);
      return next === undefined ? 'version-conflict' : 'kept';
    },
    record: async (scope, key, result) => {
      assertScope(scope, key);
      await documents.create(key, resultId(result.part), { kind: 'result', content: result });
    },
    result: async (scope, key, part) => {
      const found = isInScope(scope, key.companyId) ? await documents.read(key, resultId(part)) : undefined;
      return found && parseResult(found.document);
    },
    results: async (scope, key) =>
      isInScope(scope, key.companyId) ? (await documents.all(key, 'result')).map(parseResult) : [],
  };
};

const noImports = async () => ({ imports: [] });

const assertScope = (scope: Scope, { companyId, importId }: ImportKey): void => {
  if (!isInScope(scope, companyId)) throw new Error(`import ${importId} is out of scope`);
};

const resultId = (part: string): string => `result:${escapeId(part)}`;

const rowId = (row: number): string => `row:${String(row).padStart(10, '0')}`;

/** Upserts of rows, as many at once as one batch carries. */
function* batchesOf(rows: readonly RejectedRow[]): Generator<OperationInput[]> {
  let batch: OperationInput[] = [];
  let bytes = 0;
  for (const row of rows) {
    const resourceBody = {
      id: rowId(row.row),
      kind: 'row',
      row: row.row,
      content: row,
    } as unknown as JSONObject;
    const size = Buffer.byteLength(JSON.stringify(resourceBody));
    if (batch.length === 90 || (batch.length > 0 && bytes + size > mostBatchBytes)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push({ operationType: 'Upsert', resourceBody });
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

/** Pages by the negative of the millisecond, so that ascending order is newest first; ties go by id. */
const listOf = async (
  documents: ImportDocuments,
  load: (scope: Scope, key: ImportKey) => Promise<LoadedImport | undefined>,
  scope: Scope,
  companyId: string,
  { limit, after }: { limit: number; after?: string },
) => {
  const [row, id] = after?.split(' ') ?? [];
  const from = row === undefined ? undefined : { row: Number(row), id: id ?? '' };
  const found = await documents.listedAfter({ companyId, importId: listed }, from, limit);
  const loaded = await Promise.all(found.map((one) => load(scope, { companyId, importId: one.id })));
  const imports = loaded.flatMap((one) => (one === undefined ? [] : [one.document]));
  const last = found.length < limit ? undefined : found.at(-1);
  return last === undefined ? { imports } : { imports, after: `${last.row} ${last.id}` };
};

const countUpload: (
  documents: ImportDocuments,
  ...counting: [
    sender: { by: string; day: string },
    file: { importId: string; bytes: number },
    most: { files: number; bytes: number },
  ]
) => Promise<'counted' | 'too-many'> = async (documents, { by, day }, file, most) => {
  const key = { companyId: platformCompany, importId: `uploads:${day}` };
  const id = escapeId(by);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const found = await documents.read(key, id);
    const before = found === undefined ? {} : parseUploads(found.document);
    const content = { ...before, [file.importId]: file.bytes };
    const bytes = Object.values(content).reduce((all, one) => all + one, 0);
    if (Object.hasOwn(before, file.importId)) return 'counted';
    if (Object.keys(content).length > most.files || bytes > most.bytes) return 'too-many';
    const body = { kind: 'uploads', content };
    const isKept = found
      ? (await documents.replace(key, id, body, found.mark)) !== undefined
      : await documents.create(key, id, body);
    if (isKept) return 'counted';
  }
  throw new Error(`uploads of ${day} changed during each of ${mostTries} tries`);
};
