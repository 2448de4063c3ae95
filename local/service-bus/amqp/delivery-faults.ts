/**
 * A delivery meeting its faults: late, lost, twice, out of order, or with the connection under it.
 * From: `amqp/consumer-link.ts`, the message already locked. Next: the transfer, or the message is given back.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import type { Fault, FaultKind } from '../../kit/faults.ts';
import { holdBack, letGo } from '../../kit/hold-back.ts';
import { serverBusy, unavailable } from '../core/errors.ts';
import { giveBack } from '../core/locks.ts';
import type { Lock, Message } from '../core/state.ts';
import type { ConsumerLink } from './consumer-link.ts';
import { inLine } from './fault-gate.ts';
import { toAmqpError } from './peer.ts';

type Transfer = (consumer: ConsumerLink, message: Message, lock: Lock | undefined) => void;

export const deliverThroughFaults = (
  consumer: ConsumerLink,
  message: Message,
  lock: Lock | undefined,
  transfer: Transfer,
): void => {
  const { peer, queue, outLine } = consumer;
  const faults = peer.server.faults.draw(`receive ${queue.name}`);
  if (faults.length === 0 && !outLine.tail) {
    transfer(consumer, message, lock);
    return letGo(peer.server.held);
  }
  const late = queue.settings.sessions ? undefined : faults.find(({ kind }) => kind === 'reorder');
  const work = () => meet(consumer, message, lock, faults, transfer);
  if (!late) return inLine(peer, outLine, work);
  inLine(peer, { tail: undefined }, () => holdBack(peer.server.held, late.delayMs).then(work));
};

const meet = async (
  consumer: ConsumerLink,
  message: Message,
  lock: Lock | undefined,
  faults: readonly Fault[],
  transfer: Transfer,
): Promise<void> => {
  const { peer, link, queue } = consumer;
  const has = (kind: FaultKind) => faults.some((fault) => fault.kind === kind);
  for (const { kind, delayMs } of faults) if (kind === 'latency') await realDelay(delayMs);
  if (lock && !queue.locks.has(lock.token)) return void (consumer.issued -= 1); // it ran out meanwhile
  if (lock && before.some(has)) return interrupt(consumer, lock, has);
  if (has('lost-answer')) consumer.issued -= 1;
  else if (link.is_open()) transfer(consumer, message, lock);
  if (lock && has('duplicate')) giveBack(lock, true); // as if the lock had run out: it comes again
  letGo(peer.server.held);
  if (has('reset-after')) peer.reset();
};

const before: readonly FaultKind[] = ['429', '503', 'reset-before'];

/** The message was not delivered at all. */
const interrupt = (consumer: ConsumerLink, lock: Lock, has: (kind: FaultKind) => boolean): void => {
  consumer.issued -= 1;
  consumer.lane?.consumers.delete(consumer); // nothing more for this link
  giveBack(lock, false);
  if (has('reset-before')) consumer.peer.reset();
  else consumer.link.close(toAmqpError(has('429') ? serverBusy() : unavailable()));
};
