/**
 * Writes a note beside an account; a pinned one stands on its page. The journal names it and never holds its text.
 * From: `POST api/accounts/{company}/{account}/notes`. Next: `note:` documents, the timeline.
 * The id derives from the request: a second try finds it written.
 */
import { pinnedPaper, type Note, type NoteAnswer, type NoteBody } from '../../shared/contracts/notes.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { dayAt, textOfInstant, type Instant } from '../../shared/domain/calendar.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Paper } from '../../shared/ports/account-store.ts';
import { readCompany } from '../../shared/edge/read-company.ts';
import type { ReadLedgerParts } from './read-parts.ts';

type Parts = Pick<ReadLedgerParts, 'accounts' | 'settings' | 'hashText'>;
export type NoteCall = { scope: Scope; callerId: string; requestId: string; now: Instant };

const pinnedId = 'note:pinned';
/** Older ones are unpinned; their notes stay. */
const mostPinned = 10;
const mostTries = 8;

export const pinnedNotes = async (
  { accounts }: Pick<ReadLedgerParts, 'accounts'>,
  key: AccountKey,
  scope: Scope,
): Promise<Note[]> => {
  const paper = await accounts.paper(scope, key, pinnedId);
  return paper === undefined ? [] : pinnedPaper.parse(paper).notes;
};

/** `not-found`, too, for an account of which only some items are lent: nothing is written beside it. */
export const writeNote = async (
  parts: Parts,
  key: AccountKey,
  { text, isPinned }: NoteBody,
  { scope, callerId, requestId, now }: NoteCall,
): Promise<Outcome<NoteAnswer, 'not-found' | 'busy'>> => {
  const company = await readCompany(parts.settings, scope, key.companyId);
  if (!company.ok) return refuse('not-found', 'There is no such account.');
  const id: Paper['id'] = `note:${parts.hashText(requestId).slice(0, 32)}`;
  const note: Note = { id, text, by: callerId, at: textOfInstant(now) };
  const change = {
    ...{
      at: now,
      actor: { kind: 'staff', id: callerId } as const,
      cause: { kind: 'request', id: requestId },
    },
    facts: [{ kind: 'noteWritten', noteId: id, on: dayAt(now, company.value.zone) } as const],
  };
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const loaded = await parts.accounts.load(scope, key);
    if (loaded.mark === undefined) return refuse('not-found', 'There is no such account.');
    const { version } = loaded.account.head;
    if ((await parts.accounts.paper(scope, key, id)) !== undefined) return done({ id, version });
    const pinned = isPinned ? [note, ...(await pinnedNotes(parts, key, scope))].slice(0, mostPinned) : [];
    const papers: Paper[] = [
      { id, content: note },
      ...(isPinned ? [{ id: pinnedId, content: { notes: pinned } } as const] : []),
    ];
    const appended = await parts.accounts.append(scope, loaded, change, undefined, papers);
    if (appended.outcome === 'appended') return done({ id, version: appended.entry.version });
  }
  return refuse('busy', 'The account is being changed by others.');
};
