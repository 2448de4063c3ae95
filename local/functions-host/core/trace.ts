/**
 * W3C trace context: an invocation is a child of who called, or the root of a new trace.
 * From: the `traceparent` header, the `Diagnostic-Id` of a message. Next: `context.traceContext`.
 */
import { randomUUID } from 'node:crypto';
import type { TraceContext } from './core-types.ts';

const traceParentForm = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

const hex = () => randomUUID().replaceAll('-', '');

/** Keeps the caller's trace id and flags; what is not a trace context counts as absent. */
export const childTrace = (traceParent?: string, traceState?: string): TraceContext => {
  const [, traceId, , flags] = traceParent?.match(traceParentForm) ?? [];
  return {
    traceParent: `00-${traceId ?? hex()}-${hex().slice(0, 16)}-${flags ?? '01'}`,
    traceState: (traceId && traceState) || '',
    attributes: {},
  };
};
