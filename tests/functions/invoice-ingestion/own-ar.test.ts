/**
 * Hostile and awkward files through the whole ingestion path: each ends as its list says, and nothing of a refused
 * one goes on. The files lie outside the repository.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everything } from '../../support/test-edge.ts';
import { createBooks } from '../whole-path/world.ts';

const folder = join(import.meta.dirname, '../../../../shared/corpora/own-ar');
const list = join(folder, 'expected.json');

type Value = {
  row: number;
  amountMinor?: string;
  postedMinor?: string;
  invoice_number?: string;
  issue?: string;
  due?: string;
};

type Case = {
  file: string;
  locale?: string;
  verdict: string;
  /** Sent before. */
  after?: string;
  values?: Value[];
  errors?: { row: number; field: string; error: string }[];
  error?: string;
};

/** A row as ingestion hands it on, in the words of the list; money is written as text there. */
type Read = {
  row: number;
  number?: string;
  original?: number;
  amount?: number;
  documentOn?: string;
  dueOn?: string;
};
const inWords = ({ row, number, original, amount, documentOn, dueOn }: Read): Value => ({
  row,
  ...(original !== undefined && { amountMinor: String(original) }),
  ...(amount !== undefined && { postedMinor: String(amount) }),
  ...(number !== undefined && { invoice_number: number }),
  ...(documentOn !== undefined && { issue: documentOn }),
  ...(dueOn !== undefined && { due: dueOn }),
});

/** Fields that ingestion calls by its own name once cells are read. */
const fieldOf = (column: string): string => (column === 'number' ? 'invoice_number' : column);

const cases = existsSync(list)
  ? (JSON.parse(readFileSync(list, 'utf8')) as { cases: Case[] }).cases.filter(({ file }) =>
      /^(csv|xlsx|ubl|camt)\//.test(file),
    )
  : [];
if (cases.length === 0) process.stdout.write(`no own-ar files at ${folder}: their tests are left out\n`);

describe.runIf(cases.length > 0)('own-ar', () => {
  it.each(cases.map((one) => [one.file, one] as const))('%s ends as listed', async (file, expected) => {
    const books = await createBooks();
    const send = (name: string, more = {}) =>
      books.send(readFileSync(join(folder, name)), {
        name: name.slice(name.indexOf('/') + 1),
        kind: name.startsWith('camt') ? 'bankStatement' : 'invoices',
        ...(expected.locale ? { locale: expected.locale } : {}),
        asOf:
          name.includes('fr-') || name.startsWith('xlsx') ? '2024-03-01T00:00:00Z' : '2026-11-22T00:00:00Z',
        ...more,
      });
    if (expected.after) await send(expected.after, { asOf: '2026-11-21T00:00:00Z' });
    const receipts = async () =>
      (await books.parts.receipts.list(everything, 'acme', { state: 'unidentified' }, { limit: 50 }))
        .receipts;
    const before = await receipts();
    const document = await send(file);
    if (expected.verdict === 'reject-file') {
      expect([document.state, document.because?.code]).toEqual(['refused', expected.error]);
      expect([books.sent('account-postings'), books.sent('received-payments')]).toEqual([[], []]);
      return;
    }
    const report = await books.report(document);
    expect(report).toMatchObject({ state: 'done' });
    expect(report.because).toBeUndefined();
    expect(report.posted.refusedBy).toEqual({});
    const errors = (await books.rejected(document)).flatMap(({ row, reasons }) =>
      reasons.map(({ column, code }) => `${row} ${fieldOf(column)} ${code}`),
    );
    const listed = (expected.errors ?? []).map(({ row, field, error }) => `${row} ${field} ${error}`);
    expect(errors).toEqual(expect.arrayContaining(listed));
    // a cell beside it that says the same is told, too: the row and the reason are the same
    const reasonAt = (one: string): string => one.replace(/ .* /, ' ');
    expect(new Set(errors.map(reasonAt))).toEqual(new Set(listed.map(reasonAt)));
    if (expected.verdict === 'accept') expect(report.rows.accepted).toBe(report.rows.read);
    expect(report.posted.rows).toBe(expected.after ? 0 : report.rows.accepted);
    if (expected.after) expect(await receipts()).toEqual(before);
    const work = books.lines('/parts/') as { rows: Read[] }[];
    const read = [...work.flatMap(({ rows }) => rows), ...(books.lines('/receipts/') as Read[])].map(inWords);
    for (const value of expected.values ?? []) expect(read).toContainEqual(expect.objectContaining(value));
  });
});
