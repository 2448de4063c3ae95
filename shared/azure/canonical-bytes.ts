/**
 * The canonical bytes of plain content (RFC 8785), many times faster than the library: keys sorted by their UTF-16 units, all
 * the rest as `JSON.stringify` writes it, which the standard is made of. They are written once, letter by letter, and never
 * put together as a text.
 * From: `entry-hash.ts`. Next: the hash of an entry.
 */

/**
 * The bytes, good until the next call; undefined for what is anything else than plain: then the library decides.
 */
export const canonicalBytes = (content: object): Uint8Array | undefined => {
  at = 0;
  const bytes = put(content) ? kept.subarray(0, at) : undefined;
  if (kept.length > mostKept) kept = new Uint8Array(firstBytes);
  return bytes;
};

const firstBytes = 64 * 1024;
/** A larger one is not kept for the next. */
const mostKept = 1024 * 1024;

let kept = new Uint8Array(firstBytes);
let at = 0;

/** Room for so many more; what is written stays. */
const makeRoom = (bytes: number): void => {
  if (at + bytes <= kept.length) return;
  const larger = new Uint8Array(2 * (at + bytes));
  larger.set(kept.subarray(0, at));
  kept = larger;
};

const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** Whether it could be written. */
const put = (value: unknown): boolean => {
  if (typeof value === 'string') return putString(value);
  if (typeof value === 'number') return Number.isFinite(value) && putPlain(String(value));
  if (typeof value === 'boolean' || value === null) return putPlain(String(value));
  if (Array.isArray(value)) return putList(value);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return false;
  return putObject(value);
};

const putMark = (mark: number): void => {
  if (at === kept.length) makeRoom(1);
  kept[at] = mark;
  at += 1;
};

const putList = (values: readonly unknown[]): boolean => {
  putMark(openList);
  for (let n = 0; n < values.length; n += 1) {
    if (n > 0) putMark(comma);
    if (!put(values[n])) return false;
  }
  putMark(closeList);
  return true;
};

const putObject = (value: object): boolean => {
  const names = Object.keys(value);
  const values: unknown[] = Object.values(value);
  if (values.length !== names.length) return false;
  let isFirst = true;
  putMark(openObject);
  for (const field of fieldsOf(names)) {
    const told = values[field.place];
    if (told === undefined) continue;
    if (!isFirst) putMark(comma);
    isFirst = false;
    if (!putStart(field) || !put(told)) return false;
  }
  putMark(closeObject);
  return true;
};

/** Letters of ASCII that are written as they are. */
const putPlain = (text: string): boolean => {
  makeRoom(text.length);
  const bytes = kept;
  const from = at;
  for (let n = 0; n < text.length; n += 1) bytes[from + n] = text.charCodeAt(n);
  at += text.length;
  return true;
};

const putString = (text: string): boolean => {
  makeRoom(text.length + 2);
  const bytes = kept;
  const from = at + 1;
  bytes[at] = quote;
  for (let n = 0; n < text.length; n += 1) {
    const code = text.charCodeAt(n);
    if (code < 0x20 || code > 0x7e || code === quote || code === backslash)
      return text.isWellFormed() && putText(JSON.stringify(text));
    bytes[from + n] = code;
  }
  at = from + text.length + 1;
  bytes[at - 1] = quote;
  return true;
};

const utf8 = new TextEncoder();

/** Any text; a unit of it is three bytes at most. */
const putText = (text: string): boolean => {
  makeRoom(3 * text.length);
  at += utf8.encodeInto(text, kept.subarray(at)).written;
  return true;
};

const putStart = ({ start, isAscii }: Field): boolean =>
  start !== undefined && (isAscii ? putPlain(start) : putText(start));

/** A field by its place among its object's; `start` is `"name":`, absent for a name that the library must decide about. */
type Field = { place: number; start: string | undefined; isAscii: boolean };

/** What objects with these names, in this order, are written as; `then` leads on to those with one more. */
type Shape = { fields?: readonly Field[]; then: Map<string, Shape>; last?: { name: string; shape: Shape } };

let shapes: Shape = { then: new Map() };
let shapeCount = 0;
/** More than all shapes of entries there are; those made of data (currencies, days) come and go. */
const mostShapes = 20_000;

/** Put in order once per shape: entries are made of the same few. */
const fieldsOf = (names: readonly string[]): readonly Field[] => {
  let shape = shapes;
  for (const name of names) shape = shape.last?.name === name ? shape.last.shape : nextShape(shape, name);
  return (shape.fields ??= inOrder(names));
};

/** Objects of a list are alike: what came last is mostly what comes next. */
const nextShape = (shape: Shape, name: string): Shape => {
  const next = shape.then.get(name) ?? shapeAfter(shape, name);
  shape.last = { name, shape: next };
  return next;
};

const shapeAfter = (shape: Shape, name: string): Shape => {
  shapeCount += 1;
  if (shapeCount > mostShapes) [shapes, shapeCount] = [{ then: new Map() }, 0];
  const next: Shape = { then: new Map() };
  shape.then.set(name, next);
  return next;
};

const isAscii = /^[ -~]*$/;

const inOrder = (names: readonly string[]): Field[] =>
  names.toSorted().map((name) => {
    const place = names.indexOf(name);
    const isUnsure = name === 'toJSON' || !name.isWellFormed();
    const start = isUnsure ? undefined : `${JSON.stringify(name)}:`;
    return { place, start, isAscii: isAscii.test(name) };
  });
