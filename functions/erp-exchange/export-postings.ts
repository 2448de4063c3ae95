/**
 * Lists once for the ERP what arrived or was decided here (R148), as a chain of numbered files: whoever has read
 * number 4 asks for what comes after 4, and gets the same answer until they ask for more.
 * From: `GET api/companies/{company}/posting-export?after=4`. Next: a file in `exports`; its acknowledgement.
 */
import type { PostingExportQuery } from '../../shared/contracts/erp-exchange.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import {
  exportIdOf,
  mostLinesPerExport,
  type PostingExport,
  type PostingLine,
} from '../../shared/domain/posting-export.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import type { ErpExchangeParts } from './parts.ts';
import { csvOfPostings } from './posting-csv.ts';

type ExportParts = Pick<ErpExchangeParts, 'feeds' | 'exports' | 'postings' | 'hashText'>;
type Call = { scope: Scope; companyId: string; caller: Caller; now: Instant };

export const exportPostings = async (
  parts: ExportParts,
  call: Call,
  { after, format }: PostingExportQuery,
): Promise<Outcome<Download, ProblemCode>> => {
  const { scope, companyId } = call;
  const number = after + 1;
  if (after > 0 && (await parts.feeds.export(scope, companyId, after)) === undefined)
    return refuse('not-found', `There is no export ${after}.`);
  const posting =
    (await parts.feeds.export(scope, companyId, number)) ?? (await makeExport(parts, call, number));
  if (posting === undefined) return refuse('posting-export-empty', 'Nothing is waiting.');
  const [extension, text] =
    format === 'csv' ? ['csv', csvOfPostings(posting.lines)] : ['json', JSON.stringify(posting)];
  const fileName = `${posting.exportId}.${extension}`;
  await parts.exports.write(scope, { companyId, name: `postings/${fileName}` }, text);
  const contentType = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json';
  return done({ fileName, contentType, bytes: new TextEncoder().encode(text) });
};

/** Who was first made the export of that number; both get that one. */
const makeExport = async (
  { feeds, postings, hashText }: ExportParts,
  { scope, companyId, caller, now }: Call,
  number: number,
): Promise<PostingExport | undefined> => {
  const waiting = await postings(scope, companyId);
  await noteConfirmed(feeds, { scope, companyId, now }, waiting);
  const ids = waiting.map(({ id }) => id);
  const before = new Set((await feeds.listed(scope, companyId, ids)).map(({ id }) => id));
  const lines = waiting.filter(({ id }) => !before.has(id)).slice(0, mostLinesPerExport);
  if (lines.length === 0) return undefined;
  const posting: PostingExport = {
    ...{ companyId, number, lines, at: textOfInstant(now), by: caller.id ?? '' },
    exportId: exportIdOf(companyId, number, lines, hashText),
  };
  const kept = await feeds.keepExport(scope, posting);
  return kept === 'kept' ? posting : feeds.export(scope, companyId, number);
};

/** Lines looked at for confirmation at once. */
const mostLooked = 1_000;

/** What waits no more was shown by the feed, or withdrawn: nobody asks the clerk about it again. */
const noteConfirmed = async (
  feeds: ExportParts['feeds'],
  { scope, companyId, now }: Pick<Call, 'scope' | 'companyId' | 'now'>,
  waiting: readonly PostingLine[],
): Promise<void> => {
  const open = new Set(waiting.map(({ id }) => id));
  for (const line of await feeds.unconfirmed(scope, companyId, mostLooked))
    if (!open.has(line.id))
      await feeds.keepLine(scope, companyId, { ...line, confirmedAt: textOfInstant(now) });
};
