/**
 * Lock tokens on the wire: a uuid, or its bytes in the order .NET gives a Guid.
 * From: `core/locks.ts`. Next: delivery tags (Guid order) and `$management` (uuid order).
 */
const guidOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

export const uuidBytes = (token: string): Buffer => Buffer.from(token.replaceAll('-', ''), 'hex');

export const uuidText = (bytes: Uint8Array): string => {
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** The order is its own inverse. */
const swap = (bytes: Buffer): Buffer => Buffer.from(guidOrder.map((index) => bytes[index] ?? 0));

export const tagOf = (token: string): Buffer => swap(uuidBytes(token));

export const tokenOf = (tag: Buffer): string => uuidText(swap(tag));
