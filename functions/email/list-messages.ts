/**
 * Messages of an account, the newest first, and one of them exactly as it went out.
 * From: `GET api/accounts/{company}/{account}/messages`. Next: staff pages. Papers say what went to whom, the head what
 * is on its way.
 */
import type { MessageAnswer, MessagesAnswer } from '../../shared/contracts/mail-desk.ts';
import { messagePaper, type MessagePaper } from '../../shared/contracts/mail.ts';
import { replyPaper } from '../../shared/contracts/replies.ts';
import type { AccountHead, AccountKey } from '../../shared/domain/account.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Scope } from '../../shared/domain/scope.ts';
import type { Download } from '../../shared/edge/http-files.ts';
import { keptMail } from './hand-over.ts';
import type { MailParts } from './parts.ts';

const absent = refuse('not-found', 'There is no such message.');
type Line = MessagesAnswer['messages'][number];
type Page = { limit: number; after?: string | undefined };

export const listMessages = async (
  { accounts }: MailParts,
  key: AccountKey,
  { limit, after }: Page,
  scope: Scope,
): Promise<Outcome<MessagesAnswer, 'not-found'>> => {
  const loaded = await accounts.load(scope, key);
  if (loaded.mark === undefined) return refuse('not-found', 'There is no such account.');
  const page = await accounts.papers(scope, key, {
    kind: 'message',
    limit,
    ...(after === undefined ? {} : { after }),
  });
  const messages = page.papers.map(({ id, content }) => lineOf(id, content, loaded.account.head));
  const unread = unreadOf(loaded.account.head).length;
  return done({ messages, unread, next: page.after ?? null });
};

/** Work about replies that is still open; each names its reply. */
const unreadOf = ({ dunning }: AccountHead): string[] =>
  (dunning.tasks ?? []).filter(({ act }) => act === 'answerReply').map(({ id }) => id);

const received = 'message:in:';
const isReceived = (id: string): boolean => id.startsWith(received);

const lineOf = (id: string, content: object, head: AccountHead): Line => {
  if (isReceived(id)) {
    const { from, subject, receivedAt, kind, messageId } = replyPaper.parse(content);
    const reply = id.slice(received.length);
    return {
      answers: messageId ?? null,
      isUnread: unreadOf(head).some((task) => task.startsWith(`task:${reply}:`)),
      ...{ message: id, state: 'received', text: kind, subject, at: receivedAt, reported: null },
      to: [{ address: from.address, name: from.name }],
    };
  }
  const { mail } = messagePaper.parse(content);
  return {
    ...{ message: id, state: stateOf(id, head), text: mail?.text ?? null, subject: mail?.subject ?? null },
    ...{ to: mail?.to ?? [], at: mail?.claimedAt ?? null, reported: mail?.reports.at(-1)?.status ?? null },
  };
};

const stateOf = (id: string, { dunning }: AccountHead): Line['state'] => {
  if (dunning.message?.id === id) return dunning.message.state;
  return dunning.notices?.find((one) => one.id === id)?.state ?? 'over';
};

type Wanted = AccountKey & { messageId: string };

/** Its words only where it was claimed: what was never sent has none. */
export const readMessage = async (
  parts: MailParts,
  { messageId, ...key }: Wanted,
  scope: Scope,
): Promise<Outcome<MessageAnswer, 'not-found'>> => {
  const [loaded, content] = await Promise.all([
    parts.accounts.load(scope, key),
    parts.accounts.paper(scope, key, messageId),
  ]);
  if (content === undefined || !messageId.startsWith('message:')) return absent;
  const line = lineOf(messageId, content, loaded.account.head);
  const empty = { operation: null, language: null, cc: [], from: null, html: null, plain: null, reports: [] };
  if (isReceived(messageId)) {
    const { text, papers, from } = replyPaper.parse(content);
    const files = papers.map(({ name, contentType }) => ({ name, contentType }));
    return done({ ...line, ...empty, plain: text, from: from.address, files });
  }
  const { mail: sent } = messagePaper.parse(content);
  if (sent === undefined) return done({ ...line, ...empty, files: [] });
  const mail = await keptMail(parts, { scope }, key, sent.operationId);
  return done({
    ...{ ...line, operation: sent.operationId, language: sent.language, cc: sent.cc, files: sent.files },
    ...{ from: mail.from, html: mail.html, plain: mail.text },
    ...(sent.template && { template: sent.template }),
    reports: sent.reports.map(({ status, at, detail }) => ({ status, at, detail })),
  });
};

export const downloadMessageFile = async (
  parts: MailParts,
  { file: n, messageId, ...key }: Wanted & { file: number },
  scope: Scope,
): Promise<Outcome<Download, 'not-found'>> => {
  const content = await parts.accounts.paper(scope, key, messageId);
  if (content === undefined) return absent;
  return isReceived(messageId)
    ? receivedFile(parts, key, content, n, scope)
    : sentFile(parts, key, messagePaper.parse(content), n, scope);
};

const receivedFile = async (
  { documents }: MailParts,
  { companyId }: AccountKey,
  content: object,
  n: number,
  scope: Scope,
): Promise<Outcome<Download, 'not-found'>> => {
  const paper = replyPaper.parse(content).papers[n - 1];
  const bytes = paper && (await documents.read(scope, { companyId, name: paper.file }));
  return paper === undefined || bytes === undefined
    ? absent
    : done({ fileName: paper.name, contentType: paper.contentType, bytes });
};

const sentFile = async (
  parts: MailParts,
  key: AccountKey,
  { mail: sent }: MessagePaper,
  n: number,
  scope: Scope,
): Promise<Outcome<Download, 'not-found'>> => {
  const mail = sent && (await keptMail(parts, { scope }, key, sent.operationId));
  const file = mail?.files[n - 1];
  return file === undefined
    ? absent
    : done({ fileName: file.name, contentType: file.contentType, bytes: Buffer.from(file.base64, 'base64') });
};
