/**
 * The hash of journal entries: SHA-256 over RFC 8785 canonical JSON, so that anyone can check it.
 * From: the stores. Next: `hash` of an entry, ids of documents with very long numbers.
 */
import { createHash, hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { HashBytes } from '../domain/anchor.ts';
import type { HashText } from '../domain/document-ids.ts';
import type { HashOf } from '../domain/entry.ts';
import { canonicalBytes } from './canonical-bytes.ts';

export const sha256: HashText = (text) => hash('sha256', text, 'hex');

/** SHA-256 of bytes. */
export const sha256Bytes: HashBytes = (bytes) => createHash('sha256').update(bytes).digest();

/** @throws when the content is not plain JSON: no text could stand for it. */
export const hashOfContent: HashOf = (content) => {
  const canonical = canonicalBytes(content) ?? canonicalize(content);
  if (canonical === undefined) throw new Error('content without a text has no hash');
  return hash('sha256', canonical, 'hex');
};
