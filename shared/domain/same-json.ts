/**
 * Whether two values say the same as JSON, whatever the order of their names.
 * From: workflows that may run twice. Next: what is as it should be is not written again.
 */
export const isSameJson = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [partsOf(a), partsOf(b)];
  return (
    left.length === right.length &&
    left.every(([name, value], index) => {
      const [otherName, otherValue] = right[index]!;
      return name === otherName && isSameJson(value, otherValue);
    })
  );
};

/** By name; JSON has no place for `undefined`. */
const partsOf = (value: object): [string, unknown][] =>
  (Object.entries(value) as [string, unknown][])
    .filter(([, part]) => part !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
