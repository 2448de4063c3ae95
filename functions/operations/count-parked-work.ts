/**
 * Keeps each company's count of parked work, by reason.
 * From: the change feed of `parked`. Next: the summary beside that work, read by the failed-work page.
 * It counts afresh and replaces, never adds: a batch that comes again changes nothing.
 */
import type { Scope } from '../../shared/domain/scope.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';

/** One count per company, however many of its documents the batch holds. */
export const countParkedWork = async (
  parked: readonly { companyId: string }[],
  scope: Scope,
  store: ParkedWorkStore,
): Promise<void> => {
  for (const companyId of new Set(parked.map((work) => work.companyId)))
    await store.saveSummary(scope, companyId, await store.count(scope, companyId));
};
