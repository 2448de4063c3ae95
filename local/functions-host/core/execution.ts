/**
 * One function as its trigger sees it: run it, and learn what to do with what triggered it.
 * From: the triggers. Next: `invoke.ts`. Here executions are counted, failures logged, faults drawn.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Fault, FaultSwitch } from '../../kit/faults.ts';
import type { Activity } from './activity.ts';
import type { InvocationResponse, RetryContext, TypedData } from './core-types.ts';
import { invoke, type HandlerOwner } from './invoke.ts';
import type { Registered } from './registration.ts';
import { childTrace } from './trace.ts';

export type InvocationInput = {
  data: TypedData;
  triggerMetadata?: Record<string, TypedData>;
  traceParent?: string | undefined;
  traceState?: string | undefined;
  retryContext?: RetryContext;
};

/** `lost`: the handler may have run, but the host acts as if it had died before it could say so. */
export type Outcome = { kind: 'done' } | { kind: 'failed'; error: unknown } | { kind: 'lost' };

export type Execution = {
  /** `app/function`, as in logs, counts and fault rules. */
  label: string;
  /** Runs the handler once. @throws what the handler threw, after it was counted and logged. */
  run(input: InvocationInput): Promise<InvocationResponse>;
  /** Runs the handler as the fault switch wants it: not at all, once, twice, in vain. Never throws. */
  attempt(input: InvocationInput): Promise<Outcome>;
  /** The faults that befall the next run. */
  draw(): Fault[];
  /** A line of the host about this function. */
  warn(message: string): void;
};

export type ExecutionOptions = {
  app: string;
  registered: Registered;
  triggerName: string;
  owner: HandlerOwner;
  activity: Activity;
  faults: FaultSwitch;
};

/** Stands for a host that was taken away: `reset-before`, `503` and the like from the fault switch. */
export class FaultStruck extends Error {}

export const createExecution = (options: ExecutionOptions): Execution => {
  const { app, registered, triggerName, owner, activity, faults } = options;
  const { name } = registered.metadata;
  const label = `${app}/${name}`;

  const run = async ({ data, ...input }: InvocationInput): Promise<InvocationResponse> => {
    activity.count(`${label} executions`);
    const request = {
      invocationId: randomUUID(),
      functionId: label,
      inputData: [{ name: triggerName, data }],
      triggerMetadata: input.triggerMetadata ?? {},
      traceContext: childTrace(input.traceParent, input.traceState),
      ...(input.retryContext && { retryContext: input.retryContext }),
    };
    try {
      return await activity.during(() => invoke(owner, registered, request));
    } catch (error) {
      activity.count(`${label} failures`);
      owner.log(
        'error',
        'system',
        `failed (${request.invocationId}): ${describeError(error)}`,
        undefined,
        name,
      );
      throw error;
    }
  };

  return {
    label,
    run,
    draw: () => faults.draw(`invoke ${label}`),
    attempt: async (input) => {
      try {
        const drawn = faults.draw(`invoke ${label}`);
        return await activity.during(() => attemptUnder(drawn, () => run(input)));
      } catch (error) {
        return { kind: 'failed', error };
      }
    },
    warn: (message) => owner.log('warning', 'system', message, undefined, name),
  };
};

const attemptUnder = async (drawn: Fault[], run: () => Promise<unknown>): Promise<Outcome> => {
  let fate: Outcome = { kind: 'done' };
  for (const { kind, delayMs } of drawn) {
    if (kind === 'latency' || kind === 'reorder') await realDelay(delayMs);
    if (kind === '429' || kind === '503') throw new FaultStruck(`refused by the fault switch: ${kind}`);
    if (kind === 'reset-before') return { kind: 'lost' };
    if (kind === 'duplicate') await run();
    if (kind === 'reset-after' || kind === 'lost-answer') fate = { kind: 'lost' };
  }
  await run();
  return fate;
};

export const describeError = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
