/**
 * Anchors: once an hour, one hash over the newest entry of every account, kept where its writer cannot change it.
 * From: contributions of reports, which name each account's version and hash. Next: the container `anchors`.
 * The tree is that of RFC 6962: leaves and inner nodes are hashed under different first bytes.
 */

/** SHA-256; the domain is handed it. */
export type HashBytes = (bytes: Uint8Array) => Uint8Array;

/** Account, version of its newest entry, hash of that entry. */
export type Leaf = readonly [accountId: string, version: number, hash: string];

export type AnchorShard = {
  shard: string;
  /** The slot of the anchor whose file lists its leaves: an earlier one where nothing changed since. */
  listedIn: string;
  /** How many entries its reports knew. */
  entries: number;
  accounts: number;
  root: string;
};

export type Anchor = {
  v: 1;
  companyId: string;
  slot: string;
  /** The anchor before it: slot, and hash of its file. */
  previous: { slot: string; sha256: string } | null;
  shards: readonly AnchorShard[];
  root: string;
};

/** As anybody can write it again: JSON of the three values, in this order. */
export const leafText = ([accountId, version, hash]: Leaf): string =>
  JSON.stringify([accountId, version, hash]);

/** The root over texts in their order, as lower-case hex; of none, the hash of nothing. */
export const merkleRoot = (texts: readonly string[], hash: HashBytes): string => hexOf(rootOf(texts, hash));

const rootOf = (texts: readonly string[], hash: HashBytes): Uint8Array => {
  const [only] = texts;
  if (only === undefined) return hash(new Uint8Array());
  if (texts.length === 1) return hash(joined([0], new TextEncoder().encode(only)));
  const half = largestPowerBelow(texts.length);
  return hash(joined([1], rootOf(texts.slice(0, half), hash), rootOf(texts.slice(half), hash)));
};

/** The largest power of two that is smaller than the count: where RFC 6962 cuts. */
const largestPowerBelow = (count: number): number => {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
};

const joined = (first: number[], ...rest: Uint8Array[]): Uint8Array => {
  const all = new Uint8Array(first.length + rest.reduce((sum, one) => sum + one.length, 0));
  all.set(first);
  let at = first.length;
  for (const one of rest) {
    all.set(one, at);
    at += one.length;
  }
  return all;
};

const hexOf = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Names of the files of one anchor. */
export const anchorName = (slot: string): string => `${slot.replaceAll(':', '')}/anchor.json`;
export const leavesName = (slot: string, shard: string): string =>
  `${slot.replaceAll(':', '')}/leaves-${shard}.ndjson`;
