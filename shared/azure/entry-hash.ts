/**
 * The hash of journal entries: SHA-256 over RFC 8785 canonical JSON, so that anyone can check it.
 * From: the stores. Next: `hash` of an entry, ids of documents with very long numbers.
 */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { HashBytes } from '../domain/anchor.ts';
import type { HashText } from '../domain/document-ids.ts';
import type { HashOf } from '../domain/entry.ts';

export const sha256: HashText = (text) => createHash('sha256').update(text, 'utf8').digest('hex');

/** SHA-256 of bytes. */
export const sha256Bytes: HashBytes = (bytes) => createHash('sha256').update(bytes).digest();

/** @throws when the content is not plain JSON: no text could stand for it. */
export const hashOfContent: HashOf = (content) => {
  const text = plainText(content) ?? canonicalize(content);
  if (text === undefined) throw new Error('content without a text has no hash');
  return sha256(text);
};

/** Keys that a JavaScript object would not keep in the order they are given. */
const isIndex = /^\d+$/;

/**
 * The canonical text of plain content, several times faster: keys sorted by their UTF-16 units, all the rest as
 * `JSON.stringify` writes it, which RFC 8785 is made of. Undefined for what is anything else than plain: then the library
 * decides.
 */
const plainText = (content: object): string | undefined => {
  const sorted = inOrder(content);
  return sorted === notPlain ? undefined : JSON.stringify(sorted);
};

const notPlain = Symbol('not plain');

const inOrder = (value: unknown): unknown => {
  if (typeof value === 'string') return value.isWellFormed() ? value : notPlain;
  if (typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : notPlain;
  if (Array.isArray(value)) return listInOrder(value);
  if (typeof value !== 'object' || Object.getPrototypeOf(value) !== Object.prototype) return notPlain;
  const fields: Record<string, unknown> = {};
  for (const name of Object.keys(value).sort()) {
    const field: unknown = (value as Record<string, unknown>)[name];
    if (field === undefined) continue;
    const isOdd = isIndex.test(name) || name === '__proto__' || name === 'toJSON' || !name.isWellFormed();
    const kept = isOdd ? notPlain : inOrder(field);
    if (kept === notPlain) return notPlain;
    fields[name] = kept;
  }
  return fields;
};

const listInOrder = (values: readonly unknown[]): unknown => {
  const list: unknown[] = [];
  for (const value of values) {
    const kept = inOrder(value);
    if (kept === notPlain) return notPlain;
    list.push(kept);
  }
  return list;
};
