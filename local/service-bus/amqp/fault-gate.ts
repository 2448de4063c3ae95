/**
 * Lets an operation meet its faults: what http-service.ts does for HTTP, for AMQP.
 * From: the fault switch. Next: the operation itself, before, after or without it. Off, it costs one call.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Fault, FaultKind } from '../../kit/faults.ts';
import { holdBack, letGo } from '../../kit/hold-back.ts';
import { BusError, serverBusy, unavailable } from '../core/errors.ts';
import type { Peer } from './peer.ts';

/** Operations of one link are done in the order they came, however long each takes. */
export type Line = { tail: Promise<void> | undefined };

export type Gated = {
  operation: string;
  /** Does it. @throws BusError */
  effect: () => void;
  /** Says so, after it was kept. */
  answer: () => void;
  refuse: (error: unknown) => void;
  /** Swapped with a neighbour only where order is not promised. */
  mayReorder: boolean;
};

/** Runs an operation under whatever the switch draws for it. */
export const throughFaults = (peer: Peer, line: Line, gated: Gated): void => {
  const faults = peer.server.faults.draw(gated.operation);
  if (faults.length === 0 && !line.tail) return run(peer, gated);
  const overtaken = gated.mayReorder ? faults.find(({ kind }) => kind === 'reorder') : undefined;
  if (!overtaken) return inLine(peer, line, () => meet(peer, gated, faults));
  const { held } = peer.server;
  void busy(peer, () => holdBack(held, overtaken.delayMs).then(() => run(peer, gated)));
};

/** Waits for those before it; the clock does not move on meanwhile. */
export const inLine = (peer: Peer, line: Line, work: () => Promise<void>): void => {
  const before = line.tail ?? Promise.resolve();
  const tail = busy(peer, () => before.then(work)).finally(() => {
    if (line.tail === tail) line.tail = undefined;
  });
  line.tail = tail;
};

const busy = ({ server }: Peer, work: () => Promise<void>): Promise<void> => {
  server.running.count += 1;
  return work()
    .catch((error: unknown) => server.log(`service bus: ${String(error)}`))
    .finally(() => {
      server.running.count -= 1;
    });
};

const run = (peer: Peer, { effect, answer, refuse }: Gated): void => {
  try {
    effect();
  } catch (error) {
    return refuse(error);
  }
  letGo(peer.server.held);
  const kept = peer.server.bus.store.flush();
  if (kept) kept.then(answer, refuse);
  else answer();
};

const meet = async (peer: Peer, gated: Gated, faults: readonly Fault[]): Promise<void> => {
  const has = (kind: FaultKind) => faults.some((fault) => fault.kind === kind);
  for (const { kind, delayMs } of faults) if (kind === 'latency') await realDelay(delayMs);
  if (has('429')) return gated.refuse(serverBusy());
  if (has('503')) return gated.refuse(unavailable());
  if (has('reset-before')) return peer.reset();
  const silent = has('lost-answer') || has('reset-after');
  const twice = has('duplicate');
  await new Promise<void>((resolve) => {
    run(peer, {
      ...gated,
      effect: () => {
        gated.effect();
        if (twice) again(gated);
      },
      answer: () => {
        if (!silent) gated.answer();
        resolve();
      },
      refuse: (error) => {
        gated.refuse(error);
        resolve();
      },
    });
  });
  if (has('reset-after')) peer.reset();
};

/** The same thing arriving twice: what the second time finds nothing left to do has done no harm. */
const again = ({ effect }: Gated): void => {
  try {
    effect();
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
  }
};
