/**
 * Files of one blob container: what was uploaded, what is worked on between steps, what is exported.
 * From: ingestion, reconciliation, exports. Next: `shared/azure/blob-files.ts`, in memory `tests/support/memory`.
 * A path is a company and a name within it; a name never comes from a user.
 */
import type { Scope } from '../domain/scope.ts';

export type FilePath = { companyId: string; name: string };

export interface FileStore {
  /** Keeps block `n` (from 0) of a file until it is committed; the same block again replaces it. */
  stageBlock(scope: Scope, path: FilePath, n: number, bytes: Uint8Array): Promise<void>;
  /**
   * Makes the file of blocks 0 to count - 1; again is harmless.
   * @returns its size in bytes, or the numbers of the blocks that are missing.
   */
  commitBlocks(
    scope: Scope,
    path: FilePath,
    count: number,
  ): Promise<{ size: number } | { missing: number[] }>;
  /** Writes the whole file, in place of what was there. */
  write(scope: Scope, path: FilePath, bytes: Uint8Array | string): Promise<void>;
  /** Bytes `from` (inclusive) to `to` (exclusive) or the end; undefined when there is no such file. */
  read(scope: Scope, path: FilePath, range?: { from: number; to?: number }): Promise<Uint8Array | undefined>;
  /** Names within the company that begin so, in order. */
  list(scope: Scope, path: FilePath): Promise<string[]>;
  /** No longer there afterwards; a file that never was is fine. */
  remove(scope: Scope, path: FilePath): Promise<void>;
}
