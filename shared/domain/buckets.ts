/**
 * Buckets: how the rows of a file are spread so that each part of it fits into memory.
 * From: the size of a file, the accounts of its rows. Next: ingestion writes and reads `rows/<bucket>/`.
 */

export const mostBuckets = 256;
/** Bytes of the file that one bucket holds, about. */
const bucketBytes = 4 * 1024 * 1024;
/** Files of so few rows are not spread. */
const fewRows = 5_000;

/** A power of two, so that a file of any size has one answer. */
export const bucketsFor = (bytes: number, declaredRows?: number): number => {
  if (declaredRows !== undefined && declaredRows <= fewRows) return 1;
  let buckets = 1;
  while (buckets < mostBuckets && buckets * bucketBytes < bytes) buckets *= 2;
  return buckets;
};

/** Keys are a fraction of their rows: this many buckets' worth of them are held against each other at once. */
const bucketsPerRange = 4;

/** How many ranges the keys of a file of so many buckets lie in. */
export const keyRangesOf = (buckets: number): number => Math.max(1, buckets / bucketsPerRange);

/** FNV-1a over the characters of a text: the same on every machine and in every version. */
export const hash32 = (text: string, seed = 0x811c9dc5): number => {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    hash = Math.imul(hash ^ (code & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (code >>> 8), 0x01000193);
  }
  return hash >>> 0;
};

export const bucketOf = (key: string, buckets: number): number => hash32(key) % buckets;

export const bucketName = (bucket: number): string => String(bucket).padStart(3, '0');
export const stepName = (step: number): string => String(step).padStart(5, '0');
