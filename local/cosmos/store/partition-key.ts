/**
 * Partition keys: from the header, from an item's body, as one text to look partitions up by.
 * From: `x-ms-documentdb-partitionkey` and stored bodies. Next: every item, batch and query operation.
 */
import { badRequest, Refusal, substatus } from '../refusal.ts';
import type { Json, JsonObject } from '../sql/types.ts';

/** One level of a key; undefined is a property that is missing (`{}` in the header). */
export type KeyPart = string | number | boolean | null | undefined;

const longestKeyBytes = 2048;

/** Reads the header's JSON array, at most as long as the container's definition. @throws Refusal 400 */
export const parseKey = (header: string, paths: readonly string[]): KeyPart[] => {
  const parts = parseArray(header);
  if (parts.length === 0 || parts.length > paths.length)
    throw badRequest(`Partition key ${header} does not fit ${paths.join(', ')}`, substatus.keyMismatch);
  return parts.map(toPart);
};

const parseArray = (header: string): unknown[] => {
  try {
    const parts: unknown = JSON.parse(header);
    if (Array.isArray(parts)) return parts;
  } catch (error) {
    throw badRequest(`Partition key ${header} is invalid: ${(error as Error).message}`);
  }
  throw badRequest(`Partition key ${header} is invalid: a JSON array is expected`);
};

const toPart = (part: unknown): KeyPart => {
  if (isPart(part)) {
    if (typeof part === 'string' && Buffer.byteLength(part) > longestKeyBytes)
      throw badRequest('Partition key values may have at most 2,048 bytes');
    if (typeof part === 'number' && !Number.isFinite(part))
      throw badRequest('A partition key number is beyond what a double can hold');
    return part;
  }
  if (typeof part === 'object' && Object.keys(part).length === 0) return undefined;
  throw badRequest(`Partition key value ${JSON.stringify(part)} is neither a scalar nor {}`);
};

const isPart = (value: unknown): value is Exclude<KeyPart, undefined> =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** The header a whole key needs. @throws Refusal 400 when it has fewer levels than the definition. */
export const wholeKey = (header: string | undefined, paths: readonly string[]): KeyPart[] => {
  if (header === undefined) throw badRequest('The partition key header is missing for this operation');
  const key = parseKey(header, paths);
  if (key.length < paths.length)
    throw badRequest(
      'The partition key supplied in x-ms-partitionkey header has fewer components than defined in the collection',
      substatus.keyMismatch,
    );
  return key;
};

/** The same text for the same key; missing parts differ from null. */
export const keyText = (key: readonly KeyPart[]): string =>
  JSON.stringify(key.map((part) => (part === undefined ? {} : part)));

/** What lies at a path such as `/address/city`, or undefined. */
export const valueAt = (body: JsonObject, path: string): Json | undefined => {
  let value: Json | undefined = body;
  for (const name of segments(path)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    value = value[name];
  }
  return value;
};

const known = new Map<string, string[]>();

const segments = (path: string): string[] => {
  const found = known.get(path) ?? path.slice(1).split('/');
  known.set(path, found);
  return found;
};

/** The key an item's body says it has. @throws Refusal 400 when a level is an object or an array. */
export const keyOf = (body: JsonObject, paths: readonly string[]): KeyPart[] =>
  paths.map((path) => {
    const value = valueAt(body, path);
    if (value === undefined || isPart(value)) return value;
    throw badRequest(`Partition key ${path} must be a scalar`, substatus.keyMismatch);
  });

/** @throws Refusal 400 substatus 1001 when the body belongs to another key than the request names. */
export const checkKey = (body: JsonObject, key: readonly KeyPart[], paths: readonly string[]): void => {
  const own = keyOf(body, paths);
  if (own.every((part, level) => part === key[level])) return;
  throw new Refusal(
    400,
    "PartitionKey extracted from document doesn't match the one specified in the header",
    substatus.keyMismatch,
  );
};
