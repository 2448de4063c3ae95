/**
 * What a person decides about a row that was not taken: corrected cells sent again, or dropped with a reason.
 * From: `POST …/rejected/{row}`. Next: a small import of one row that names its cause, read by the profile of the
 * first; the row says which import carried it. Decided once.
 */
import type { ImportBody } from '../../shared/contracts/imports.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import type { ImportDocument, RejectedRow } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome, type Refusal } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { createImport, type Sender } from './create-import.ts';
import { sha256Of } from './import-files.ts';
import { receiveFile } from './receive-file.ts';
import type { IngestionStores } from './stores.ts';

export type Decision =
  | { decision: 'correct'; cells: Readonly<Record<string, string>>; reason: string }
  /** A paper nobody can read by machine: its lines as a person typed them, each in the columns of the template. */
  | { decision: 'type'; lines: readonly Readonly<Record<string, string>>[]; reason: string }
  | { decision: 'drop'; reason: string };

export type Decided = { row: RejectedRow; document?: ImportDocument };

export const decideRow = async (
  stores: IngestionStores,
  scope: Scope,
  place: { company: string; importId: string; row: number },
  decision: Decision,
  sender: Sender,
  now: Instant,
): Promise<Outcome<Decided, ProblemCode>> => {
  const key = { companyId: place.company, importId: place.importId };
  const loaded = await stores.imports.load(scope, key);
  const rejected = loaded && (await stores.imports.rejectedRow(scope, key, place.row));
  if (rejected === undefined) return refuse('not-found', 'There is no such row.');
  if (decision.decision === 'drop') return drop(stores, scope, key, rejected, decision.reason, sender);
  return correct(stores, scope, { loaded: loaded!.document, rejected, decision }, sender, now);
};

type Correction = {
  loaded: ImportDocument;
  rejected: RejectedRow;
  decision: Exclude<Decision, { decision: 'drop' }>;
};

/**
 * The row is marked before anything of the correction is read: of two corrections one wins and the import of the
 * other is refused; one that died after marking is sent again by the same call.
 */
const correct = async (
  stores: IngestionStores,
  scope: Scope,
  { loaded, rejected, decision }: Correction,
  sender: Sender,
  now: Instant,
): Promise<Outcome<Decided, ProblemCode>> => {
  const { row: number, state } = rejected;
  if (state === 'dropped') return refuse('row-not-open', `Row ${number} is ${state}.`);
  const told = decision.decision === 'type' ? decision.lines : [decision.cells];
  const content = JSON.stringify(told.map((cells) => ({ ...rejected.cells, ...cells })));
  const body = bodyOf(loaded, number, content);
  const corrects = { importId: loaded.importId, row: number };
  const created = await createImport(stores, scope, body, sender, now, corrects);
  if (!created.ok) return created;
  const { document } = created.value;
  const mark = await markCorrected(stores, scope, { loaded, rejected, decision }, document, sender);
  if (!mark.ok) {
    await giveUp(stores, scope, document, mark, now);
    return mark;
  }
  const row = mark.value;
  const bytes = Buffer.from(content, 'utf8');
  const sent = await receiveFile(stores, scope, body, bytes, sender, now, corrects);
  return sent.ok ? done({ row, document: sent.value.document }) : sent;
};

/** The row as corrected by this import, by whoever noted it; refused when something else was decided about it. */
const markCorrected = async (
  { imports }: IngestionStores,
  scope: Scope,
  { loaded, rejected, decision }: Correction,
  { importId }: ImportDocument,
  sender: Sender,
): Promise<Outcome<RejectedRow, ProblemCode>> => {
  if (rejected.state === 'open') {
    const note = { column: '*', value: '', code: 'corrected', detail: `${sender.by}: ${decision.reason}` };
    const reasons = [...rejected.reasons, note];
    const row: RejectedRow = { ...rejected, state: 'corrected', correctedBy: importId, reasons };
    if ((await imports.changeRejected(scope, loaded, rejected, row)) === 'kept') return done(row);
  }
  const found = await imports.rejectedRow(scope, loaded, rejected.row);
  if (found?.state === 'corrected' && found.correctedBy === importId) return done(found);
  const by = found?.correctedBy === undefined ? 'dropped' : `corrected by ${found.correctedBy}`;
  return refuse('row-not-open', `Row ${rejected.row} was ${by}.`);
};

/** The import of a correction that came second: nothing of it was read, and it waits for nothing any more. */
const giveUp = async (
  stores: IngestionStores,
  scope: Scope,
  key: ImportDocument,
  why: Refusal<ProblemCode>,
  now: Instant,
): Promise<void> => {
  const { imports } = stores;
  const loaded = await imports.load(scope, key);
  if (loaded === undefined || loaded.document.state !== 'receiving') return;
  const document: ImportDocument = {
    ...loaded.document,
    ...{ state: 'refused', because: { code: why.code, detail: why.detail }, changedAt: textOfInstant(now) },
    progress: { ...loaded.document.progress, phase: 'end', step: 0 },
  };
  if ((await imports.save(scope, { ...loaded, document })) === 'version-conflict')
    return giveUp(stores, scope, key, why, now);
};

const drop = async (
  { imports }: IngestionStores,
  scope: Scope,
  key: { companyId: string; importId: string },
  rejected: RejectedRow,
  reason: string,
  { by }: Sender,
): Promise<Outcome<Decided, ProblemCode>> => {
  if (rejected.state !== 'open') return refuse('row-not-open', `Row ${rejected.row} is ${rejected.state}.`);
  const note = { column: '*', value: '', code: 'dropped', detail: `${by}: ${reason}` };
  const row: RejectedRow = { ...rejected, state: 'dropped', reasons: [...rejected.reasons, note] };
  const kept = await imports.changeRejected(scope, key, rejected, row);
  return kept === 'kept'
    ? done({ row })
    : refuse('row-not-open', `Row ${row.row} was decided by somebody else.`);
};

/** One row of a snapshot tells one document as of that instant: it closes nothing by what it leaves out. */
const bodyOf = (document: ImportDocument, row: number, content: string): ImportBody => {
  const { profile, reading, remembered, asOf, receivedAt } = document;
  const locale = reading?.locale ?? remembered?.locale;
  const name = document.fileName;
  return {
    company: document.companyId,
    name: `${name.replace(/\.[^.]*$/, '').slice(0, 150)}-row-${row}.json`,
    kind: document.kind === 'snapshot' ? 'invoices' : document.kind,
    format: 'json',
    source: document.source,
    size: Buffer.byteLength(content, 'utf8'),
    sha256: sha256Of(content),
    scope: {},
    asOf: asOf ?? receivedAt,
    ...(profile && { profile: profile.name }),
    ...(locale !== undefined && { locale }),
  };
};
