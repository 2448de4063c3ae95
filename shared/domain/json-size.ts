/**
 * Whether something fits into so many bytes as JSON, told without writing it where it is small by far.
 * From: entries, documents. Next: an append that would be too large is refused before it is sent.
 */

/** A letter takes six bytes at most: as an escape. */
const mostBytesPerLetter = 6;
/** A number, with its sign, point and exponent. */
const mostBytesPerNumber = 25;

/** @param bytes of UTF-8. */
export const fitsAsJson = (value: object, bytes: number): boolean =>
  surelyFitsAsJson(value, bytes) || bytesOfJson(value) <= bytes;

/** Whether it fits whatever it holds, told without writing it; `false` says nothing. */
export const surelyFitsAsJson = (value: object, bytes: number): boolean => roomAfter(value, bytes) >= 0;

export const bytesOfJson = (value: object): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** What of a room is left at least; negative as soon as it may not be enough. */
const roomAfter = (value: object, room: number): number => {
  let left = room - 3;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && left >= 0; at += 1) left = roomBehind(value[at], left);
    return left;
  }
  for (const name in value) {
    const field: unknown = (value as Record<string, unknown>)[name];
    left = roomBehind(field, left - name.length * mostBytesPerLetter - 4);
    if (left < 0) return left;
  }
  return left;
};

const roomBehind = (value: unknown, room: number): number => {
  if (typeof value === 'string') return room - value.length * mostBytesPerLetter - 3;
  return typeof value === 'object' && value !== null ? roomAfter(value, room) : room - mostBytesPerNumber;
};
