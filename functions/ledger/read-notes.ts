/**
 * Notes of an account, newest first.
 * From: `GET api/accounts/{company}/{account}/notes`. Next: staff pages, call cards. The journal says which there
 * are and in which order, papers beside the account what they say; what was erased is left out.
 */
import { note, type NotesAnswer } from '../../shared/contracts/notes.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';

const notesPerPage = 20;
const entriesPerRead = 50;
/** Entries looked through for one page: an account may have thousands without a note among them. */
const mostEntries = 200;

export const readNotes = async (
  accounts: AccountStore,
  key: AccountKey,
  before: number | undefined,
  scope: Scope,
): Promise<Outcome<NotesAnswer, 'not-found'>> => {
  const { head } = (await accounts.load(scope, key)).account;
  if (head.version === 0) return refuse('not-found', 'There is no such account.');
  const end = Math.min(before ?? head.version + 1, head.version + 1);
  if (!head.hasNotes) return done({ notes: [], next: null });
  const { written, next } = await noteIdsBefore(accounts, key, end, scope);
  const notes: NonNullable<NotesAnswer['notes']> = [];
  for (const { id, version } of written) {
    const paper = await accounts.paper(scope, key, id);
    if (paper !== undefined) notes.push({ ...note.parse(paper), version });
  }
  return done({ notes, next });
};

type Written = { id: string; version: number };

/** Goes back through the journal until a page is full; `next` is where to go on. */
const noteIdsBefore = async (
  accounts: AccountStore,
  key: AccountKey,
  end: number,
  scope: Scope,
): Promise<{ written: Written[]; next: number | null }> => {
  const written: Written[] = [];
  let from = end;
  while (from > 1 && end - from < mostEntries) {
    const afterVersion = Math.max(0, from - 1 - entriesPerRead);
    const limit = from - 1 - afterVersion;
    const entries = await accounts.entries(scope, key, { afterVersion, limit });
    for (const { version, facts } of entries.toReversed()) {
      for (const fact of facts) if (fact.kind === 'noteWritten') written.push({ id: fact.noteId, version });
      if (written.length >= notesPerPage) return { written, next: version === 1 ? null : version };
    }
    from = afterVersion + 1;
  }
  return { written, next: from > 1 ? from : null };
};
