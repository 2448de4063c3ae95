/**
 * A message as a receiver gets it: a fresh header and annotations before the untouched rest.
 * From: deliveries, peeks, deferred messages. Next: the wire.
 */
import type { Message } from '../core/state.ts';
import { mapSection } from './maps.ts';
import { sectionCode, skipValue } from './sections.ts';

const longKey = (name: string) => keyBytes(name, 0x81);
const timestampKey = (name: string) => keyBytes(name, 0x83);
const keyBytes = (name: string, typeCode: number) =>
  Buffer.from([0xa3, name.length, ...Buffer.from(name, 'ascii'), typeCode]);

const sequenceKey = longKey('x-opt-sequence-number');
const enqueueSequenceKey = longKey('x-opt-enqueue-sequence-number');
const enqueuedKey = timestampKey('x-opt-enqueued-time');
const lockedKey = timestampKey('x-opt-locked-until');
const stateKey = keyBytes('x-opt-message-state', 0x54);

const pair = (key: Buffer, value: number): Buffer => {
  const bytes = Buffer.allocUnsafe(key.length + 8);
  key.copy(bytes);
  bytes.writeBigInt64BE(BigInt(Math.trunc(value)), key.length);
  return bytes;
};

/** `lockedUntilMs` (real instant) for a locked delivery, `state` 1 deferred or 2 scheduled for the others. */
export const writeMessage = (message: Message, lockedUntilMs?: number, state?: 1 | 2): Buffer => {
  const pairs = [pair(sequenceKey, message.sequence), pair(enqueuedKey, message.enqueuedAtMs)];
  if (lockedUntilMs !== undefined) pairs.push(pair(lockedKey, lockedUntilMs));
  if (message.enqueueSequence !== undefined) pairs.push(pair(enqueueSequenceKey, message.enqueueSequence));
  if (state !== undefined) pairs.push(Buffer.concat([stateKey, Buffer.from([state])]));
  const own = countPairs(message.annotations);
  const count = pairs.length + own;
  if (own > 0) pairs.push(message.annotations);
  return Buffer.concat([
    header(message),
    mapSection(sectionCode.messageAnnotations, count, pairs),
    message.bare,
  ]);
};

const countPairs = (pairs: Buffer): number => {
  let values = 0;
  for (let at = 0; at < pairs.length; at = skipValue(pairs, at)) values += 1;
  return values / 2;
};

/** durable, priority, time to live, first acquirer, delivery count. */
const header = ({ durable, priority, ttlMs, deliveryCount }: Message): Buffer => {
  const life = ttlMs === undefined ? Buffer.from([0x40]) : uint(ttlMs);
  const size = 10 + life.length;
  const start = [0, 0x53, sectionCode.header, 0xc0, size, 5, durable ? 0x41 : 0x42, 0x50, priority & 0xff];
  return Buffer.concat([
    Buffer.from(start),
    life,
    Buffer.from([deliveryCount > 0 ? 0x42 : 0x41]),
    uint(deliveryCount),
  ]);
};

const uint = (value: number): Buffer => {
  const bytes = Buffer.from([0x70, 0, 0, 0, 0]);
  bytes.writeUInt32BE(Math.min(value, 0xffff_ffff), 1);
  return bytes;
};

const ticksAtEpoch = 621_355_968_000_000_000n;

/** .NET ticks as the eight bytes of an AMQP long: beyond what a number holds. */
export const ticksOf = (instantMs: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(Math.trunc(instantMs)) * 10_000n + ticksAtEpoch);
  return bytes;
};
