/**
 * What erp-exchange needs, and the little that all of its workflows ask.
 * From: `functions/parts.ts`. Next: the workflows of this folder.
 */
import type { SnapshotMessage } from '../../shared/contracts/messages.ts';
import type { BusinessCalendar } from '../../shared/domain/business-days.ts';
import type { Day, Instant } from '../../shared/domain/calendar.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { ImportDocument } from '../../shared/domain/imports.ts';
import type { PostingLine } from '../../shared/domain/posting-export.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { ImportKey, ImportStore } from '../../shared/ports/import-store.ts';
import type { MessageSender, OutgoingMessage } from '../../shared/ports/message-sender.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

/** What waits to be posted in the ERP of a company: provisional receipts and approved proposals. */
export type PostingSource = (scope: Scope, companyId: string) => Promise<PostingLine[]>;

export type ErpExchangeParts = {
  edge: Edge;
  imports: ImportStore;
  feeds: FeedStore;
  /** Container `uploads`: rows, digests, parts. */
  files: FileStore;
  /** Container `exports`. */
  exports: FileStore;
  settings: SettingsStore;
  postings: PostingSource;
  calendarOf: (country: string, around: Day) => Promise<BusinessCalendar>;
  hashText: HashText;
};

/** What a snapshot's workflow needs of it, and its call. */
export type SnapshotParts = Pick<
  ErpExchangeParts,
  'imports' | 'feeds' | 'files' | 'settings' | 'hashText'
> & { sender: MessageSender };
export type SnapshotCall = { scope: Scope; now: Instant; key: ImportKey };

/** Tries of a change to an import that others change, too. */
const mostTries = 8;

/** Changes an import over whatever it is by then. @throws when it is not there, or never stands still. */
export const changeImport = async (
  imports: ImportStore,
  { scope, now, key }: SnapshotCall,
  change: (before: ImportDocument) => ImportDocument,
): Promise<ImportDocument> => {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const loaded = await imports.load(scope, key);
    if (loaded === undefined) throw new Error(`import ${key.importId} is not there`);
    const changed = change(loaded.document);
    if (changed === loaded.document) return changed;
    const document = { ...changed, changedAt: now.toString() };
    if ((await imports.save(scope, { ...loaded, document })) !== 'version-conflict') return document;
  }
  throw new Error(`import ${key.importId} changed during each of ${mostTries} tries`);
};

/** The bus knows ids up to this length. */
const longestMessageId = 128;

/** Work for a snapshot; `because` tells apart what makes the same step come again. */
export const snapshotWork = (
  body: Omit<SnapshotMessage, 'v' | 'bucket'> & { bucket?: number },
  because: string,
  hashText: HashText,
): OutgoingMessage => {
  const { companyId, importId, step, bucket = 0 } = body;
  return {
    id: shortId(`${step}:${companyId}:${importId}:${bucket}:${because}`, hashText),
    body: { v: 1, ...body, bucket },
  };
};

export const shortId = (id: string, hashText: HashText): string =>
  new TextEncoder().encode(id).length <= longestMessageId ? id : hashText(id);
