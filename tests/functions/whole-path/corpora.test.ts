/**
 * Everything in the shared corpora and data through the upload path, from the received bytes to the accounts: read or
 * refused, never a crash, never over two seconds of work, nothing posted from a refused file, no socket opened.
 * From: files beside the repository, read in place; skipped with a message where they are absent. Next: nothing.
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportBody } from '../../../shared/contracts/imports.ts';
import { createBooks } from './world.ts';

const shared = join(import.meta.dirname, '../../../../shared');
const areHere = existsSync(join(shared, 'corpora'));
if (!areHere) process.stdout.write(`no corpora at ${shared}: their uploads are left out\n`);

const filesUnder = (folder: string): string[] =>
  readdirSync(join(shared, folder), { withFileTypes: true }).flatMap((one) => {
    if (one.isDirectory()) return filesUnder(`${folder}/${one.name}`);
    return /^(SOURCE|MANIFEST|LICEN[CS]E|NOTICE|README)/.test(one.name) ? [] : [`${folder}/${one.name}`];
  });

const classes = areHere
  ? ['corpora', 'data'].flatMap((folder) =>
      readdirSync(join(shared, folder), { withFileTypes: true }).flatMap((one) =>
        one.isDirectory() ? [`${folder}/${one.name}`] : [],
      ),
    )
  : [];

type As = Pick<ImportBody, 'kind' | 'format'>;
const statements: As[] = (['camt053', 'mt940', 'bai2', 'bankCsv'] as const).map((format) => ({
  kind: 'bankStatement',
  format,
}));
const tables: As[] = (['csv', 'xlsx', 'json'] as const).map((format) => ({ kind: 'invoices', format }));
const invoices: As[] = (['ubl', 'cii'] as const).map((format) => ({ kind: 'invoices', format }));
const advices: As[] = (['ubl', 'text'] as const).map((format) => ({ kind: 'remittance', format }));

/** What a sender may say a file is: what its name says, and once everything. */
const waysOf = (file: string, isFirst: boolean): As[] => {
  if (isFirst) return [...tables, ...invoices, ...statements, ...advices];
  if (/\.(xml|svg)$/.test(file)) return /camt|bsp|via/.test(file) ? statements.slice(0, 1) : invoices;
  if (/\.(xlsx|zip)$/.test(file)) return tables.slice(1, 2);
  if (file.endsWith('.json')) return tables.slice(2);
  if (/mt940|\.sta$/.test(file)) return statements.slice(1, 2);
  if (file.includes('bai2')) return statements.slice(2, 3);
  return [...tables.slice(0, 1), ...statements.slice(3), ...advices.slice(1)];
};

/** The large series have tests of their own; here a file is one that fits into one call. */
const mostBytes = 2 * 1024 * 1024;

const uploadAs = async (file: string, as: As): Promise<string> => {
  const books = await createBooks();
  const began = process.cpuUsage();
  const document = await books.send(readFileSync(join(shared, file)), {
    ...as,
    name: `file.${as.format}`,
    scope: as.kind === 'remittance' ? { currency: 'EUR' } : {},
  });
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1_000, `${file} as ${as.format}`).toBeLessThan(2_000);
  const report = await books.report(document);
  expect(['done', 'refused'], `${file} as ${as.format}`).toContain(report.state);
  if (report.state === 'refused') {
    expect(report.because?.code).toMatch(/^[a-z-]+$/);
    expect([books.sent('account-postings'), books.sent('received-payments')]).toEqual([[], []]);
  } else if (as.kind !== 'remittance') {
    const taken = Object.values(report.posted.refusedBy).reduce(
      (sum, count) => sum + count,
      report.posted.rows,
    );
    expect(taken + report.posted.unchanged, `${file} as ${as.format}`).toBe(report.rows.accepted);
  }
  return report.state;
};

describe.runIf(areHere)('every shared file, uploaded', () => {
  const connect = Reflect.get(Socket.prototype, 'connect') as unknown;
  const asked: unknown[] = [];
  beforeAll(() => {
    Reflect.set(Socket.prototype, 'connect', (...args: unknown[]) => {
      asked.push(args[0]);
      throw new Error('no socket is opened here');
    });
  });
  afterAll(() => void Reflect.set(Socket.prototype, 'connect', connect));

  it.each(classes)('%s', { timeout: 60_000 }, async (folder) => {
    const files = filesUnder(folder).filter((file) => statSync(join(shared, file)).size <= mostBytes);
    const states: string[] = [];
    for (const [at, file] of files.entries())
      for (const as of waysOf(file, at === 0)) states.push(await uploadAs(file, as));
    expect(states.length).toBeGreaterThanOrEqual(files.length);
    expect(asked).toEqual([]);
  });
});
