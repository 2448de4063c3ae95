/**
 * `ReferenceStore` in memory; what is kept is kept as JSON.
 * From and next: workflows under test.
 */
import { newestOfEach, type Reference } from '../../../shared/domain/reference.ts';
import { isInScope } from '../../../shared/domain/scope.ts';
import type { ReferenceStore } from '../../../shared/ports/reference-store.ts';

export const memoryReferences = (): ReferenceStore => {
  const kept = new Map<string, string>();
  const of = (companyId: string): Reference[] =>
    [...kept]
      .filter(([id]) => (JSON.parse(id) as string[])[0] === companyId)
      .map(([, text]) => JSON.parse(text) as Reference);
  return {
    keep: async (scope, companyId, references) => {
      if (!isInScope(scope, companyId)) throw new Error(`references of ${companyId} are out of scope`);
      if (references.length > 90) throw new Error('more than 90 at once');
      for (const one of references)
        kept.set(JSON.stringify([companyId, one.kind, one.key, one.importId]), JSON.stringify(one));
    },
    newest: async (scope, companyId, kind, { fromOn, toOn }) =>
      isInScope(scope, companyId)
        ? newestOfEach(of(companyId).filter((one) => one.kind === kind && one.on >= fromOn && one.on <= toOn))
        : [],
    versions: async (scope, companyId, { kind, key, on }) =>
      isInScope(scope, companyId)
        ? of(companyId)
            .filter((one) => one.kind === kind && one.key === key && one.on === on)
            .toSorted((a, b) => (`${a.asOf} ${a.importId}` < `${b.asOf} ${b.importId}` ? 1 : -1))
        : [],
  };
};
