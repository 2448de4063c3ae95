/**
 * What goes in and out of notes beside an account, and how they are kept.
 * From: bodies, `note:` documents. Next: `functions/ledger` writes, lists and pins them.
 */
import { z } from 'zod';

/** Also the `note:` document of one note. */
export const note = z.strictObject({ id: z.string(), text: z.string(), by: z.string(), at: z.string() });
export type Note = z.infer<typeof note>;

/** The `note:pinned` document of an account. */
export const pinnedPaper = z.object({ notes: z.array(note) });

export const noteBody = z.strictObject({
  text: z.string().trim().min(1).max(4_000),
  isPinned: z.boolean().default(false),
});
export type NoteBody = z.infer<typeof noteBody>;
export const notesQuery = z.strictObject({
  /** Only notes written before this version of the account. */
  before: z.coerce.number().int().min(1).optional(),
});
export const notesAnswer = z.strictObject({
  /** Newest first; what was erased is not there. */
  notes: z.array(note.extend({ version: z.int() })).optional(),
  /** Ask for notes before it, also when a page holds none; null at the end. */
  next: z.int().nullable(),
});
export const notesFields = { notes: 'invoice.internalNotes' } as const;
export type NotesAnswer = z.infer<typeof notesAnswer>;
export const noteAnswer = z.strictObject({ id: z.string(), version: z.int() });
export type NoteAnswer = z.infer<typeof noteAnswer>;
