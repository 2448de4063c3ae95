/**
 * When the customer was written to or talked with before, as the later texts name it.
 * From: the contacts the head keeps. Next: the data of a text. A call that reached nobody is none.
 */
import type { EarlierContact } from '../../shared/domain/message-data.ts';
import type { LoadedAccount } from '../../shared/ports/account-store.ts';

const mostNamed = 6;

/** The oldest first, the last few. */
export const earlierContacts = ({ account: { head } }: LoadedAccount): EarlierContact[] =>
  (head.dunning.contacts ?? [])
    .filter(({ channel, isTalk }) => channel === 'mail' || isTalk === true)
    .slice(0, mostNamed)
    .map(({ on, channel }): EarlierContact => ({ on, by: channel === 'mail' ? 'mail' : 'call' }))
    .toReversed();
