/**
 * `FileStore` in memory; bytes are copied, so that nobody shares a buffer with the store.
 * From and next: workflows under test.
 */
import { escapeId } from '../../../shared/domain/document-ids.ts';
import { isInScope, type Scope } from '../../../shared/domain/scope.ts';
import type { FilePath, FileStore } from '../../../shared/ports/file-store.ts';

export type MemoryFiles = FileStore & { files: Map<string, Uint8Array> };

export const memoryFiles = (): MemoryFiles => {
  const files = new Map<string, Uint8Array>();
  const staged = new Map<string, Map<number, Uint8Array>>();
  const blocksOf = (id: string): Map<number, Uint8Array> => {
    const known = staged.get(id) ?? new Map<number, Uint8Array>();
    staged.set(id, known);
    return known;
  };
  return {
    files,
    stageBlock: async (scope, path, n, bytes) =>
      void blocksOf(idIn(scope, path)).set(n, new Uint8Array(bytes)),
    commitBlocks: async (scope, path, count) => {
      const id = idIn(scope, path);
      const blocks = blocksOf(id);
      const there = files.get(id);
      if (blocks.size === 0 && there) return { size: there.byteLength };
      const numbers = Array.from({ length: count }, (_, n) => n);
      const missing = numbers.filter((n) => !blocks.has(n));
      if (missing.length > 0) return { missing };
      const bytes = Buffer.concat(numbers.map((n) => blocks.get(n)!));
      files.set(id, bytes);
      staged.delete(id);
      return { size: bytes.byteLength };
    },
    write: async (scope, path, content) =>
      void files.set(idIn(scope, path), Uint8Array.from(Buffer.from(content as Uint8Array))),
    read: async (scope, path, { from, to } = { from: 0 }) =>
      isInScope(scope, path.companyId) ? files.get(idOf(path))?.slice(from, to) : undefined,
    list: async (scope, path) => {
      if (!isInScope(scope, path.companyId)) return [];
      const folder = `${escapeId(path.companyId)}/`.length;
      const names = [...files.keys()].filter((id) => id.startsWith(idOf(path)));
      return names.map((id) => id.slice(folder)).toSorted();
    },
    remove: async (scope, path) => void files.delete(idIn(scope, path)),
  };
};

const idOf = ({ companyId, name }: FilePath): string => `${escapeId(companyId)}/${name}`;

const idIn = (scope: Scope, path: FilePath): string => {
  if (!isInScope(scope, path.companyId)) throw new Error(`file ${path.name} is out of scope`);
  return idOf(path);
};
