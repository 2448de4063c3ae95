/**
 * Figures beside the accounts, every version of them.
 * From: ingestion. Next: `shared/azure/cosmos-references.ts`, `tests/support/memory`; read by reports and limits.
 */
import type { Day } from '../domain/calendar.ts';
import type { Reference, ReferenceKind } from '../domain/reference.ts';
import type { Scope } from '../domain/scope.ts';

export interface ReferenceStore {
  /** Keeps them beside what was told before; the same of the same import again replaces itself. At most 90. */
  keep(scope: Scope, companyId: string, references: readonly Reference[]): Promise<void>;
  /** Of each key with a day in these, the one told last; none outside the scope. */
  newest(
    scope: Scope,
    companyId: string,
    kind: ReferenceKind,
    days: { fromOn: Day; toOn: Day },
  ): Promise<Reference[]>;
  /** Every version of one key, the one told last first. */
  versions(
    scope: Scope,
    companyId: string,
    place: { kind: ReferenceKind; key: string; on: Day },
  ): Promise<Reference[]>;
}
