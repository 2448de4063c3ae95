/**
 * Passes every entry of every account on to who follows them: the entry is the only outbox.
 * From: the change feed of `ledger`, entries alone. Next: topic `ar-events`, one send for each page of the feed.
 * The feed may show an entry again: its event has the same id, and its readers ignore what they know.
 */
import type { ArEvent } from '../../shared/contracts/messages.ts';
import type { EntryChange } from '../../shared/contracts/reporting.ts';
import { escapeId, type HashText } from '../../shared/domain/document-ids.ts';
import type { MessageSender, OutgoingMessage } from '../../shared/ports/message-sender.ts';

/** The bus knows ids up to this length. */
const longestMessageId = 128;
/** What facts and moves may have together; what is beyond stays in the ledger, whoever needs it reads it there. */
const mostBytes = 32 * 1024;

/** @throws when the bus does not take them: the feed shows them again. */
export const relayEntries = (
  entries: readonly EntryChange[],
  sender: MessageSender,
  hashText: HashText,
): Promise<void> =>
  sender.send(
    'ar-events',
    entries.map((entry) => eventOf(entry, hashText)),
  );

/** The event of an entry: the same however often it is made. */
export const eventOf = (
  { companyId, accountId, version, entry: { at, hash, facts }, isUnheld, moves }: EntryChange,
  hashText: HashText,
): OutgoingMessage & { body: ArEvent } => {
  const name = `${escapeId(companyId)}:${escapeId(accountId)}:${version}`;
  return {
    id: name.length > longestMessageId ? hashText(name) : name,
    body: {
      v: 1,
      ...{ companyId, accountId, version, at, hash },
      ...(isUnheld && { isUnheld }),
      kinds: [...new Set(facts.map(({ kind }) => kind))],
      ...heldOf(facts, moves),
    },
  };
};

/** Both where they fit together; else the moves, which every reader of sums needs; else the facts. */
const heldOf = (
  facts: EntryChange['entry']['facts'],
  moves: EntryChange['moves'],
): Pick<ArEvent, 'facts' | 'moves'> => {
  const [ofFacts, ofMoves] = [bytesOf(facts), bytesOf(moves)];
  if (ofFacts + ofMoves <= mostBytes) return { facts, moves };
  if (ofMoves <= mostBytes) return { moves };
  return ofFacts <= mostBytes ? { facts } : {};
};

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;
