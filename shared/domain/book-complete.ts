/**
 * Up to when the snapshots of an ERP tell a book that was set back (D17): before they reach the moment from which nothing
 * left any more, an invoice that went into a mail may be missing in it, and would be asked for anew once it comes.
 * From: the feeds of the company. Next: `functions/email/restore-mails.ts`, where IT says that the book is complete.
 */
import { addDays, dayFromText } from './calendar.ts';
import type { Feed } from './feed.ts';
import { isBefore } from './reconcile-frame.ts';

/** Days without a snapshot after which a feed tells of a source that is no more. */
const mostSilentDays = 7;

/** The instant of the oldest newest snapshot; undefined where no feed of these days is known. */
export const bookTellsUpTo = (
  feeds: readonly Pick<Feed, 'accepted'>[],
  restoredTo: string,
): string | undefined => {
  const since = addDays(dayFromText(restoredTo.slice(0, 10)), -mostSilentDays);
  const told = feeds.flatMap(({ accepted }) =>
    accepted !== undefined && accepted.asOf.slice(0, 10) >= since ? [accepted.asOf] : [],
  );
  return told.toSorted((a, b) => (isBefore(a, b) ? -1 : 1))[0];
};
