/**
 * An import as people read it: how far, what was found, what it changed, what it waits for.
 * From: the import and the results of its parts. Next: `GET api/imports/…` and every answer of an upload.
 * Done is derived: when each part has brought its result, whoever looks sees it, and nothing else has to happen.
 */
import type { ImportAnswer } from '../../shared/contracts/imports.ts';
import { isProblemCode, problemOf } from '../../shared/contracts/problems.ts';
import { addCash, type CashSums } from '../../shared/domain/cash-moves.ts';
import { addCounts, addSums } from '../../shared/domain/control-totals.ts';
import type { ImportDocument, ImportState, PartResult } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ImportKey, ImportStore } from '../../shared/ports/import-store.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';

export const showImport = async (
  imports: ImportStore,
  scope: Scope,
  key: ImportKey,
  parked?: Pick<ParkedWorkStore, 'list'>,
): Promise<Outcome<ImportAnswer, 'not-found'>> => {
  const loaded = await imports.load(scope, key);
  if (loaded === undefined) return refuse('not-found', 'There is no such import.');
  const results = await imports.results(scope, key);
  const isRunning = stateOf(loaded.document, results) === 'posting';
  return done(answerOf(loaded.document, results, isRunning ? await parkedOf(parked, scope, key) : {}));
};

const pageOfParked = 100;
const mostPagesOfParked = 5;

/** What of it waits for a person, by reason, as far as the oldest failed work of the company shows. */
const parkedOf = async (
  parked: Pick<ParkedWorkStore, 'list'> | undefined,
  scope: Scope,
  { companyId, importId }: ImportKey,
): Promise<Record<string, number>> => {
  const codes: Record<string, number> = {};
  let after: string | undefined;
  for (let page = 0; parked && page < mostPagesOfParked; page += 1) {
    const found = await parked.list(scope, companyId, { limit: pageOfParked, ...(after && { after }) });
    for (const { code, body } of found.work)
      if (body.includes(JSON.stringify({ importId }).slice(1, -1))) codes[code] = (codes[code] ?? 0) + 1;
    after = found.after;
    if (after === undefined) break;
  }
  return codes;
};

/** Imports whose results are read at once. */
const readAtOnce = 8;

/** Newest first. Whether one that posts is done is in its results alone, so theirs are read. */
export const listImports = async (
  imports: ImportStore,
  scope: Scope,
  { company, limit, after }: { company: string; limit: number; after?: string | undefined },
) => {
  const page = await imports.list(scope, company, after === undefined ? { limit } : { limit, after });
  const answers: Omit<ImportAnswer, 'posted'>[] = [];
  for (let first = 0; first < page.imports.length; first += readAtOnce)
    answers.push(
      ...(await Promise.all(
        page.imports.slice(first, first + readAtOnce).map(async (document) => {
          const results = document.state === 'posting' ? await imports.results(scope, document) : [];
          const { posted: _posted, ...answer } = answerOf(document, results);
          return answer;
        }),
      )),
    );
  return done({ imports: answers, ...(page.after !== undefined && { after: page.after }) });
};

export const stateOf = (document: ImportDocument, results: readonly PartResult[]): ImportState =>
  document.state === 'posting' &&
  document.parts !== undefined &&
  results.filter(isOfPart).length >= document.parts &&
  results.length - results.filter(isOfPart).length >= toSettle(results)
    ? 'done'
    : document.state;

/** Results of parts, not of what a part took in. */
const isOfPart = ({ settled }: PartResult): boolean => settled === undefined;

const toSettle = (results: readonly PartResult[]): number =>
  results.reduce((all, { awaits = 0 }) => all + awaits, 0);

const waits: Readonly<Partial<Record<ImportState, ImportAnswer['waitsFor']>>> = {
  ...{ receiving: 'blocks', reading: 'work', checking: 'work', reconciling: 'work' },
  ...{ held: 'person', posting: 'parts' },
};

export const answerOf = (
  document: ImportDocument,
  results: readonly PartResult[],
  parked: Readonly<Record<string, number>> = {},
): ImportAnswer => {
  const state = stateOf(document, results);
  const isParked = state === 'posting' && Object.keys(parked).length > 0;
  const { progress, counts, because } = document;
  const waitsFor = isParked ? 'person' : waits[state];
  const partsDone = results.filter(isOfPart).length;
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
      partsDone,
      ...(document.parts !== undefined && { parts: document.parts }),
      ...{ settled: results.length - partsDone, toSettle: toSettle(results) },
    },
    rows: {
      ...{ read: counts.rows, accepted: counts.accepted, rejected: counts.rejected },
      repeated: counts.repeated,
      skippedBy: { ...document.skippedBy },
      rejectedBy: { ...document.rejectedBy },
    },
    sums: { ...document.sums },
    posted: postedOf(results),
    ...(isParked && { parked }),
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
    cash: { ...results.reduce<CashSums>((all, { cash = {} }) => addCash(all, cash), {}) },
    settledAs: results.reduce<Record<string, number>>(
      (all, { settled }) => (settled === undefined ? all : addCounts(all, { [settled]: 1 })),
      {},
    ),
  };
};
