/**
 * A bus that delivers late, twice and in any order, and comes again a minute after the process died; within a session
 * in order. Ids are remembered for ten minutes, as the cloud remembers them.
 * From: workflows under test. Next: the handler of each queue, as an event of the agenda.
 */
import type { MessageSender, OutgoingMessage } from '../../../shared/ports/message-sender.ts';
import { Crash, type Gate } from '../../support/faults.ts';
import { asWritten } from '../../support/memory/as-written.ts';
import type { Agenda } from './agenda.ts';
import type { Draw, FaultProfile } from './draw.ts';

/** What came of one delivery; `refused` is parked with its reason. */
export type Handled = { ok: boolean; code?: string; detail?: string } | void;
export type Handler = (body: object) => Promise<Handled>;
export type Parked = { queue: string; body: object; why: string };

const rememberedMs = 600_000;
const lockMs = 60_000;
const mostTries = 10;

export type BusParts = {
  agenda: Agenda;
  draw: Draw;
  faults: () => FaultProfile;
  gate: Gate;
  /** Told of each delivery before it is worked. */
  delivering?: ((queue: string, body: object) => void) | undefined;
};

export const busOf = ({ agenda, draw, faults, gate, delivering }: BusParts) => {
  const handlers = new Map<string, Handler[]>();
  const seen = new Map<string, number>();
  const lastOfSession = new Map<string, number>();
  const parked: Parked[] = [];

  const deliver = async (
    queue: string,
    handler: Handler,
    body: object,
    tries: number,
    isCopy = false,
  ): Promise<void> => {
    try {
      delivering?.(queue, body);
      const outcome = await handler(body);
      if (outcome?.ok === false) parked.push({ queue, body, why: `${outcome.code}: ${outcome.detail}` });
      if (!isCopy && draw.chance(faults().bus.lockLost))
        agenda.at(agenda.nowMs() + lockMs, queue, () => deliver(queue, handler, body, tries, true), {
          ...{ queue, body },
        });
    } catch (fault) {
      if (gate.isDead) gate.restart();
      else if (!(fault instanceof Crash) && tries >= mostTries) throw fault;
      if (tries >= mostTries * 3) throw fault;
      agenda.at(agenda.nowMs() + lockMs, queue, () => deliver(queue, handler, body, tries + 1), {
        ...{ queue, body },
      });
    }
  };

  const dueOf = (queue: string, { dueAt, sessionId }: OutgoingMessage): number => {
    const { delayMs } = faults().bus;
    const early = dueAt === undefined ? agenda.nowMs() : dueAt.epochMilliseconds;
    const shift = draw.chance(0.5) ? draw.rate(delayMs) : 0;
    if (sessionId === undefined || dueAt !== undefined) return early + shift;
    const session = `${queue} ${sessionId}`;
    const due = Math.max(early + shift, lastOfSession.get(session) ?? 0);
    lastOfSession.set(session, due);
    return due;
  };

  const take = (queue: string, message: OutgoingMessage): void => {
    const name = `${queue} ${message.id}`;
    const before = seen.get(name);
    if (before !== undefined && agenda.nowMs() - before < rememberedMs) return;
    seen.set(name, agenda.nowMs());
    const due = dueOf(queue, message);
    const body = asWritten(message.body);
    for (const handler of handlers.get(queue) ?? []) {
      const times = draw.chance(faults().bus.twice) ? 2 : 1;
      for (let time = 0; time < times; time += 1) {
        const at = due + (time === 0 ? 0 : draw.rate(faults().bus.delayMs));
        agenda.at(at, queue, () => deliver(queue, handler, asWritten(body), 1), { queue, body });
      }
    }
  };

  const sender: MessageSender = {
    send: async (queue, messages) => {
      if (!handlers.has(queue)) throw new Error(`nobody works queue ${queue}`);
      for (const message of messages) take(queue, message);
    },
  };
  return {
    sender,
    parked,
    isQueue: (name: string): boolean => handlers.has(name),
    /** Each subscriber of a queue gets every message. */
    work: (queue: string, handler: Handler): void =>
      void handlers.set(queue, [...(handlers.get(queue) ?? []), handler]),
    /** Work that is no message: it comes again after a crash, until it is done. */
    again: (atMs: number, what: string, run: () => Promise<unknown>, about: object = {}): void =>
      agenda.at(atMs, what, () => deliver(what, async () => void (await run()), about, 1, true), {
        ...{ queue: what, body: about },
      }),
  };
};
export type Bus = ReturnType<typeof busOf>;
