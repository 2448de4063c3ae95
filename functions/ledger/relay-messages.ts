/**
 * Passes on to the mail piece which messages to a customer were planned or released.
 * From: the change feed of `ledger`, entries alone. Next: queue `messages-to-send`, one session per account.
 * Sent again under the same id; the gate of the mail piece decides, this only says where to look.
 */
import type { MessageToSend } from '../../shared/contracts/messages.ts';
import type { EntryChange } from '../../shared/contracts/reporting.ts';
import { escapeId, type HashText } from '../../shared/domain/document-ids.ts';
import { instantFromText } from '../../shared/domain/calendar.ts';
import type { Fact } from '../../shared/domain/facts.ts';
import type { MessageSender, OutgoingMessage } from '../../shared/ports/message-sender.ts';

/** @throws when the bus does not take them: the feed shows them again. */
export const relayMessages = async (
  entries: readonly EntryChange[],
  sender: MessageSender,
  hashText: HashText,
): Promise<void> => {
  const messages = entries.flatMap((entry) => messagesOf(entry, hashText));
  if (messages.length > 0) await sender.send('messages-to-send', messages);
};

/** Of one entry: the same however often they are made. */
export const messagesOf = (
  { companyId, accountId, version, entry }: EntryChange,
  hashText: HashText,
): (OutgoingMessage & { body: MessageToSend })[] =>
  (entry.facts as unknown as readonly Fact[]).flatMap((fact) => {
    const wanted = wantedBy(fact);
    if (wanted === undefined) return [];
    const { messageId, notBefore } = wanted;
    const place = `${escapeId(companyId)}:${escapeId(accountId)}`;
    return [
      {
        id: hashText(`${place}:${version}:${messageId}`),
        sessionId: hashText(place),
        body: { v: 1, companyId, accountId, messageId },
        ...(notBefore === undefined ? {} : { dueAt: instantFromText(notBefore) }),
      },
    ];
  });

/** What waits for somebody's release is passed on with the release. */
const wantedBy = (fact: Fact): { messageId: string; notBefore?: string } | undefined => {
  if (fact.kind === 'noticePlanned') return { messageId: fact.notice.id };
  if (fact.kind === 'messageReleased') return { messageId: fact.messageId };
  if (fact.kind !== 'messagePlanned' || fact.message.needs.length > 0) return undefined;
  const { id, notBefore } = fact.message;
  return { messageId: id, ...(notBefore === undefined ? {} : { notBefore }) };
};
