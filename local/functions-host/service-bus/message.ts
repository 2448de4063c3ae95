/**
 * A received message, or a batch of them, in the shape the library hands to a handler.
 * From: the official receiver. Next: `execution.ts`. Names and types are those of the platform's extension.
 */
import { randomUUID } from 'node:crypto';
import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import type { TypedData } from '../core/core-types.ts';
import type { InvocationInput } from '../core/execution.ts';

export type DataType = 'string' | 'binary';

export const inputOfOne = (
  message: ServiceBusReceivedMessage,
  name: string,
  dataType: DataType,
): InvocationInput => {
  const triggerMetadata: Record<string, TypedData> = { sys: sysOf(name) };
  for (const [key, value] of Object.entries(fieldsOf(message)))
    if (value !== undefined)
      triggerMetadata[key] = typeof value === 'string' ? { string: value } : toJson(value);
  const bytes = bodyBytes(message);
  const data = dataType === 'binary' ? { bytes } : { string: bytes.toString('utf8') };
  return { data, triggerMetadata, traceParent: traceParentOf(message) };
};

/** Metadata comes as one list per field, `MessageIdArray` and so on. */
export const inputOfMany = (messages: ServiceBusReceivedMessage[], name: string): InvocationInput => {
  const all = messages.map(fieldsOf);
  const triggerMetadata: Record<string, TypedData> = { sys: sysOf(name) };
  for (const key of Object.keys(all[0] ?? {}) as (keyof Fields)[])
    triggerMetadata[`${key}Array`] = toJson(all.map((fields) => fields[key] ?? null));
  const string = messages.map((message) => bodyBytes(message).toString('utf8'));
  return { data: { collectionString: { string } }, triggerMetadata };
};

type Fields = ReturnType<typeof fieldsOf>;

const fieldsOf = (message: ServiceBusReceivedMessage) => ({
  MessageId: message.messageId === undefined ? undefined : String(message.messageId),
  DeliveryCount: (message.deliveryCount ?? 0) + 1, // the header counts earlier attempts
  SequenceNumber: message.sequenceNumber === undefined ? undefined : Number(message.sequenceNumber),
  EnqueuedTimeUtc: message.enqueuedTimeUtc,
  ExpiresAtUtc: message.expiresAtUtc,
  LockToken: message.lockToken,
  ContentType: message.contentType,
  CorrelationId: message.correlationId === undefined ? undefined : String(message.correlationId),
  Subject: message.subject,
  Label: message.subject,
  To: message.to,
  ReplyTo: message.replyTo,
  SessionId: message.sessionId,
  PartitionKey: message.partitionKey,
  DeadLetterSource: message.deadLetterSource,
  ApplicationProperties: message.applicationProperties ?? {},
  UserProperties: message.applicationProperties ?? {},
});

const sysOf = (name: string): TypedData => toJson({ MethodName: name, RandGuid: randomUUID() });

const toJson = (value: unknown): TypedData => ({ json: JSON.stringify(value) });

/** The receiver leaves the body unparsed; a value that is no bytes was sent as an AMQP value. */
const bodyBytes = ({ body }: ServiceBusReceivedMessage): Buffer => {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? null));
};

/** SDKs write the sender's trace context as `Diagnostic-Id`, newer ones as `traceparent` too. */
const traceParentOf = ({ applicationProperties }: ServiceBusReceivedMessage): string | undefined => {
  const found = applicationProperties?.['traceparent'] ?? applicationProperties?.['Diagnostic-Id'];
  return typeof found === 'string' ? found : undefined;
};
