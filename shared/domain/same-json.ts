/**
 * Whether two values say the same as JSON, whatever the order of their names.
 * From: workflows that may run twice. Next: what is as it should be is not written again.
 */
export const isSameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  // JSON has no place for `undefined`: what is not there is undefined, too
  return Object.keys(a).every((name) => isSamePart(a, b, name)) && Object.keys(b).every(isKnownIn(a, b));
};

const partOf = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

const isSamePart = (a: object, b: object, name: string): boolean =>
  isSameJson(partOf(a, name), partOf(b, name));

const isKnownIn =
  (a: object, b: object) =>
  (name: string): boolean =>
    Object.hasOwn(a, name) || partOf(b, name) === undefined;
