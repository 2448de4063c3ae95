/**
 * Parked work: what could not be done, kept with its reason where staff see it.
 * From: a handler that refused, or failed too often. Next: the `parked` container, its summary, the
 * failed-work page. The id derives from where the work came from, so that parking twice is once.
 */

/** Work that belongs to no company, such as a message nobody can read. */
export const platformCompany = 'platform';

export type ParkedWork = {
  companyId: string;
  /** Queue, `topic/subscription` or container the work came from. */
  source: string;
  /** Message id, or document id with its version. */
  workId: string;
  /** Why, as a stable code of the problem table, and in words for a person. */
  code: string;
  detail: string;
  /** The work itself, as text, to be looked at and done again. */
  body: string;
  attempts: number;
  /** ISO instant. */
  parkedAt: string;
};

export type ParkedCount = { code: string; count: number; oldestAt: string };

/** Document id: safe in every store, the same for the same work from the same source. */
export const parkedId = ({ source, workId }: Pick<ParkedWork, 'source' | 'workId'>): string =>
  `work:${escapeId(source)}:${escapeId(workId)}`;

/** Keeps A–Z a–z 0–9 . _ - and writes every other byte as `~HH`. */
export const escapeId = (text: string): string =>
  [...new TextEncoder().encode(text)].map((byte) => escapeByte(byte)).join('');

const escapeByte = (byte: number): string => {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9._-]/.test(character)
    ? character
    : `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;
};
