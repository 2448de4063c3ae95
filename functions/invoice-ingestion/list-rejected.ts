/**
 * Rows that were not taken, page by page or as a table to correct and send again.
 * From: `GET …/rejected`, `GET …/rejected.csv`. Next: people. Cells go out as they stood; what a spreadsheet would
 * take for a formula gets an apostrophe before it.
 */
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { RejectedRow } from '../../shared/domain/imports.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ImportKey, ImportStore } from '../../shared/ports/import-store.ts';
import { neutralText } from '../../shared/formats/csv-neutral.ts';
import { withoutHidden } from './hide-cells.ts';

type Page = { limit: number; after?: number | undefined };
/** Columns the caller may not see; asked for once it is known that the import is theirs. */
type Hidden = () => Promise<ReadonlySet<string>>;

export const listRejected = async (
  imports: ImportStore,
  scope: Scope,
  key: ImportKey,
  { limit, after }: Page,
  hidden: Hidden,
) => {
  if ((await imports.load(scope, key)) === undefined) return refuse('not-found', 'There is no such import.');
  const page = await imports.rejected(scope, key, {
    limit,
    ...(after !== undefined && { afterRow: after }),
  });
  const columns = await hidden();
  return done({
    rows: page.rows.map((row) => {
      const { reasons, cells, ...rest } = withoutHidden(row, columns);
      return { ...rest, reasons: [...reasons], cells: { ...cells } };
    }),
    ...(page.afterRow !== undefined && { after: page.afterRow }),
  });
};

export const downloadRejected = async (
  imports: ImportStore,
  scope: Scope,
  key: ImportKey,
  hidden: Hidden,
): Promise<Outcome<{ fileName: string; contentType: string; bytes: Uint8Array }, 'not-found'>> => {
  const loaded = await imports.load(scope, key);
  if (loaded === undefined) return refuse('not-found', 'There is no such import.');
  const columns = await hidden();
  const rows: RejectedRow[] = [];
  for (let afterRow: number | undefined, more = true; more; more = afterRow !== undefined) {
    const page = await imports.rejected(scope, key, {
      limit: 500,
      ...(afterRow !== undefined && { afterRow }),
    });
    rows.push(...page.rows.map((row) => withoutHidden(row, columns)));
    afterRow = page.afterRow;
  }
  return done({
    fileName: `rejected-${loaded.document.fileName.replace(/\.[^.]*$/, '')}.csv`,
    contentType: 'text/csv; charset=utf-8',
    bytes: Buffer.from(`\ufeff${csvOf(rows)}`, 'utf8'),
  });
};

/** Row, state and reasons, then every column any of the rows has. */
const csvOf = (rows: readonly RejectedRow[]): string => {
  const columns = [...new Set(rows.flatMap(({ cells }) => Object.keys(cells)))];
  const lines = rows.map(({ row, state, reasons, cells }) => [
    String(row),
    state,
    reasons.map(({ column }) => column).join('; '),
    reasons.map(({ code, detail }) => `${code}: ${detail}`).join('; '),
    ...columns.map((column) => cells[column] ?? ''),
  ]);
  return [['row', 'state', 'column', 'reason', ...columns], ...lines]
    .map((line) => `${line.map(cellOf).join(',')}\r\n`)
    .join('');
};

/** A cell no spreadsheet calculates; a plain number, with a point or a comma, stays one. */
export const cellOf = (text: string): string => {
  const safe = /^-?\d+([.,]\d+)?$/.test(text) ? text : neutralText(text).replaceAll('\0', '\u2400');
  return /[",\r\n;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};
