/**
 * What an item must be before it is stored: size, id, depth, ttl; and what of it is kept.
 * From: bodies as clients sent them. Next: `transaction.ts` stores what passes.
 */
import { badRequest, Refusal } from '../refusal.ts';
import type { Json, JsonObject } from '../sql/types.ts';

export const longestItemBytes = 2 * 1024 * 1024;
const longestIdBytes = 1023;
const deepestNesting = 128;
const longestTtlSeconds = 2_147_483_647;

/** Set by the service; what a client sends under these names is dropped. */
const systemNames = ['_rid', '_self', '_etag', '_attachments', '_ts', '_lsn'];

/** @throws Refusal 400 or 413 when this cannot be an item. */
export const acceptItem = (value: unknown): { body: JsonObject; bytes: number } => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badRequest('The input content is invalid: a JSON object is expected');
  const body = withoutSystemNames(value as JsonObject);
  checkId(body.id);
  checkValue(body, 1);
  const bytes = Buffer.byteLength(JSON.stringify(body));
  if (bytes > longestItemBytes)
    throw new Refusal(413, `Request size is too large: the item has ${bytes} of at most 2,097,152 bytes`);
  return { body, bytes };
};

const withoutSystemNames = (body: JsonObject): JsonObject => {
  if (!systemNames.some((name) => name in body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !systemNames.includes(name)));
};

/** @throws Refusal 400 */
export const checkId: (id: unknown) => asserts id is string = (id) => {
  if (id === undefined)
    throw badRequest("The input content is invalid because the required properties - 'id; ' - are missing");
  if (typeof id !== 'string' || id === '')
    throw badRequest('The input name is invalid: id must be a string that is not empty');
  if (/[/\\?#]/.test(id)) throw badRequest(`The input name '${id}' is invalid: an id has no / \\ ? #`);
  if (id.length * 3 > longestIdBytes && Buffer.byteLength(id) > longestIdBytes)
    throw badRequest('The input name is invalid: an id has at most 1,023 bytes');
};

/** Numbers too: JSON reads 1e999 as infinite and would write it back as null. */
const checkValue = (value: Json, depth: number): void => {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw badRequest('The input content is invalid: a number is beyond what a double can hold');
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepestNesting) throw badRequest('The document is nested deeper than 128 levels');
  if (Array.isArray(value)) for (const member of value) checkValue(member, depth + 1);
  else for (const name in value) checkValue(value[name]!, depth + 1);
};

/**
 * When an item ends, in seconds since 1970, or Infinity: its own `ttl`, else the container's default.
 * Without a default the container has no TTL and `ttl` is a property like any other.
 * @throws Refusal 400 when `ttl` is neither -1 nor a positive whole number of 32 bits.
 */
export const expiryOf = (body: JsonObject, tsSeconds: number, defaultTtl: number | undefined): number => {
  if (defaultTtl === undefined) return Infinity;
  const own = body.ttl;
  if (own === undefined || own === null) return defaultTtl === -1 ? Infinity : tsSeconds + defaultTtl;
  if (own === -1) return Infinity;
  if (typeof own !== 'number' || !Number.isInteger(own) || own < 1 || own > longestTtlSeconds)
    throw badRequest(
      `The input ttl '${JSON.stringify(own)}' is invalid: a whole number from 1 to 2147483647, or -1`,
    );
  return tsSeconds + own;
};
