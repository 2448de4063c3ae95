/**
 * The queue of messages to send, as far as a process that dies notices it: each message is delivered twice, what was being
 * worked on when the process died comes again a minute later, what is scheduled comes at its instant.
 * From: tests of this folder. Next: `sendMessage`, until nothing is left.
 */
import type { MessageToSend } from '../../../shared/contracts/messages.ts';
import { instantFromMs } from '../../../shared/domain/calendar.ts';
import { Crash, type Gate } from '../../support/faults.ts';
import { run, tuesday, type MailWorld } from './mail-world.ts';

type Waiting = { accountId: string; messageId: string; atMs: number };

const lockMs = 60_000;
const mostDeliveries = 2_000;

/** Answers the instant at which nothing was left. @throws when it never ends. */
export const drain = async (
  world: MailWorld,
  first: readonly { accountId: string; messageId: string }[],
  gate?: Gate,
): Promise<number> => {
  const start = tuesday.epochMilliseconds;
  let queue: Waiting[] = first.flatMap((one) => [
    { ...one, atMs: start },
    { ...one, atMs: start },
  ]);
  const seen = new Set<string>();
  let nowMs = start;
  for (let deliveries = 0; queue.length > 0; deliveries += 1) {
    if (deliveries > mostDeliveries) throw new Error('it never ends');
    queue = queue.toSorted((a, b) => a.atMs - b.atMs);
    const [next, ...rest] = queue as [Waiting, ...Waiting[]];
    nowMs = Math.max(nowMs, next.atMs);
    queue = rest;
    try {
      await run(world, next.accountId, next.messageId, instantFromMs(nowMs));
    } catch (fault) {
      if (!(fault instanceof Crash)) throw fault;
      gate?.restart();
      queue.push({ ...next, atMs: nowMs + lockMs });
    }
    for (const { id, body, dueAt } of world.sender.sent.get('messages-to-send') ?? []) {
      if (seen.has(id)) continue;
      seen.add(id);
      const { accountId, messageId } = body as MessageToSend;
      queue.push({ accountId, messageId, atMs: dueAt?.epochMilliseconds ?? nowMs });
    }
  }
  return nowMs;
};
