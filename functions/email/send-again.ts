/**
 * A message comes back to the queue at an instant: when there is a slot, a day, or an answer to look for.
 * From: the mail workflow. Next: `messages-to-send`, the session of the account. The same wait has the same id.
 */
import { textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { placeText, sessionOf, type MailParts, type Place } from './parts.ts';

export const sendAgainAt = (
  { sender, hashText }: Pick<MailParts, 'sender' | 'hashText'>,
  place: Place,
  dueAt: Instant,
  /** For its turn among others; else for a day, or an answer. */
  hasWaited = false,
): Promise<void> =>
  sender.send('messages-to-send', [
    {
      id: hashText(`${placeText(place)}:${place.messageId}:again:${textOfInstant(dueAt)}`),
      sessionId: sessionOf(place, hashText),
      body: { v: 1, ...place, ...(hasWaited ? { hasWaited } : {}) },
      dueAt,
    },
  ]);
