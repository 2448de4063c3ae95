/**
 * Names of an import's files, and reading and writing them line by line.
 * From: the steps of an import. Next: container `uploads` through `FileStore`.
 */
import { createHash } from 'node:crypto';
import { bucketName, stepName } from '../../shared/domain/buckets.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { FilePath, FileStore } from '../../shared/ports/file-store.ts';
import type { ImportKey } from '../../shared/ports/import-store.ts';

export const sourceOf = (key: ImportKey): FilePath => pathOf(key, 'source');
export const headerOf = (key: ImportKey): FilePath => pathOf(key, 'header.json');
export const rowsOf = (key: ImportKey, bucket: number, step?: number): FilePath =>
  pathOf(key, `rows/${bucketName(bucket)}/${step === undefined ? '' : `${stepName(step)}.ndjson`}`);
export const keysOf = (key: ImportKey, range: number, step?: number): FilePath =>
  pathOf(key, `keys/${bucketName(range)}/${step === undefined ? '' : `${stepName(step)}.ndjson`}`);
export const crossedOf = (key: ImportKey, bucket: number, range?: number): FilePath =>
  pathOf(key, `crossed/${bucketName(bucket)}/${range === undefined ? '' : `${bucketName(range)}.ndjson`}`);
export const accountsOf = (key: ImportKey, bucket: number): FilePath =>
  pathOf(key, `accounts/${bucketName(bucket)}.ndjson`);

/** `parts` for account postings, `receipts` for received payments. */
export const partOf = (key: ImportKey, folder: 'parts' | 'receipts', part: string): FilePath =>
  pathOf(key, `${folder}/${part}.ndjson`);
export const partsOf = (key: ImportKey, folder: 'parts' | 'receipts'): FilePath => pathOf(key, `${folder}/`);

/**
 * What a part's name begins with says when it goes: documents first, then what came and what rows say of them, then
 * what is taken back of it, then documents that are taken back. A name is unique in both folders.
 */
const waves = { '': 0, 'said-': 1, 'cash-': 1, 'advice-': 1, 'unsaid-': 2, 'back-': 2, 'gone-': 3 } as const;
export type Wave = keyof typeof waves;

/** Parts of a wave need those of the waves before to be posted. */
export const waveOf = (part: string): number =>
  Object.entries(waves).find(([start]) => start !== '' && part.startsWith(start))?.[1] ?? 0;

/** Parts are called by their wave, their bucket and their place in it. */
export const partName = (bucket: number, n: number): string => `${bucketName(bucket)}-${stepName(n)}`;

const pathOf = ({ companyId, importId }: ImportKey, name: string): FilePath => ({
  companyId,
  name: `${importId}/${name}`,
});

export const linesOf = (values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** The lines of a file of our own making, once; none when there is no such file. */
export const readLines = async <Line>(
  files: FileStore,
  scope: Scope,
  path: FilePath,
): Promise<Iterable<Line>> => {
  const bytes = await files.read(scope, path);
  return bytes === undefined ? [] : linesIn(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
};

/** So many bytes are parsed at once: faster than each line by itself, and gone before the next are there. */
const parsedBytes = 64 * 1024;

function* linesIn<Line>(bytes: Buffer): Generator<Line> {
  for (let [from, to] = [0, 0]; from < bytes.length; from = to) {
    to = bytes.indexOf('\n', from + parsedBytes) + 1 || bytes.length;
    // a line end is never part of a value
    const text = bytes.toString('utf8', from, to).trimEnd();
    for (const line of JSON.parse(`[${text.replaceAll('\n', ',')}]`) as Line[]) yield line;
  }
}

export const sha256Of = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** SHA-256 of a stored file, read in pieces; undefined when there is none. */
export const sha256OfFile = async (
  files: FileStore,
  scope: Scope,
  path: FilePath,
  size: number,
): Promise<string | undefined> => {
  const hash = createHash('sha256');
  const pieceBytes = 8 * 1024 * 1024;
  for (let from = 0; from < size; from += pieceBytes) {
    const piece = await files.read(scope, path, { from, to: Math.min(size, from + pieceBytes) });
    if (piece === undefined) return undefined;
    hash.update(piece);
  }
  return hash.digest('hex');
};
