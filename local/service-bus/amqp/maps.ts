/**
 * Maps of a message, pair by pair, values left as they were sent.
 * From: annotations and application properties. Next: the same maps with pairs added or taken away;
 * decoding and encoding them anew would lose the difference between int, uint, long and uuid.
 */
import rhea from 'rhea';
import { sectionCode, skipValue, splitSections, Unreadable, type Section } from './sections.ts';

export type Pair = { key: string; bytes: Buffer };

/** @throws Unreadable when the section is no map with text keys. */
export const readPairs = (bytes: Buffer, { valueStart, end }: Section): Pair[] => {
  const code = bytes[valueStart];
  if (code !== 0xc1 && code !== 0xd1) throw new Unreadable('expected a map');
  const pairs: Pair[] = [];
  for (let at = valueStart + (code === 0xc1 ? 3 : 9); at < end;) {
    const valueAt = skipValue(bytes, at);
    const next = skipValue(bytes, valueAt);
    if (next > end) throw new Unreadable('a pair goes beyond its map');
    pairs.push({ key: readText(bytes, at, valueAt), bytes: bytes.subarray(at, next) });
    at = next;
  }
  return pairs;
};

const readText = (bytes: Buffer, start: number, end: number): string => {
  const code = bytes[start];
  if (code === 0xa1 || code === 0xa3) return bytes.toString('utf8', start + 2, end);
  if (code === 0xb1 || code === 0xb3) return bytes.toString('utf8', start + 5, end);
  throw new Unreadable('the keys of a map are text');
};

/** A whole section of encoded pairs. */
export const mapSection = (code: number, count: number, pairs: readonly Buffer[]): Buffer => {
  const length = pairs.reduce((sum, pair) => sum + pair.length, 0);
  const head = Buffer.allocUnsafe(12);
  head.set([0, 0x53, code, 0xd1]);
  head.writeUInt32BE(length + 4, 4);
  head.writeUInt32BE(count * 2, 8);
  return Buffer.concat([head, ...pairs], 12 + length);
};

/** The message with these application properties set; all else stays byte for byte. @throws Unreadable */
export const withProperties = (bare: Buffer, properties: Record<string, unknown>): Buffer => {
  const sections = splitSections(bare);
  const old = sections.find(({ code }) => code === sectionCode.applicationProperties);
  const kept = old ? readPairs(bare, old).filter(({ key }) => !(key in properties)) : [];
  const all = [...kept, ...encodePairs(properties)].map((pair) => pair.bytes);
  const section = mapSection(sectionCode.applicationProperties, all.length, all);
  const cut = old ?? { start: afterProperties(sections), end: afterProperties(sections) };
  return Buffer.concat([bare.subarray(0, cut.start), section, bare.subarray(cut.end)]);
};

const afterProperties = (sections: readonly Section[]): number =>
  sections.find(({ code }) => code === sectionCode.properties)?.end ?? 0;

const encodePairs = (properties: Record<string, unknown>): Pair[] => {
  const bytes = rhea.message.encode({ application_properties: properties });
  const section = splitSections(bytes).find(({ code }) => code === sectionCode.applicationProperties);
  return section ? readPairs(bytes, section) : [];
};
