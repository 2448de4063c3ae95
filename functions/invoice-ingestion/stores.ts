/**
 * What ingestion needs besides the edge.
 * From: `functions/parts.ts`. Next: every workflow of this folder.
 */
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { ImportStore } from '../../shared/ports/import-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { NumberIndex } from '../../shared/ports/number-index.ts';
import type { ReferenceStore } from '../../shared/ports/reference-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type IngestionStores = {
  /** Container `uploads`. */
  files: FileStore;
  /** Container `documents`. */
  documents: FileStore;
  /** Absent where no index of numbers is kept: then a paper waits until somebody looks for it. */
  numbers?: NumberIndex;
  /** Read only: what is known of a customer. */
  accounts: Pick<AccountStore, 'load' | 'paper'>;
  imports: ImportStore;
  feeds: Pick<FeedStore, 'arrived'>;
  references: ReferenceStore;
  settings: SettingsStore;
  sender: MessageSender;
};
