/**
 * A large file of invoices on disk and its way through phases 1 and 2, in memory that can be measured.
 * From: the import bench and the test of flat memory. Next: what it took.
 */
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IngestionStores } from '../../functions/invoice-ingestion/stores.ts';
import { workImport } from '../../functions/invoice-ingestion/work-import.ts';
import { createImport } from '../../functions/invoice-ingestion/create-import.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import { diskFiles } from './disk-files.ts';
import { memoryAccounts } from './memory/account-store.ts';
import { memoryFeeds } from './memory/feed-store.ts';
import { memoryFiles } from './memory/file-store.ts';
import { memoryImports } from './memory/import-store.ts';
import { memoryReferences } from './memory/reference-store.ts';
import { memorySettings } from './memory/settings-store.ts';
import { everything, tenOClock } from './test-edge.ts';

export const companyId = 'acme';
export const header = 'invoice_number,customer_number,customer_name,issue_date,due_date,currency,amount';

const rowAt = (n: number): string => {
  const account = (n * 7_919) % 2_000;
  const day = String((n % 28) + 1).padStart(2, '0');
  return `RE-2026-${1_000_000 + n},C-${account},Customer ${account} of the north,2026-09-${day},2026-10-${day},EUR,${(n % 90_000) + 1}.${String(n % 100).padStart(2, '0')}`;
};

export type LargeFile = { path: string; bytes: number; sha256: string; rows: number };

/** Writes it a thousand rows at a time. */
export const writeLargeFile = (path: string, rows: number): LargeFile => {
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  const hash = createHash('sha256');
  let bytes = 0;
  const put = (text: string): void => {
    hash.update(text);
    bytes += writeSync(file, text);
  };
  put(`${header}\n`);
  for (let from = 0; from < rows; from += 1_000)
    put(Array.from({ length: Math.min(1_000, rows - from) }, (_, n) => `${rowAt(from + n)}\n`).join(''));
  closeSync(file);
  return { path, bytes, sha256: hash.digest('hex'), rows };
};

/** The pieces of a file, one after another. */
export function* piecesOf(path: string, pieceBytes: number): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    for (;;) {
      const piece = Buffer.alloc(pieceBytes);
      const read = readSync(file, piece, 0, pieceBytes, null);
      if (read === 0) return;
      yield piece.subarray(0, read);
    }
  } finally {
    closeSync(file);
  }
}

/** Where an import of this directory keeps its source. */
export const sourcePath = (directory: string, importId: string): string =>
  join(directory, companyId, importId, 'source');

/** Announces a file; the caller puts it where `sourcePath` says before it is worked. */
export const announce = async (
  stores: IngestionStores,
  file: Omit<LargeFile, 'path'>,
): Promise<ImportDocument> => {
  const value = {
    companyId,
    legalName: 'Acme',
    mode: 'dunwellLed',
    zone: 'UTC',
    country: 'DE',
    currency: 'EUR',
  };
  const place = { scope: `company:${companyId}`, name: 'company' };
  const setting = { value, by: 'tenant:admin', at: '2026-01-01T00:00:00Z', reason: 'new' };
  await stores.settings.save(everything, place, 0, setting);
  const body = {
    ...({ company: companyId, name: 'large.csv', kind: 'invoices', source: 'erp', locale: 'plain' } as const),
    ...{ size: file.bytes, sha256: file.sha256, scope: {}, rows: file.rows },
  };
  const created = await createImport(stores, everything, body, { by: 'feed', isFeed: true }, tenOClock);
  if (!created.ok) throw new Error(`${created.code}: ${created.detail}`);
  return created.value.document;
};

export const largeStores = (directory: string): IngestionStores => ({
  ...{ files: diskFiles(directory), imports: memoryImports(), settings: memorySettings() },
  ...{ feeds: memoryFeeds(), references: memoryReferences(), documents: memoryFiles() },
  accounts: memoryAccounts(),
  sender: { send: async () => undefined },
});

/** Works it to the end of phase 2, a step at a time, as the queue would; `onStep` hears of each. */
export const workPhases = async (
  stores: IngestionStores,
  { importId }: ImportDocument,
  onStep: (document: ImportDocument) => void = () => undefined,
): Promise<ImportDocument> => {
  const loaded = await stores.imports.load(everything, { companyId, importId });
  if (loaded === undefined) throw new Error(`no import ${importId}`);
  let document: ImportDocument = {
    ...loaded.document,
    state: 'reading',
    progress: { ...loaded.document.progress, phase: 'open', step: 0 },
  };
  await stores.imports.save(everything, { ...loaded, document });
  while (document.progress.phase !== 'send' && document.progress.phase !== 'end') {
    const { phase, step } = document.progress;
    const message = { v: 1 as const, companyId, importId, phase: phase as 'read', step };
    const worked = await workImport(stores, message, tenOClock, everything);
    if (!worked.ok) throw new Error(`${worked.code}: ${worked.detail}`);
    document = worked.value;
    onStep(document);
  }
  return document;
};
