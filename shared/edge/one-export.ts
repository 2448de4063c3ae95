/**
 * One export of a person runs at a time (reliability 5.5): each holds a whole table in memory until it is told.
 * From: `http-files.ts`, for routes that count as exports. Next: the work, or a Problem that says to wait.
 * The mark lies beside the idempotency keys, so that all instances know it; one that died ends by itself.
 */
import type { InvocationContext } from '@azure/functions';
import type { ProblemCode } from '../contracts/problems.ts';
import { refuse, type Outcome } from '../domain/outcome.ts';
import type { Edge } from './edge.ts';
import type { Call } from './http-call.ts';
import { logWarning, messageOf } from './log.ts';

/** Longer than the platform lets any call take. */
const mostSeconds = 300;

/** @throws what `work` throws; the person may then ask again at once. */
export const oneExport = async <Answer>(
  { requests }: Pick<Edge, 'requests'>,
  { caller, now }: Pick<Call<unknown, unknown>, 'caller' | 'now'>,
  context: InvocationContext,
  work: () => Promise<Outcome<Answer, ProblemCode>>,
): Promise<Outcome<Answer, ProblemCode>> => {
  // machines export page by page, one after another
  if (caller.id === undefined || caller.principals.includes('SYS')) return work();
  const key = { callerId: caller.id, key: 'running export' };
  const holdUntil = now.add({ seconds: mostSeconds });
  const begun = await requests.begin(key, { hash: 'export', now, holdUntil });
  if (begun.is !== 'begun') return refuse('export-running', 'Your last export has not been answered.');
  try {
    return await work();
  } finally {
    await requests.forget(key, begun.mark).catch((fault: unknown) => {
      logWarning(context, 'export-mark-stays', { seconds: mostSeconds, fault: messageOf(fault) });
    });
  }
};
