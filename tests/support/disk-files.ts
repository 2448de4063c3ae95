/**
 * `FileStore` on a directory, for runs whose memory or time is measured: files in memory would be counted with them.
 * From: benches and memory tests. Next: files below `directory`, one per path.
 */
import { mkdirSync, readFileSync, readdirSync, openSync, readSync, closeSync, fstatSync } from 'node:fs';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { FilePath, FileStore } from '../../shared/ports/file-store.ts';

export const diskFiles = (directory: string): FileStore => {
  const fileOf = ({ companyId, name }: FilePath): string => join(directory, companyId, name);
  return {
    stageBlock: () => Promise.reject(new Error('files come whole here')),
    commitBlocks: () => Promise.reject(new Error('files come whole here')),
    write: async (_scope, path, content) => {
      mkdirSync(dirname(fileOf(path)), { recursive: true });
      writeFileSync(fileOf(path), content);
    },
    read: async (_scope, path, range) =>
      existsSync(fileOf(path))
        ? range
          ? rangeOf(fileOf(path), range)
          : readFileSync(fileOf(path))
        : undefined,
    list: async (_scope, path) => {
      const folder = path.name.slice(0, path.name.lastIndexOf('/') + 1);
      const there = join(directory, path.companyId, folder);
      if (!existsSync(there)) return [];
      const names = readdirSync(there, { withFileTypes: true }).filter((one) => one.isFile());
      return names
        .map(({ name }) => `${folder}${name}`)
        .filter((name) => name.startsWith(path.name))
        .toSorted();
    },
    remove: async (_scope, path) => rmSync(fileOf(path), { force: true }),
  };
};

const rangeOf = (file: string, { from, to }: { from: number; to?: number }): Uint8Array => {
  const handle = openSync(file, 'r');
  try {
    const end = Math.min(to ?? Number.MAX_SAFE_INTEGER, fstatSync(handle).size);
    const bytes = Buffer.alloc(Math.max(0, end - from));
    readSync(handle, bytes, 0, bytes.length, from);
    return bytes;
  } finally {
    closeSync(handle);
  }
};
