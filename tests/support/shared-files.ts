/**
 * The files beside the repository that every reader is shown, and what a sender may say each of them is.
 * From: `../shared/corpora` and `../shared/data`, where they are there. Next: tests of the upload path.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ImportBody } from '../../shared/contracts/imports.ts';

const shared = join(import.meta.dirname, '../../../shared');
export const areHere = existsSync(join(shared, 'corpora'));
if (!areHere) process.stdout.write(`no corpora at ${shared}: their uploads are left out\n`);

/** The large series have tests of their own; here a file is one that fits into one call. */
const mostBytes = 2 * 1024 * 1024;

const filesUnder = (folder: string): string[] =>
  readdirSync(join(shared, folder), { withFileTypes: true }).flatMap((one) => {
    if (one.isDirectory()) return filesUnder(`${folder}/${one.name}`);
    return /^(SOURCE|MANIFEST|LICEN[CS]E|NOTICE|README)/.test(one.name) ? [] : [`${folder}/${one.name}`];
  });

/** Folders of files of one class; none where nothing is there. */
export const classes: readonly string[] = areHere
  ? ['corpora', 'data'].flatMap((folder) =>
      readdirSync(join(shared, folder), { withFileTypes: true }).flatMap((one) =>
        one.isDirectory() ? [`${folder}/${one.name}`] : [],
      ),
    )
  : [];

export type As = Pick<ImportBody, 'kind'> & { format: NonNullable<ImportBody['format']> };
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

export type SharedUpload = { file: string; as: As };

/** Every upload of a class, the file by its place below `../shared`. */
export const uploadsOf = (folder: string): SharedUpload[] =>
  filesUnder(folder)
    .filter((file) => statSync(join(shared, file)).size <= mostBytes)
    .flatMap((file, at) => waysOf(file, at === 0).map((as) => ({ file, as })));

export const bytesOf = (file: string): Buffer => readFileSync(join(shared, file));

/** What is declared at the upload. */
export const bodyOf = (as: As): Partial<ImportBody> => ({
  ...as,
  name: `file.${as.format}`,
  scope: as.kind === 'remittance' ? { currency: 'EUR' } : {},
});
