/**
 * Lists work that could not be done, oldest first, with what to do about it.
 * From: `GET api/parked-work`. Next: IT's failed-work page. Bodies stay in the store: whoever runs the
 * platform sees that work failed and why, not whose invoice it was.
 */
import type { ParkedWorkAnswer, ParkedWorkQuery } from '../../shared/contracts/operations.ts';
import { isProblemCode, problemOf } from '../../shared/contracts/problems.ts';
import { done, type Done } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { ParkedWorkStore } from '../../shared/ports/parked-work-store.ts';

export const listParkedWork = async (
  { company, limit, after }: ParkedWorkQuery,
  scope: Scope,
  store: ParkedWorkStore,
): Promise<Done<ParkedWorkAnswer>> => {
  const [counts, page] = await Promise.all([
    store.summary(scope, company),
    store.list(scope, company, after === undefined ? { limit } : { limit, after }),
  ]);
  const work = page.work.map(({ id, source, code, attempts, parkedAt, replay }) => {
    const { title, whatToDo } = problemOf(isProblemCode(code) ? code : 'unexpected', '');
    const asked = replay && {
      requestedBy: replay.requestedBy,
      requestedAt: replay.requestedAt,
      reason: replay.reason,
    };
    return { id, source, code, title, whatToDo, attempts, parkedAt, replay: asked ?? null };
  });
  return done({ counts, work, ...(page.after === undefined ? {} : { after: page.after }) });
};
