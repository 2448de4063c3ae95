/**
 * The hash of journal entries: SHA-256 over RFC 8785 canonical JSON, so that anyone can check it.
 * From: the stores. Next: `hash` of an entry, ids of documents with very long numbers.
 */
import { createHash, hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { HashBytes } from '../domain/anchor.ts';
import type { HashText } from '../domain/document-ids.ts';
import type { HashOf } from '../domain/entry.ts';

export const sha256: HashText = (text) => hash('sha256', text, 'hex');

/** SHA-256 of bytes. */
export const sha256Bytes: HashBytes = (bytes) => createHash('sha256').update(bytes).digest();

/** @throws when the content is not plain JSON: no text could stand for it. */
export const hashOfContent: HashOf = (content) => {
  const text = plainText(content) ?? canonicalize(content);
  if (text === undefined) throw new Error('content without a text has no hash');
  return sha256(text);
};

/**
 * The canonical text of plain content, many times faster than the library: keys sorted by their UTF-16 units, all the
 * rest as `JSON.stringify` writes it, which RFC 8785 is made of. Undefined for what is anything else than plain: then the
 * library decides.
 */
const plainText = (value: unknown): string | undefined => {
  if (typeof value === 'string') return textOfString(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value === 'boolean' || value === null) return String(value);
  if (Array.isArray(value)) return textOfList(value);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return undefined;
  let text = '';
  for (const { name, start } of fieldsOf(value)) {
    const field: unknown = (value as Record<string, unknown>)[name];
    if (field === undefined) continue;
    const kept = start === undefined ? undefined : plainText(field);
    if (kept === undefined) return undefined;
    text += (text === '' ? '' : ',') + start + kept;
  }
  return `{${text}}`;
};

const textOfList = (values: readonly unknown[]): string | undefined => {
  let text = '';
  for (const value of values) {
    const kept = plainText(value);
    if (kept === undefined) return undefined;
    text += (text === '' ? '' : ',') + kept;
  }
  return `[${text}]`;
};

/** Letters written as they are. */
const isUsual = /^[ !#-[\]-~]*$/;

const textOfString = (value: string): string | undefined => {
  if (isUsual.test(value)) return `"${value}"`;
  return value.isWellFormed() ? JSON.stringify(value) : undefined;
};

/** A field in its place; `start` is `"name":`, absent for a name that the library must decide about. */
type Field = { name: string; start?: string };

/** What objects with these names, in this order, are written as; `then` leads on to those with one more. */
type Shape = { fields?: readonly Field[]; then: Map<string, Shape> };

let shapes: Shape = { then: new Map() };
let shapeCount = 0;
/** More than all shapes of entries there are; those made of data (currencies, days) come and go. */
const mostShapes = 20_000;

/** Put in order once per shape: entries are made of the same few. */
const fieldsOf = (value: object): readonly Field[] => {
  const names = Object.keys(value);
  let shape = shapes;
  for (const name of names) shape = shape.then.get(name) ?? shapeAfter(shape, name);
  return (shape.fields ??= names.sort().map(fieldOf));
};

const shapeAfter = (shape: Shape, name: string): Shape => {
  shapeCount += 1;
  if (shapeCount > mostShapes) [shapes, shapeCount] = [{ then: new Map() }, 0];
  const next: Shape = { then: new Map() };
  shape.then.set(name, next);
  return next;
};

const fieldOf = (name: string): Field =>
  name === 'toJSON' || !name.isWellFormed() ? { name } : { name, start: `${JSON.stringify(name)}:` };
