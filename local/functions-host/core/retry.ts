/**
 * Function-level retry: fixed delay or exponential back-off, counted in memory as on the platform.
 * From: timer and change-feed triggers, the only two kinds that have it. Next: `execution.ts`.
 * The waits lie on the business clock, so that a clock move passes over them.
 */
import type { Clock } from '../../clock.ts';
import type { RetryContext, RetryOptions } from './core-types.ts';
import { describeError, type Execution, type InvocationInput, type Outcome } from './execution.ts';

/** Milliseconds before retry number `retry` (1 is the first). The back-off doubles and has no jitter here. */
export const retryDelayMs = (options: RetryOptions, retry: number): number => {
  if (options.retryStrategy === 'fixedDelay') return (options.delayInterval?.seconds ?? 0) * 1_000;
  const leastMs = (options.minimumInterval?.seconds ?? 0) * 1_000;
  const mostMs = (options.maximumInterval?.seconds ?? 0) * 1_000;
  return Math.min(mostMs, leastMs * 2 ** Math.min(retry - 1, 30));
};

/** Runs until it succeeds, the retries are used up, or the host closes (then the outcome is `lost`). */
export const attemptWithRetry = async (
  execution: Execution,
  input: InvocationInput,
  options: RetryOptions | undefined,
  clock: Clock,
  closing: AbortSignal,
): Promise<Outcome> => {
  let outcome = await execution.attempt(input);
  for (let retry = 1; outcome.kind === 'failed' && options; retry++) {
    if (options.maxRetryCount >= 0 && retry > options.maxRetryCount) break;
    await businessDelay(clock, retryDelayMs(options, retry), closing);
    if (closing.aborted) return { kind: 'lost' };
    outcome = await execution.attempt({
      ...input,
      retryContext: retryContextOf(options, retry, outcome.error),
    });
  }
  return outcome;
};

const retryContextOf = (options: RetryOptions, retryCount: number, error: unknown): RetryContext => ({
  retryCount,
  maxRetryCount: options.maxRetryCount,
  exception: {
    message: error instanceof Error ? error.message : String(error),
    source: '',
    stackTrace: describeError(error),
  },
});

/** Waits `delayMs` of business time, or until `closing`. */
export const businessDelay = (clock: Clock, delayMs: number, closing: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (closing.aborted) return resolve();
    const end = () => {
      cancel();
      closing.removeEventListener('abort', end);
      resolve();
    };
    const cancel = clock.at(clock.now() + delayMs, end);
    closing.addEventListener('abort', end);
  });
