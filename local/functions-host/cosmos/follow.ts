/**
 * Follows one feed range while its lease is held: read a batch, run the handler, checkpoint.
 * From: `listen.ts`. Next: the handler, through `retry.ts`.
 * As on the platform a batch whose handler failed is passed over, unless a retry policy repeats it.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import { ChangeFeedMode, ChangeFeedStartFrom, type Container } from '@azure/cosmos';
import type { Clock } from '../../clock.ts';
import { attemptWithRetry } from '../core/retry.ts';
import type { PlannedFunction } from '../plan.ts';
import type { CosmosTrigger } from '../settings/triggers.ts';
import type { Changes } from './changes.ts';
import { LeaseLost, type HeldLease } from './leases.ts';

export type FeedFunction = PlannedFunction<CosmosTrigger>;

export type Follower = {
  /** Resolves when it has let go: closing, or the lease is lost. */
  ended: Promise<void>;
  /** Nothing to do: all read, or waiting for a retry on the business clock. */
  isQuiet(): Promise<boolean>;
};

const pauseAfterErrorMs = 500;

export const followRange = (
  feed: FeedFunction,
  container: Container,
  lease: HeldLease,
  changes: Changes,
  clock: Clock,
  closing: AbortSignal,
): Follower => {
  const { execution, registered, trigger } = feed;
  const changeFeedMode = ChangeFeedMode.LatestVersion;
  const maxItemCount = trigger.maxItemsPerInvocation;
  let doing: 'reading' | 'handling' | 'waiting' = 'reading';
  let seen: number | undefined;

  const iteratorFromCheckpoint = () => {
    const continuation = lease.continuation();
    const changeFeedStartFrom =
      continuation === undefined
        ? ChangeFeedStartFrom.Beginning(lease.range)
        : ChangeFeedStartFrom.Continuation(continuation);
    return container.items.getChangeFeedIterator({ changeFeedStartFrom, changeFeedMode, maxItemCount });
  };

  /** Reads and handles until closing. @throws LeaseLost, and what the SDK throws. */
  const readOn = async () => {
    const iterator = iteratorFromCheckpoint();
    seen = await changes.latest();
    while (!closing.aborted) {
      doing = 'reading';
      const { result, continuationToken } = await iterator.readNext();
      if (result && result.length > 0) {
        doing = 'handling';
        const input = batchInput(feed.name, result);
        const { retryOptions } = registered.metadata;
        const outcome = await attemptWithRetry(execution, input, retryOptions, clock, closing);
        doing = 'reading';
        if (outcome.kind === 'lost') throw new Error('the batch will be delivered again');
        await lease.checkpoint(continuationToken);
      } else {
        doing = 'waiting';
        seen = await changes.beyond(seen, closing);
      }
    }
  };

  const untilClosing = async () => {
    while (!closing.aborted)
      try {
        await readOn();
      } catch (error) {
        if (closing.aborted) return;
        doing = 'reading';
        execution.warn(`change feed: ${String(error)}`);
        if (error instanceof LeaseLost) return;
        await realDelay(pauseAfterErrorMs);
      }
  };

  return {
    ended: untilClosing(),
    isQuiet: async () => {
      if (doing !== 'waiting') return doing === 'handling';
      const latest = await changes.latest().catch(() => Number.NaN); // cannot be asked now: not quiet
      return doing === 'waiting' && latest === seen;
    },
  };
};

const batchInput = (name: string, documents: unknown[]) => ({
  data: { json: JSON.stringify(documents) },
  triggerMetadata: { sys: { json: JSON.stringify({ MethodName: name, RandGuid: randomUUID() }) } },
});
