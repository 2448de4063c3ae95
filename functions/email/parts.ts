/**
 * What the mail piece works with, and the words its workflows share.
 * From: `functions/parts.ts`. Next: every workflow of this folder.
 */
import type { MailSetting } from '../../shared/domain/mail-setting.ts';
import type { Instant } from '../../shared/domain/calendar.ts';
import { escapeId, type HashText } from '../../shared/domain/document-ids.ts';
import type { MessageData, MessageLanguage, MessageText } from '../../shared/domain/message-data.ts';
import type { Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Edge } from '../../shared/edge/edge.ts';
import type { FrameOf, FrameStores } from '../../shared/edge/read-dunning-frame.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { AlertStore } from '../../shared/ports/alert-store.ts';
import type { FileStore } from '../../shared/ports/file-store.ts';
import type { InboxStore } from '../../shared/ports/inbox-store.ts';
import type { LinkSigner } from '../../shared/ports/link-signer.ts';
import type { MailPacing } from '../../shared/ports/mail-pacing.ts';
import type { Mailer } from '../../shared/ports/mailer.ts';
import type { MessageSender } from '../../shared/ports/message-sender.ts';
import type { PeopleStore } from '../../shared/ports/people-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import type { StaffMailStore } from '../../shared/ports/staff-mail-store.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import type { SignInMailParts } from './send-sign-in.ts';

/** `version`: of the text, ours or the company's own. */
export type Rendered = { subject: string; html: string; text: string; version: number };
export type RenderMessage = (
  text: MessageText,
  language: MessageLanguage,
  data: MessageData,
  /** A company's own text, instead of ours. */
  own?: { source: string },
) => Outcome<Rendered, string> | Promise<Outcome<Rendered, string>>;

/** A file that goes with a mail. */
export type RenderFile = (text: MessageText, language: MessageLanguage, data: MessageData) => RenderedFile;
type RenderedFile = Promise<Outcome<Uint8Array, 'not-rendered'>>;

export type MailParts = {
  accounts: AccountStore;
  /** Container `documents`. */
  documents: FileStore;
  settings: SettingsStore;
  /** Companies as they were a moment ago, where only a day is told by them; absent: `settings`. */
  companies?: Pick<SettingsStore, 'read'>;
  people: PeopleStore;
  inbox: InboxStore;
  mailer: Mailer;
  /** Domains it sends from; none or absent: nobody said. */
  senderDomains?: readonly string[];
  pacing: MailPacing;
  links: LinkSigner;
  sender: MessageSender;
  frameOf: FrameOf;
  calendarOf: FrameStores['calendarOf'];
  render: RenderMessage;
  letterOf: RenderFile;
  /** All rows, where the mail shows some. */
  sheetOf: RenderFile;
  statementOf: (language: MessageLanguage, data: MessageData) => RenderedFile;
  /** Of the document with this number. */
  copyOf: (language: MessageLanguage, data: MessageData, number: string) => RenderedFile;
  hashText: HashText;
  /** Of the deployment: addresses and reply tokens are hashed with it. */
  salt: string;
};

export type EmailParts = {
  edge: Edge;
  mail: MailParts;
  /** Mails to people of the house. */
  staffMails: StaffMailStore;
  alerts: AlertStore;
  /** Links by which customers come into the portal. */
  signIn: SignInMailParts;
  webhookKeys: readonly string[];
};

export type MailCall = { now: Instant; scope: Scope };

export type Place = AccountKey & { messageId: string };

export const placeText = ({ companyId, accountId }: AccountKey): string =>
  `${escapeId(companyId)}:${escapeId(accountId)}`;

/** The session of an account on `messages-to-send`, as the relay names it. */
export const sessionOf = (key: AccountKey, hashText: HashText): string => hashText(placeText(key));

export type SettingOf = { setting: MailSetting | undefined };

export const actor = { kind: 'job', id: 'mail' } as const;

/** Tries before an account counts as fought over. */
export const mostTries = 8;
