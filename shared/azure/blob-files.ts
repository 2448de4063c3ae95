/**
 * `FileStore` on Blob Storage, one container.
 * From: ingestion, reconciliation, exports. Next: block blobs `<company>/<name>`.
 * What is read again after a crash is what was written before it: whole files replace each other at once.
 */
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { escapeId } from '../domain/document-ids.ts';
import { isInScope, type Scope } from '../domain/scope.ts';
import type { FilePath, FileStore } from '../ports/file-store.ts';

export const blobFiles = (container: () => Promise<ContainerClient>): FileStore => {
  const blobOf = async (path: FilePath): Promise<BlockBlobClient> =>
    (await container()).getBlockBlobClient(nameOf(path));
  return {
    stageBlock: async (scope, path, n, bytes) => {
      assertScope(scope, path);
      await (await blobOf(path)).stageBlock(blockId(n), Buffer.from(bytes), bytes.byteLength);
    },
    commitBlocks: async (scope, path, count) => {
      assertScope(scope, path);
      return commit(await blobOf(path), count);
    },
    write: async (scope, path, content) => {
      assertScope(scope, path);
      const bytes = Buffer.from(content as Uint8Array);
      await (await blobOf(path)).upload(bytes, bytes.byteLength);
    },
    read: async (scope, path, range) =>
      isInScope(scope, path.companyId) ? readRange(await blobOf(path), range) : undefined,
    list: async (scope, path) => {
      if (!isInScope(scope, path.companyId)) return [];
      const folder = `${escapeId(path.companyId)}/`;
      const names: string[] = [];
      for await (const { name } of (await container()).listBlobsFlat({ prefix: nameOf(path) }))
        names.push(name.slice(folder.length));
      return names;
    },
    remove: async (scope, path) => {
      assertScope(scope, path);
      await (await blobOf(path)).deleteIfExists();
    },
  };
};

const nameOf = ({ companyId, name }: FilePath): string => `${escapeId(companyId)}/${name}`;

const assertScope = (scope: Scope, { companyId, name }: FilePath): void => {
  if (!isInScope(scope, companyId)) throw new Error(`file ${name} is out of scope`);
};

/** All of one length, as the service asks. */
const blockId = (n: number): string => Buffer.from(`block-${String(n).padStart(6, '0')}`).toString('base64');

const commit = async (
  blob: BlockBlobClient,
  count: number,
): Promise<{ size: number } | { missing: number[] }> => {
  const ids = Array.from({ length: count }, (_, n) => blockId(n));
  const { staged, committed } = await blocksOf(blob);
  const missing = ids.flatMap((id, n) => (staged.has(id) || committed.has(id) ? [] : [n]));
  if (missing.length > 0) return { missing };
  const isCommitted = staged.size === 0 && committed.size === count;
  if (!isCommitted) await blob.commitBlockList(ids);
  return { size: (await blob.getProperties()).contentLength ?? 0 };
};

const blocksOf = async (blob: BlockBlobClient): Promise<{ staged: Set<string>; committed: Set<string> }> => {
  try {
    const list = await blob.getBlockList('all');
    return {
      staged: new Set(list.uncommittedBlocks?.map(({ name }) => name)),
      committed: new Set(list.committedBlocks?.map(({ name }) => name)),
    };
  } catch (fault) {
    if (statusOf(fault) === 404) return { staged: new Set(), committed: new Set() };
    throw fault;
  }
};

const readRange = async (
  blob: BlockBlobClient,
  range: { from: number; to?: number } = { from: 0 },
): Promise<Uint8Array | undefined> => {
  const { from, to } = range;
  if (to !== undefined && to <= from) return new Uint8Array();
  try {
    const answer = await blob.download(from, to === undefined ? undefined : to - from, {
      maxRetryRequests: 3,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of answer.readableStreamBody ?? []) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch (fault) {
    if (statusOf(fault) === 404) return undefined;
    if (statusOf(fault) === 416) return new Uint8Array(); // begins behind the end
    throw fault;
  }
};

const statusOf = (fault: unknown): unknown => (fault as { statusCode?: unknown }).statusCode;
