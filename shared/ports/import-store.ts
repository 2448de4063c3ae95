/**
 * Imports: what was uploaded, how far it is, which rows were not taken and why, what posting it came to.
 * From: ingestion, reconciliation and posting. Next: `shared/azure/cosmos-imports.ts`, `tests/support/memory`.
 */
import type { Scope } from '../domain/scope.ts';
import type { ImportDocument, PartResult, RejectedRow } from '../domain/imports.ts';

export type ImportKey = { companyId: string; importId: string };
export type LoadedImport = { document: ImportDocument; mark: string };

export interface ImportStore {
  /** `there` with what was kept before when the id is taken. */
  create(scope: Scope, document: ImportDocument): Promise<'created' | LoadedImport>;
  load(scope: Scope, key: ImportKey): Promise<LoadedImport | undefined>;
  /** Only if it is as it was loaded. */
  save(scope: Scope, loaded: LoadedImport): Promise<LoadedImport | 'version-conflict'>;
  /** Newest first. */
  list(
    scope: Scope,
    companyId: string,
    page: { limit: number; after?: string },
  ): Promise<{ imports: ImportDocument[]; after?: string }>;
  /**
   * Counts a file against what one person or feed may send on a day, over all companies; the same file counts once.
   * It reaches no company's data.
   */
  countUpload(
    scope: Scope,
    sender: { by: string; day: string },
    file: { importId: string; bytes: number },
    most: { files: number; bytes: number },
  ): Promise<'counted' | 'too-many'>;
  /** Keeps rejected rows; the same row again replaces itself. At most 90 at once. */
  reject(scope: Scope, key: ImportKey, rows: readonly RejectedRow[]): Promise<void>;
  rejected(
    scope: Scope,
    key: ImportKey,
    page: { limit: number; afterRow?: number },
  ): Promise<{ rows: RejectedRow[]; afterRow?: number }>;
  /** What posting one part came to, kept once: the first result stands. */
  record(scope: Scope, key: ImportKey, result: PartResult): Promise<void>;
  /** One rejected row. */
  rejectedRow(scope: Scope, key: ImportKey, row: number): Promise<RejectedRow | undefined>;
  /** Replaces a rejected row if it is still as it was read; `version-conflict` when somebody decided about it. */
  changeRejected(
    scope: Scope,
    key: ImportKey,
    before: RejectedRow,
    after: RejectedRow,
  ): Promise<'kept' | 'version-conflict'>;
  /** One result; undefined while there is none. */
  result(scope: Scope, key: ImportKey, part: string): Promise<PartResult | undefined>;
  results(scope: Scope, key: ImportKey): Promise<PartResult[]>;
}
