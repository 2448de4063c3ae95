/**
 * One step of a snapshot's way into the ledger.
 * From: queue `snapshots`. Next: the step's own workflow beside this file.
 */
import type { SnapshotMessage } from '../../shared/contracts/messages.ts';
import type { ProblemCode } from '../../shared/contracts/problems.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import { compareStep } from './compare-snapshot.ts';
import { finishStep } from './finish-snapshot.ts';
import { guardStep } from './guard-snapshot.ts';
import type { SnapshotParts } from './parts.ts';

export const runSnapshot = (
  { companyId, importId, step, bucket, look = 0 }: SnapshotMessage,
  { scope, now }: { scope: Scope; now: Instant },
  parts: SnapshotParts,
): Promise<Outcome<unknown, ProblemCode>> => {
  const call = { scope, now, key: { companyId, importId } };
  switch (step) {
    case 'guard':
      return guardStep(parts, call);
    case 'compare':
      return compareStep(parts, call, bucket);
    case 'finish':
      return finishStep(parts, call, look);
  }
};
