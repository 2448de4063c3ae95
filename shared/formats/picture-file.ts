/**
 * Pictures told by walking them whole: PNG by its chunks, JPEG by its segments, to the last byte. What stands between
 * or behind their parts is no picture: a page, an archive, another file.
 * From: `paper-file.ts`. Next: how large it is; nothing is opened.
 */
export type Size = { width: number; height: number };
/** Its size, or why it is no picture. */
export type Walked = Size | { why: string };

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
export const isPng = (data: Buffer): boolean => data.subarray(0, 8).equals(pngStart);
export const isJpeg = (data: Buffer): boolean => data[0] === 0xff && data[1] === 0xd8 && data[2] === 0xff;

const chunkFrame = 12;

/** Chunk after chunk: a length, a name, the bytes, a check sum; the last is IEND, and nothing is behind it. */
export const walkPng = (data: Buffer): Walked => {
  if (data.length < 33 || data.toString('latin1', 12, 16) !== 'IHDR') return { why: 'the PNG has no header' };
  const size = { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
  for (let at = 8; at + chunkFrame <= data.length;) {
    const next = at + chunkFrame + data.readUInt32BE(at);
    if (data.toString('latin1', at + 4, at + 8) === 'IEND')
      return next === data.length ? size : { why: 'something stands behind the PNG' };
    at = next;
  }
  return { why: 'the PNG has no end' };
};

/** Segment after segment; behind its end only more pictures of the same kind, as cameras put them there. */
export const walkJpeg = (data: Buffer): Walked => {
  let size: Size | undefined;
  for (let at = 0; at < data.length;) {
    const one = walkOne(data, at);
    if ('why' in one) return one;
    size ??= one.size;
    at = one.end;
  }
  return size ?? { why: 'the JPEG does not tell its size' };
};

/** Of the picture that begins there, and where it ends. */
const walkOne = (data: Buffer, start: number): { size: Size; end: number } | { why: string } => {
  if (data[start] !== 0xff || data[start + 1] !== 0xd8) return { why: 'something stands behind the JPEG' };
  let size: Size | undefined;
  for (let at = start + 2; at + 1 < data.length && data[at] === 0xff;) {
    const marker = data[at + 1] ?? 0;
    if (marker === 0xd9)
      return size === undefined ? { why: 'the JPEG does not tell its size' } : { size, end: at + 2 };
    if (marker === 0xff || isAlone(marker)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (at + 4 > data.length) break;
    const next = at + 2 + Math.max(2, data.readUInt16BE(at + 2));
    if (isFrame(marker) && next <= data.length && next >= at + 9)
      size ??= { width: data.readUInt16BE(at + 7), height: data.readUInt16BE(at + 5) };
    at = marker === 0xda ? endOfScan(data, next) : next;
  }
  return { why: 'the JPEG has no end, or something stands between its parts' };
};

/** Behind the lines of the picture itself: at the next marker that belongs to none of them. */
const endOfScan = (data: Buffer, from: number): number => {
  for (let at = data.indexOf(0xff, from); at >= 0; at = data.indexOf(0xff, at + 1)) {
    const marker = data[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && !isAlone(marker)) return at;
  }
  return data.length;
};

/** Markers without a length. */
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

/** Start of frame, but not the tables that share its range. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
