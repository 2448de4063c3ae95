/**
 * Parked work: what could not be done, kept with its reason where staff see it.
 * From: a handler that refused, or failed too often. Next: the `parked` container, its summary, the
 * failed-work page. The id derives from where the work came from, so that parking twice is once.
 */
import { escapeId } from './document-ids.ts';

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
