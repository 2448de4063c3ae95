/**
 * Partial updates: add, set, replace, remove, incr and move on JSON pointers.
 * From: the operations of a PATCH or of a batch. Next: the changed copy goes through the item rules.
 */
import { badRequest } from '../refusal.ts';
import type { Json, JsonObject } from '../sql/types.ts';

const mostOperations = 10;
const kinds = ['add', 'set', 'replace', 'remove', 'incr', 'move'];

type Place = { parent: JsonObject | Json[]; name: string };
type Step = { op: string; path: string; value: Json | undefined; from: string | undefined };

export type Patch = { steps: Step[]; condition: string | undefined };

/** Reads a patch body: a list, or `{operations, condition?}`. @throws Refusal 400 */
export const parsePatch = (body: unknown, keyPaths: readonly string[]): Patch => {
  const { operations, condition } = (Array.isArray(body) ? { operations: body } : (body ?? {})) as {
    operations?: unknown;
    condition?: unknown;
  };
  if (!Array.isArray(operations) || operations.length === 0) throw badRequest('The patch has no operations');
  if (operations.length > mostOperations)
    throw badRequest(`The number of patch operations can't exceed ${mostOperations}`);
  if (condition !== undefined && typeof condition !== 'string')
    throw badRequest('The condition of a patch must be a string');
  return { steps: operations.map((one) => parseStep(one, keyPaths)), condition };
};

const parseStep = (value: unknown, keyPaths: readonly string[]): Step => {
  const { op, path, value: given, from } = (value ?? {}) as Record<string, Json | undefined>;
  if (typeof op !== 'string' || !kinds.includes(op))
    throw badRequest(`Patch operation ${nameOf(op)} is not one of ${kinds.join(', ')}`);
  if (typeof path !== 'string' || !path.startsWith('/') || path.length < 2)
    throw badRequest(`Patch path ${nameOf(path)} must start with / and name a property`);
  if (op === 'move' && typeof from !== 'string') throw badRequest('Patch operation move needs a from');
  if (op === 'incr' && typeof given !== 'number') throw badRequest('Patch operation incr needs a number');
  if (['add', 'set', 'replace'].includes(op) && given === undefined)
    throw badRequest(`Patch operation ${op} needs a value`);
  for (const touched of op === 'move' ? [path, from as string] : [path]) checkPath(touched, keyPaths);
  return { op, path, value: given, from: typeof from === 'string' ? from : undefined };
};

/** What is no string may be nested too deep to be shown. */
const nameOf = (value: Json | undefined): string => (typeof value === 'string' ? value : typeof value);

const checkPath = (path: string, keyPaths: readonly string[]): void => {
  if (
    path === '/id' ||
    path.startsWith('/_') ||
    keyPaths.some((key) => key === path || key.startsWith(`${path}/`))
  )
    throw badRequest(`Cannot patch ${path}: it is part of the item's identity`);
};

/** A changed copy; the original stays as it was. @throws Refusal 400 when a path does not lead anywhere. */
export const applyPatch = (body: JsonObject, steps: readonly Step[]): JsonObject => {
  const copy = structuredClone(body);
  for (const step of steps) applyStep(copy, step);
  return copy;
};

const applyStep = (body: JsonObject, { op, path, value, from }: Step): void => {
  if (op === 'move') {
    const moved = read(find(body, from!), from!);
    drop(find(body, from!), from!);
    return put(find(body, path), moved, true);
  }
  const place = find(body, path);
  if (op === 'remove') return drop(place, path);
  if (op === 'incr') return put(place, increased(place, value as number, path), false);
  if (op === 'replace') read(place, path);
  put(place, value!, op === 'add');
};

const increased = (place: Place, by: number, path: string): number => {
  const before = member(place) ?? 0;
  if (typeof before !== 'number') throw badRequest(`Cannot increment ${path}: it is not a number`);
  return before + by;
};

const find = (body: JsonObject, path: string): Place => {
  const names = path
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = names.pop()!;
  let parent: JsonObject | Json[] = body;
  for (const name of names) {
    const next = member({ parent, name });
    if (typeof next !== 'object' || next === null)
      throw badRequest(`Patch path ${path}: ${name} is not there`);
    parent = next;
  }
  return { parent, name: last };
};

const member = ({ parent, name }: Place): Json | undefined =>
  Array.isArray(parent) ? parent[indexOf(name)] : Object.hasOwn(parent, name) ? parent[name] : undefined;

/** Digits only: `Number` would take '' for 0 and '0x1' for 1. */
const indexOf = (name: string): number => (/^\d{1,9}$/.test(name) ? Number(name) : NaN);

const read = (place: Place, path: string): Json => {
  const value = member(place);
  if (value === undefined) throw badRequest(`Patch path ${path} is not there`);
  return value;
};

const drop = (place: Place, path: string): void => {
  read(place, path);
  if (Array.isArray(place.parent)) place.parent.splice(indexOf(place.name), 1);
  else delete place.parent[place.name];
};

/** In an array `add` inserts (`-` appends), `set` and `replace` overwrite. */
const put = ({ parent, name }: Place, value: Json, inserts: boolean): void => {
  if (!Array.isArray(parent)) {
    Object.defineProperty(parent, name, { value, writable: true, enumerable: true, configurable: true });
    return;
  }
  const index = name === '-' ? parent.length : indexOf(name);
  if (!(index <= parent.length)) throw badRequest(`Patch index ${name} is outside the array`);
  parent.splice(index, inserts || index === parent.length ? 0 : 1, value);
};
