/**
 * Waking up when a container changes, instead of polling it.
 * From: the local Cosmos, `GET /local/changes/{container}`: the number of the latest change, at once or
 * when it has passed the one known. Next: `follow.ts`. Anywhere else that address is unknown: then the
 * feed is polled every `feedPollDelay`, as on the platform.
 */
import { setTimeout as realDelay } from 'node:timers/promises';

export type Changes = {
  /** The latest change now, or undefined where it cannot be asked. */
  latest(): Promise<number | undefined>;
  /** Waits until there is something after `seen` (or it is time to look); answers the latest change. */
  beyond(seen: number | undefined, closing: AbortSignal): Promise<number | undefined>;
};

const waitMs = 20_000;
const answerWithinMs = 5_000;
const askAgainMs = 200;

export const watchChanges = (endpoint: string, container: string, pollDelayMs: number): Changes => {
  const base = `${endpoint.replace(/\/$/, '')}/local/changes/${encodeURIComponent(container)}`;
  let isOffered = true;

  const ask = async (
    after: number,
    mayWaitMs: number,
    closing?: AbortSignal,
  ): Promise<number | undefined> => {
    if (!isOffered) return undefined;
    const tooLate = AbortSignal.timeout(mayWaitMs + answerWithinMs);
    const signal = closing ? AbortSignal.any([closing, tooLate]) : tooLate;
    const answer = await fetch(`${base}?after=${after}&waitMs=${mayWaitMs}`, { signal });
    const body: unknown = await answer.json().catch(() => undefined); // another service need not speak JSON here
    if (answer.status === 404) isOffered = false;
    if (!answer.ok) return undefined;
    return (body as { lsn?: number } | undefined)?.lsn;
  };

  return {
    latest: () => ask(0, 0),
    beyond: async (seen, closing) => {
      const lsn = seen === undefined ? undefined : await ask(seen, waitMs, closing);
      if (lsn !== undefined) return lsn;
      await realDelay(isOffered ? askAgainMs : pollDelayMs, undefined, { signal: closing });
      return ask(0, 0, closing);
    },
  };
};
