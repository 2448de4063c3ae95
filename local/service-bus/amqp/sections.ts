/**
 * Cuts encoded AMQP messages at their seams without decoding them.
 * From: the bytes of a transfer. Next: `amqp/read-message.ts`, `amqp/write-message.ts`; the body is never opened.
 */
export const sectionCode = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
} as const;

export type Section = { code: number; start: number; valueStart: number; end: number };

/** Bytes that cannot be an AMQP message. */
export class Unreadable extends Error {}

/** @throws Unreadable */
export const splitSections = (bytes: Buffer): Section[] => {
  const sections: Section[] = [];
  for (let start = 0; start < bytes.length;) {
    const { code, valueStart } = readDescriptor(bytes, start);
    const end = skipValue(bytes, valueStart);
    sections.push({ code, start, valueStart, end });
    start = end;
  }
  return sections;
};

const readDescriptor = (bytes: Buffer, start: number): { code: number; valueStart: number } => {
  if (byteAt(bytes, start) !== 0) throw new Unreadable('a message section begins with its descriptor');
  if (byteAt(bytes, start + 1) === 0x53) return { code: byteAt(bytes, start + 2), valueStart: start + 3 };
  if (byteAt(bytes, start + 1) === 0x80) return { code: byteAt(bytes, start + 9), valueStart: start + 10 };
  throw new Unreadable('a message section is named by its number');
};

/** Where the value that begins here ends. @throws Unreadable */
export const skipValue = (bytes: Buffer, start: number): number => {
  const code = byteAt(bytes, start);
  if (code === 0) return skipValue(bytes, skipValue(bytes, start + 1));
  const end = start + 1 + sizeOf(bytes, start + 1, code >> 4);
  if (end > bytes.length) throw new Unreadable('a value goes beyond the end of the message');
  return end;
};

/** Bytes of a value after its constructor, by the high half of the type code. */
const sizeOf = (bytes: Buffer, at: number, category: number): number => {
  if (category >= 0x4 && category <= 0x9) return [0, 1, 2, 4, 8, 16][category - 4]!;
  if (category === 0xa || category === 0xc || category === 0xe) return 1 + byteAt(bytes, at);
  if (category !== 0xb && category !== 0xd && category !== 0xf) throw new Unreadable('an unknown type code');
  if (at + 4 > bytes.length) throw new Unreadable('a value goes beyond the end of the message');
  return 4 + bytes.readUInt32BE(at);
};

const byteAt = (bytes: Buffer, at: number): number => {
  const byte = bytes[at];
  if (byte === undefined) throw new Unreadable('the message ends too early');
  return byte;
};

/** The bytes of a binary value (`data` sections hold one). @throws Unreadable */
export const readBinary = (bytes: Buffer, { valueStart, end }: Section): Buffer => {
  const code = byteAt(bytes, valueStart);
  if (code === 0xa0) return bytes.subarray(valueStart + 2, end);
  if (code === 0xb0) return bytes.subarray(valueStart + 5, end);
  throw new Unreadable('a data section holds binary');
};
