/**
 * Attachments on a `FileStore`: the bytes under a name of our own, a note per item, a mark for each that waits.
 * From: ingestion by key, the ledger's attachment routes. Next: container `documents`. Bytes come before the note:
 * what died between the two is made good by the same paper coming again; a note without bytes never is.
 */
import { mostAttachments, type Attachment } from '../domain/attachment.ts';
import type { HashText } from '../domain/document-ids.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import type { Scope } from '../domain/scope.ts';
import type { FilePath, FileStore } from './file-store.ts';

export type AttachmentFiles = { documents: FileStore; hashText: HashText };

const pathOf = (companyId: string, name: string): FilePath => ({ companyId, name });
const bytesOf = ({ companyId, id }: Pick<Attachment, 'companyId' | 'id'>): FilePath =>
  pathOf(companyId, `files/${id}`);
const folderOf = (itemId: string, hashText: HashText): string => `items/${hashText(itemId).slice(0, 40)}/`;
const noteOf = ({ companyId, itemId, id }: Attachment, hashText: HashText): FilePath =>
  pathOf(companyId, `${folderOf(itemId, hashText)}${id}.json`);
const waiting = 'waiting/';
const markOf = (companyId: string, id: string): FilePath => pathOf(companyId, `${waiting}${id}.json`);

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const readNote = async (
  { documents }: AttachmentFiles,
  scope: Scope,
  path: FilePath,
): Promise<Attachment | undefined> => {
  const bytes = await documents.read(scope, path);
  return bytes === undefined ? undefined : (JSON.parse(textOf(bytes)) as Attachment);
};

/** Keeps a paper once; `waits`: nobody is known to have its item. The one that is there stays as it came first. */
export const keepAttachment = async (
  store: AttachmentFiles,
  scope: Scope,
  attachment: Attachment,
  bytes: Uint8Array,
  waits: boolean,
): Promise<Outcome<Attachment, 'too-many-attachments'>> => {
  const { documents, hashText } = store;
  const { companyId, itemId, id } = attachment;
  const note = noteOf(attachment, hashText);
  const there = await readNote(store, scope, note);
  if (there !== undefined) return done(there);
  const folder = pathOf(companyId, folderOf(itemId, hashText));
  if ((await documents.list(scope, folder)).length >= mostAttachments)
    return refuse('too-many-attachments', `There are ${mostAttachments} papers beside ${itemId}.`);
  await documents.write(scope, bytesOf(attachment), bytes);
  if (waits) await documents.write(scope, markOf(companyId, id), JSON.stringify({ itemId }));
  await documents.write(scope, note, JSON.stringify(attachment));
  return done(attachment);
};

/** All that came for an item, the oldest first; also those that wait. */
export const attachmentsOfItem = async (
  store: AttachmentFiles,
  scope: Scope,
  companyId: string,
  itemId: string,
): Promise<Attachment[]> => {
  const names = await store.documents.list(scope, pathOf(companyId, folderOf(itemId, store.hashText)));
  const notes = await Promise.all(names.map((name) => readNote(store, scope, pathOf(companyId, name))));
  return notes.filter((note) => note !== undefined).toSorted((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1));
};

/** The paper itself; undefined when there is none. */
export const bytesOfAttachment = (
  { documents }: AttachmentFiles,
  scope: Scope,
  attachment: Attachment,
): Promise<Uint8Array | undefined> => documents.read(scope, bytesOf(attachment));

/** Marked as waiting, in the order of ids; whether somebody has their item by now has to be looked at. */
export const markedAttachments = async (
  store: AttachmentFiles,
  scope: Scope,
  companyId: string,
  { limit, after = '' }: { limit: number; after?: string },
): Promise<{ attachments: Attachment[]; after?: string }> => {
  const names = await store.documents.list(scope, pathOf(companyId, waiting));
  const ids = names.map((name) => name.slice(waiting.length, -'.json'.length)).filter((id) => id > after);
  const some = ids.slice(0, limit);
  const notes = await Promise.all(some.map((id) => markedAttachment(store, scope, companyId, id)));
  const attachments = notes.filter((note) => note !== undefined);
  const last = some.at(-1);
  return ids.length <= limit || last === undefined ? { attachments } : { attachments, after: last };
};

/** One that is marked as waiting. */
export const markedAttachment = async (
  store: AttachmentFiles,
  scope: Scope,
  companyId: string,
  id: string,
): Promise<Attachment | undefined> => {
  const mark = await store.documents.read(scope, markOf(companyId, id));
  if (mark === undefined) return undefined;
  const { itemId } = JSON.parse(textOf(mark)) as { itemId: string };
  return readNote(store, scope, pathOf(companyId, `${folderOf(itemId, store.hashText)}${id}.json`));
};

/** Says whose it is; it waits no more. The note comes first, so that it is never nowhere. */
export const assignAttachment = async (
  { documents, hashText }: AttachmentFiles,
  scope: Scope,
  attachment: Attachment,
  accountId: string,
): Promise<Attachment> => {
  const assigned = { ...attachment, accountId };
  await documents.write(scope, noteOf(assigned, hashText), JSON.stringify(assigned));
  await documents.remove(scope, markOf(attachment.companyId, attachment.id));
  return assigned;
};
