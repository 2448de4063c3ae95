/**
 * Papers of remittance advices that wait to be typed in, the paper itself, and its lines as a person typed them.
 * From: `advice-paper-routes.ts`. Next: a small import of those lines that names the paper it was typed from, read by
 * the template like any other advice.
 */
import type { TypedAdvice, PapersAnswer } from '../../shared/contracts/advice-papers.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { toTypeIn, type ImportDocument } from '../../shared/domain/imports.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { Sender } from './create-import.ts';
import { decideRow, type Decided } from './decide-row.ts';
import { sourceOf } from './import-files.ts';
import { paperRow } from './read-advice-paper.ts';
import type { IngestionStores } from './stores.ts';

type Key = { companyId: string; importId: string };

const isPaper = ({ kind, format, state }: ImportDocument): boolean =>
  kind === 'remittance' && format === 'pdf' && state !== 'refused' && state !== 'receiving';

/** Newest first; a page may hold fewer than asked for, even none, and not be the last. */
export const listPapers = async (
  { imports }: IngestionStores,
  scope: Scope,
  company: string,
  { limit, after }: { limit: number; after?: string | undefined },
): Promise<Outcome<PapersAnswer, never>> => {
  const page = await imports.list(scope, company, after === undefined ? { limit } : { limit, after });
  const papers: PapersAnswer['papers'] = [];
  for (const document of page.imports.filter((one) => isPaper(one) && toTypeIn in one.rejectedBy)) {
    const row = await imports.rejectedRow(scope, document, paperRow);
    const { importId, fileName, source, by, receivedAt } = document;
    if (row?.state === 'open') papers.push({ importId, fileName, source, by, receivedAt });
  }
  return done({ papers, ...(page.after !== undefined && { after: page.after }) });
};

export const downloadPaper = async (
  { imports, files }: IngestionStores,
  scope: Scope,
  key: Key,
): Promise<Outcome<Download, 'not-found'>> => {
  const loaded = await imports.load(scope, key);
  const bytes = loaded && isPaper(loaded.document) && (await files.read(scope, sourceOf(loaded.document)));
  if (loaded === undefined || !bytes) return refuse('not-found', 'There is no such paper.');
  return done({ fileName: loaded.document.fileName, contentType: 'application/pdf', bytes });
};

/** All lines at once, once: typed again by somebody else they are refused. */
export const typeAdvice = async (
  stores: IngestionStores,
  scope: Scope,
  { companyId, importId }: Key,
  { reference, currency, reason, lines }: TypedAdvice,
  sender: Sender,
  now: Instant,
): Promise<Outcome<Decided, ProblemCode>> => {
  const loaded = await stores.imports.load(scope, { companyId, importId });
  if (loaded === undefined || !isPaper(loaded.document))
    return refuse('not-found', 'There is no such paper.');
  const place = { company: companyId, importId, row: paperRow };
  const rows = lines.map((line) => ({ ...line, from_id: reference, currency }));
  return decideRow(stores, scope, place, { decision: 'type', lines: rows, reason }, sender, now);
};
