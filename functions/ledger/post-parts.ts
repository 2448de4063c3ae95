/**
 * What posting needs, and what it hands from beat to beat.
 * From: `triggers.ts`. Next: the files `post-*.ts`.
 */
import type { Company } from '../../shared/domain/company.ts';
import type { Actor, Cause } from '../../shared/domain/entry.ts';
import type { HashText } from '../../shared/domain/document-ids.ts';
import type { Elsewhere } from '../../shared/domain/number-elsewhere.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { CustomerStore } from '../../shared/ports/customer-store.ts';
import type { FeedStore } from '../../shared/ports/feed-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { ImportStore } from '../../shared/ports/import-store.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type PostingParts = {
  accounts: AccountStore;
  files: FileStore;
  imports: ImportStore;
  settings: SettingsStore;
  feeds: Pick<FeedStore, 'touch'>;
  sender: MessageSender;
  /** Customers of other sources that wait for their account. */
  customers: CustomerStore;
  hashText: HashText;
};

/** One part being posted: for whom, when, under which name. */
export type PartCall = {
  company: Company;
  importId: string;
  part: string;
  now: Instant;
  scope: Scope;
  parts: PostingParts;
  /** Of one account: documents that other accounts have. */
  elsewhere?: Elsewhere | undefined;
  /** Where it is not the job's own doing: who, and on what occasion. */
  asked?: { actor: Actor; cause: Cause };
};

/** What entries of this part name as their cause, so that they are known again after a crash. */
export const causeOf = ({ importId, part }: Pick<PartCall, 'importId' | 'part'>) => ({
  kind: 'import',
  id: `${importId}/${part}`,
});
