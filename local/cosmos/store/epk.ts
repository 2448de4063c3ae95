/**
 * Effective partition keys: where in ""…"FF" a key lies, as the SDK computes it too.
 * From: partition keys. Next: partition key ranges, feed ranges, prefix change feeds.
 * MurmurHash3 (x64, 128 bits, seed 0) over typed bytes, reversed, the first byte cut to 6 bits;
 * hierarchical keys are the hashes of their levels one after another.
 */
import type { KeyPart } from './partition-key.ts';

export const effectiveKey = (key: readonly KeyPart[]): string =>
  key.map((part) => hashOf(typedBytes(part))).join('');

const typedBytes = (part: KeyPart): Buffer => {
  if (part === undefined) return Buffer.of(0x00);
  if (part === null) return Buffer.of(0x01);
  if (typeof part === 'boolean') return Buffer.of(part ? 0x03 : 0x02);
  if (typeof part === 'string') return Buffer.concat([Buffer.of(0x08), Buffer.from(part), Buffer.of(0xff)]);
  const bytes = Buffer.alloc(9);
  bytes[0] = 0x05;
  bytes.writeDoubleLE(part, 1);
  return bytes;
};

const hashOf = (bytes: Buffer): string => {
  const [low, high] = murmur128(bytes);
  const out = Buffer.alloc(16);
  out.writeBigUInt64LE(low, 0);
  out.writeBigUInt64LE(high, 8);
  out.reverse();
  out[0] = out[0]! & 0x3f;
  return out.toString('hex').toUpperCase();
};

const cut = (value: bigint): bigint => BigInt.asUintN(64, value);
const turn = (value: bigint, by: bigint): bigint => cut((value << by) | (value >> (64n - by)));
const c1 = 0x87c37b91114253d5n;
const c2 = 0x4cf5ad432745937fn;

const stir = (value: bigint): bigint => {
  let mixed = value ^ (value >> 33n);
  mixed = cut(mixed * 0xff51afd7ed558ccdn);
  mixed = cut((mixed ^ (mixed >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return mixed ^ (mixed >> 33n);
};

const mixLow = (k: bigint): bigint => cut(turn(cut(k * c1), 31n) * c2);
const mixHigh = (k: bigint): bigint => cut(turn(cut(k * c2), 33n) * c1);

const murmur128 = (bytes: Buffer): [bigint, bigint] => {
  let [h1, h2] = [0n, 0n];
  const blocks = bytes.length - (bytes.length % 16);
  for (let at = 0; at < blocks; at += 16) {
    h1 ^= mixLow(bytes.readBigUInt64LE(at));
    h1 = cut(cut(turn(h1, 27n) + h2) * 5n + 0x52dce729n);
    h2 ^= mixHigh(bytes.readBigUInt64LE(at + 8));
    h2 = cut(cut(turn(h2, 31n) + h1) * 5n + 0x38495ab5n);
  }
  const tail = Buffer.alloc(16);
  bytes.copy(tail, 0, blocks);
  h2 ^= mixHigh(tail.readBigUInt64LE(8));
  h1 ^= mixLow(tail.readBigUInt64LE(0));
  const length = BigInt(bytes.length);
  h1 = cut((h1 ^ length) + (h2 ^ length));
  h2 = cut((h2 ^ length) + h1);
  const [s1, s2] = [stir(h1), stir(h2)];
  const low = cut(s1 + s2);
  return [low, cut(s2 + low)];
};
