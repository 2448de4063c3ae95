/**
 * The sending side: what a queue or topic lets in, which number it gets, and when it becomes available.
 * From: producer links and `schedule-message`. Next: `accept` of the queue or topic.
 * Duplicate windows and scheduled instants go by the business clock.
 */
import { argumentError, BusError, messageNotFound, notAllowed } from './errors.ts';
import type { Bus, Draft, Intake, Message } from './state.ts';

/** What one message, or one batch of them, may weigh: the Standard tier's limit. */
export const maxMessageBytes = 262_144;
const maxIdLength = 128;

/**
 * Lets messages in, all or none; the sequence number of each (of a dropped duplicate too).
 * @throws BusError when one of them does not fit.
 */
export const submit = (bus: Bus, intake: Intake, drafts: readonly Draft[]): number[] => {
  for (const draft of drafts) check(intake, draft);
  const numbers: number[] = [];
  bus.store.together(() => {
    for (const draft of drafts) numbers.push(submitOne(bus, intake, draft));
  });
  return numbers;
};

const check = (intake: Intake, draft: Draft): void => {
  if (draft.sizeBytes > maxMessageBytes)
    throw new BusError(
      'amqp:link:message-size-exceeded',
      403,
      `The received message (size:${draft.sizeBytes} bytes) exceeds the limit (${maxMessageBytes} bytes) of the entity '${intake.path}'.`,
    );
  if (draft.id.length > maxIdLength)
    throw argumentError(`The message id is longer than ${maxIdLength} characters.`);
  if (draft.sessionId !== undefined && draft.sessionId.length > maxIdLength)
    throw argumentError(`The session id is longer than ${maxIdLength} characters.`);
  if (intake.needsSession && draft.sessionId === undefined)
    throw notAllowed(
      'The SessionId was not set on a message, and it cannot be sent to the entity. Entities that have session support enabled can only receive messages that have the SessionId set to a valid value.',
    );
};

const submitOne = (bus: Bus, intake: Intake, draft: Draft): number => {
  const nowMs = bus.clock.now();
  const sequence = intake.nextSequence++;
  bus.count('sent', intake.name);
  if (isDuplicate(bus, intake, draft.id, nowMs)) {
    bus.store.counter(intake.path, intake.nextSequence);
    return sequence;
  }
  const message = toMessage(draft, sequence, nowMs);
  if (draft.scheduledAtMs !== undefined && draft.scheduledAtMs > nowMs) keepForLater(bus, intake, message);
  else intake.accept(message);
  return sequence;
};

/** Remembers the id; whether it was there already. */
const isDuplicate = (bus: Bus, intake: Intake, id: string, nowMs: number): boolean => {
  const { duplicateWindowMs, seen } = intake;
  if (duplicateWindowMs === undefined) return false;
  forgetBefore(intake, nowMs - duplicateWindowMs);
  if (seen.has(id)) return true;
  seen.set(id, nowMs);
  bus.store.seen(intake.path, id, nowMs);
  return false;
};

export const forgetBefore = ({ seen }: Intake, instantMs: number): void => {
  for (const [id, atMs] of seen) {
    if (atMs > instantMs) return;
    seen.delete(id);
  }
};

const toMessage = ({ sizeBytes: _, ...draft }: Draft, sequence: number, nowMs: number): Message => ({
  ...draft,
  sequence,
  enqueueSequence: undefined,
  enqueuedAtMs: nowMs,
  expiresAtMs: undefined,
  deliveryCount: 0,
  deferred: false,
});

const keepForLater = (bus: Bus, intake: Intake, message: Message): void => {
  intake.scheduled.set(message.sequence, message);
  bus.store.put(intake.path, message, true);
  intake.due.add(message.scheduledAtMs ?? 0, message);
};

/** The instant has come: it is enqueued as of now, with a new number, as the service does. */
export const enqueueScheduled = (bus: Bus, intake: Intake, message: Message): void => {
  if (intake.scheduled.get(message.sequence) !== message) return; // cancelled
  bus.store.together(() => {
    intake.scheduled.delete(message.sequence);
    bus.store.gone(intake.path, message.sequence);
    intake.accept({ ...message, sequence: intake.nextSequence++, enqueuedAtMs: bus.clock.now() });
  });
};

/** All or none. @throws BusError `message-not-found` for the first that is not scheduled. */
export const cancelScheduled = (bus: Bus, intake: Intake, numbers: readonly number[]): void => {
  for (const number of numbers) if (!intake.scheduled.has(number)) throw messageNotFound(number);
  bus.store.together(() => {
    for (const number of numbers) {
      intake.scheduled.delete(number);
      bus.store.gone(intake.path, number);
    }
  });
};
