/**
 * What a sender's bytes say: the few fields the broker needs, the rest kept as it is.
 * From: transfers and `schedule-message`. Next: `core/intake.ts`.
 */
import { randomUUID } from 'node:crypto';
import rhea from 'rhea';
import { BusError } from '../core/errors.ts';
import type { Draft, Message, MessageView } from '../core/state.ts';
import { readPairs } from './maps.ts';
import { readBinary, sectionCode, splitSections, type Section } from './sections.ts';

type Head = {
  message_annotations?: Record<string, unknown>;
} & Record<string, unknown>;

const decode = (bytes: Buffer): Head => rhea.message.decode(bytes);

/** Annotations only the broker sets. */
const brokersOwn = new Set([
  'x-opt-sequence-number',
  'x-opt-enqueue-sequence-number',
  'x-opt-enqueued-time',
  'x-opt-locked-until',
  'x-opt-message-state',
  'x-opt-deadletter-source',
]);

/** Runs `read` and makes the service's error of whatever it cannot read. */
const orDecodeError = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    if (error instanceof BusError) throw error;
    throw new BusError('amqp:decode-error', 400, `The message could not be read: ${String(error)}`);
  }
};

/** @throws BusError `amqp:decode-error` */
export const readMessage = (bytes: Buffer): Draft => orDecodeError(() => toDraft(bytes));

/** The messages of a batch (format 0x80013700): one per data section. @throws BusError `amqp:decode-error` */
export const readBatch = (bytes: Buffer): Draft[] =>
  orDecodeError(() =>
    splitSections(bytes)
      .filter(({ code }) => code === sectionCode.data)
      .map((section) => toDraft(readBinary(bytes, section))),
  );

const toDraft = (bytes: Buffer): Draft => {
  const sections = splitSections(bytes);
  const bareStart = sections.find(({ code }) => code >= sectionCode.properties)?.start ?? bytes.length;
  const properties = sections.find(({ code }) => code === sectionCode.properties);
  const own = sections.find(({ code }) => code === sectionCode.applicationProperties);
  if (own) readPairs(bytes, own); // what cannot be read later, when no sender is there to be told, is refused now
  const head = decode(bytes.subarray(0, (own ?? properties)?.end ?? bareStart));
  const annotations = sections.find(({ code }) => code === sectionCode.messageAnnotations);
  const id = idOf(head['message_id']);
  const bare = Buffer.from(bytes.subarray(bareStart)); // a copy: what comes in is a view into a socket's chunk
  return {
    id,
    sessionId: typeof head['group_id'] === 'string' ? head['group_id'] : undefined,
    ttlMs: numberOf(head['ttl']),
    scheduledAtMs: instantOf(head.message_annotations?.['x-opt-scheduled-enqueue-time']),
    durable: head['durable'] === true,
    priority: numberOf(head['priority']) ?? 4,
    annotations: annotations ? ownAnnotations(bytes, annotations) : Buffer.alloc(0),
    bare: head['message_id'] === undefined ? withId(bare, head, id) : bare,
    sizeBytes: bytes.length,
  };
};

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && value >= 0 ? value : undefined;

/** Ids may be text, a number, or bytes; the service makes one up where there is none. */
const idOf = (id: unknown): string => {
  if (typeof id === 'string') return id;
  if (Buffer.isBuffer(id)) return id.toString('hex');
  return typeof id === 'number' ? id.toString() : randomUUID();
};

const instantOf = (value: unknown): number | undefined =>
  value instanceof Date ? value.getTime() : undefined;

const ownAnnotations = (bytes: Buffer, section: Section): Buffer =>
  Buffer.concat(
    readPairs(bytes, section)
      .filter(({ key }) => !brokersOwn.has(key))
      .map((pair) => pair.bytes),
  );

/** The service gives an id to messages without one; the SDK's lock renewer cannot do without. */
const withId = (bare: Buffer, head: Head, id: string): Buffer => {
  const encoded = rhea.message.encode({ ...head, message_id: id });
  const properties = splitSections(encoded).find(({ code }) => code === sectionCode.properties)!;
  const old = splitSections(bare).find(({ code }) => code === sectionCode.properties);
  const section = encoded.subarray(properties.start, properties.end);
  return Buffer.concat([section, bare.subarray(old ? old.end : 0)]);
};

/** What filters compare: system properties by lower-case name, and the application properties. */
export const viewOf = (message: Message): MessageView => {
  const sections = splitSections(message.bare).filter(
    ({ code }) => code <= sectionCode.applicationProperties,
  );
  const head = decode(message.bare.subarray(0, sections.at(-1)?.end ?? 0));
  return {
    system: {
      messageid: message.id,
      sessionid: message.sessionId,
      label: head['subject'],
      subject: head['subject'],
      to: head['to'],
      replyto: head['reply_to'],
      correlationid: head['correlation_id'],
      contenttype: head['content_type'],
      replytosessionid: head['reply_to_group_id'],
    },
    application: (head['application_properties'] ?? {}) as Record<string, unknown>,
  };
};
