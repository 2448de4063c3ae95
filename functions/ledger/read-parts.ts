/**
 * What reading the ledger needs.
 * From: `functions/parts.ts`. Next: the `read-…` workflows beside this file.
 */
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { BookOf } from '../../shared/edge/read-book.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type ReadLedgerParts = {
  accounts: AccountStore;
  bookOf: BookOf;
  /** May be half a minute old: reading decides about no money. */
  settings: Pick<SettingsStore, 'read'>;
  /** Container `exports`: what each export showed. */
  exports: FileStore;
  /** What accounts contribute to the reports. */
  reports: Pick<ReportStore, 'contributions'>;
  hashText: HashText;
};
