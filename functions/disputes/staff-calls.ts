/**
 * Calls of routes as the workflows of cases take them.
 * From: the wrappers of the edge. Next: the workflows beside this file.
 */
import type { Instant } from '../../shared/domain/calendar.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Caller } from '../../shared/edge/access.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import type { DisputeCall, DisputeParts } from './dispute-parts.ts';

export type DisputeTriggerParts = { edge: Edge; disputes: DisputeParts };

type EdgeCall = { scope: Scope; now: Instant; caller: Caller };

export const staffCallOf = ({
  scope,
  now,
  caller,
  requestId,
}: EdgeCall & { requestId: string }): DisputeCall => ({
  ...{ scope, now, actor: { kind: 'staff', id: caller.id ?? '' } },
  cause: { kind: 'request', id: requestId },
});

/** Of a read or an upload, which names no request: its ids derive from its content. */
export const readCallOf = (call: EdgeCall): DisputeCall =>
  staffCallOf({ ...call, requestId: `${call.caller.id ?? ''} ${call.now.toString()}` });
