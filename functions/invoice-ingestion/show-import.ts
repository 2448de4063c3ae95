/**
 * An import as people read it: how far, what was found, what it changed, what it waits for.
 * From: the import and the results of its parts. Next: `GET api/imports/…` and every answer of an upload.
 * Done is derived: when each part has brought its result, whoever looks sees it, and nothing else has to happen.
 */
import type { ImportAnswer } from '../../shared/contracts/imports.ts';
import { isProblemCode, problemOf } from '../../shared/contracts/problems.ts';
import { addCounts, addSums } from '../../shared/domain/control-totals.ts';
import type { ImportDocument, ImportState, PartResult } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ImportKey, ImportStore } from '../../shared/ports/import-store.ts';

export const showImport = async (
  imports: ImportStore,
  scope: Scope,
  key: ImportKey,
): Promise<Outcome<ImportAnswer, 'not-found'>> => {
  const loaded = await imports.load(scope, key);
  if (loaded === undefined) return refuse('not-found', 'There is no such import.');
  return done(answerOf(loaded.document, await imports.results(scope, key)));
};

export const listImports = async (
  imports: ImportStore,
  scope: Scope,
  { company, limit, after }: { company: string; limit: number; after?: string | undefined },
) => {
  const page = await imports.list(scope, company, after === undefined ? { limit } : { limit, after });
  return done({
    imports: page.imports.map((document) => {
      const { posted: _posted, ...answer } = answerOf(document, []);
      return answer;
    }),
    ...(page.after !== undefined && { after: page.after }),
  });
};

export const stateOf = (document: ImportDocument, results: readonly PartResult[]): ImportState =>
  document.state === 'posting' && document.parts !== undefined && results.length >= document.parts
    ? 'done'
    : document.state;

const waits: Readonly<Partial<Record<ImportState, ImportAnswer['waitsFor']>>> = {
  ...{ receiving: 'blocks', reading: 'work', checking: 'work', reconciling: 'work' },
  ...{ held: 'person', posting: 'parts' },
};

export const answerOf = (document: ImportDocument, results: readonly PartResult[]): ImportAnswer => {
  const state = stateOf(document, results);
  const { progress, counts, because } = document;
  const waitsFor = waits[state];
  return {
    company: document.companyId,
    importId: document.importId,
    name: document.fileName,
    kind: document.kind,
    format: document.format,
    source: document.source,
    ...(document.profile && { profile: document.profile }),
    ...(document.asOf !== undefined && { asOf: document.asOf }),
    state,
    ...(because && { because: { ...because, whatToDo: whatToDo(because.code) } }),
    ...(waitsFor && { waitsFor }),
    progress: {
      phase: progress.phase,
      bytesRead: progress.bytesRead,
      bytes: document.bytes,
      bucketsDone: progress.bucketsDone,
      buckets: document.buckets,
      partsDone: results.length,
      ...(document.parts !== undefined && { parts: document.parts }),
    },
    rows: {
      ...{ read: counts.rows, accepted: counts.accepted, rejected: counts.rejected },
      repeated: counts.repeated,
      skippedBy: { ...document.skippedBy },
      rejectedBy: { ...document.rejectedBy },
    },
    sums: { ...document.sums },
    posted: postedOf(results),
    ...(document.papers && { papers: { ...document.papers, refused: [...document.papers.refused] } }),
    ...(document.corrects && { corrects: document.corrects }),
    by: document.by,
    receivedAt: document.receivedAt,
    changedAt: document.changedAt,
  };
};

const whatToDo = (code: string): string =>
  problemOf(isProblemCode(code) ? code : 'file-not-readable', '').whatToDo;

const postedOf = (results: readonly PartResult[]): ImportAnswer['posted'] => {
  const total = (of: (result: PartResult) => number) => results.reduce((sum, one) => sum + of(one), 0);
  return {
    accounts: total(({ accounts }) => accounts),
    entries: total(({ entries }) => entries),
    rows: total(({ posted }) => posted),
    unchanged: total(({ unchanged }) => unchanged),
    refusedBy: results.reduce((all, { refusedBy }) => addCounts(all, refusedBy), {}),
    change: { ...results.reduce((all, { change }) => addSums(all, change), {}) },
  };
};
