/**
 * A raw mail as far as it is used: who, to whom, what it answers, its plain words, its papers. Within limits, and never
 * as HTML: what is shown is text, without card numbers (A13).
 * From: the webhook of inbound mails. Next: `functions/email/apply-inbound.ts`. A mail that breaks a limit is refused whole.
 */
import type { Address, Email } from 'postal-mime';
import { savedName, shownName } from '../domain/attachment.ts';
import type { InboundHeaders } from '../domain/auto-reply.ts';
import { maskCards } from '../domain/card-numbers.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import { checkPaper } from './paper-file.ts';

export type InboundPaper = { name: string; contentType: string; bytes: Uint8Array };

export type InboundMail = {
  from: { address: string; name: string };
  /** Everybody it says to be for, in lower case. */
  to: readonly string[];
  subject: string;
  text: string;
  messageId?: string;
  /** Ids it answers, the nearest first. */
  answers: readonly string[];
  headers: InboundHeaders;
  papers: readonly InboundPaper[];
  /** Parts that are not kept, and why. */
  leftOut: readonly { name: string; why: string }[];
};

export const largestMailBytes = 10 * 1024 * 1024;
const limits = { maxNestingDepth: 20, maxHeadersSize: 128 * 1024, maxRfc822NestingDepth: 2 };
const mostPapers = 20;
const mostText = 20_000;
const mostReferences = 50;
const mostAddresses = 100;
const mostSubject = 300;

/** As the library reads it, within limits. @throws when it is no mail or breaks one. */
export const parsedMail = async (bytes: Uint8Array): Promise<Email> => {
  // large, and seldom needed
  const { default: PostalMime } = await import('postal-mime');
  return PostalMime.parse(bytes, { ...limits, attachmentEncoding: 'arraybuffer' });
};

/** `message-not-readable` says which limit it breaks, or why it is no mail. */
export const readInboundMail = async (
  bytes: Uint8Array,
): Promise<Outcome<InboundMail, 'message-not-readable'>> => {
  if (bytes.byteLength > largestMailBytes)
    return refuse('message-not-readable', `More than ${largestMailBytes} bytes.`);
  let mail: Email;
  try {
    mail = await parsedMail(bytes);
  } catch (fault) {
    return refuse(
      'message-not-readable',
      `No mail: ${fault instanceof Error ? fault.message : 'not parsed'}`,
    );
  }
  const [from] = mailboxes(mail.from === undefined ? [] : [mail.from]);
  if (from === undefined || from.address === '') return refuse('message-not-readable', 'It names no sender.');
  const { papers, leftOut } = papersOf(mail);
  const references = idsIn(mail.references).toReversed();
  return done({
    from: { address: from.address.toLowerCase(), name: maskCards(plain(from.name)).slice(0, 200) },
    to: recipientsIn(mail),
    subject: maskCards(plain(mail.subject ?? '')).slice(0, mostSubject),
    text: maskCards(textOf(mail)).slice(0, mostText),
    ...(mail.messageId === undefined ? {} : { messageId: mail.messageId }),
    answers: [...new Set([...idsIn(mail.inReplyTo), ...references])].slice(0, mostReferences),
    // the first of a name counts: what somebody adds below cannot take its place
    headers: Object.fromEntries(mail.headers.toReversed().map(({ key, value }) => [key, value])),
    ...{ papers, leftOut },
  });
};

const mailboxes = (all: readonly Address[]): { address: string; name: string }[] =>
  all.flatMap((one) => (one.group === undefined ? [{ address: one.address, name: one.name }] : one.group));

const recipientsIn = ({ to = [], cc = [], deliveredTo }: Email): string[] =>
  [
    ...mailboxes([...to, ...cc]).map(({ address }) => address),
    ...(deliveredTo === undefined ? [] : [deliveredTo]),
  ]
    .map((address) => address.toLowerCase())
    .slice(0, mostAddresses);

const idsIn = (text: string | undefined): string[] =>
  [...(text ?? '').matchAll(/<([^<>\s]{3,500})>/g)].map(([, id]) => id!);

/** No controls but line ends, no marks that turn the writing. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069]/gu, '');

/** All words a person reads of it. */
export const textOf = ({ text, html }: Pick<Email, 'text' | 'html'>): string =>
  plain(text ?? wordsOf(html ?? '')).trim();

const mostHtml = 200_000;

/** What is left of HTML for a mail that has no text of its own; in time that grows with its length alone. */
const wordsOf = (html: string): string =>
  html
    .slice(0, mostHtml)
    .split(/<(?=style|script)/i)
    .map((piece, n) => (n === 0 ? piece : behindEnd(piece)))
    .join(' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(?:nbsp|#160|#xa0);/gi, ' ')
    .replace(/[ \t]+/g, ' ');

const behindEnd = (piece: string): string => {
  const end = /<\/(?:style|script)>/i.exec(piece);
  return end === null ? '' : piece.slice(end.index + end[0].length);
};

const papersOf = ({ attachments }: Email): Pick<InboundMail, 'papers' | 'leftOut'> => {
  const papers: InboundPaper[] = [];
  const leftOut: { name: string; why: string }[] = [];
  for (const { filename, content } of attachments) {
    const name = shownName(filename ?? 'attachment');
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
    const checked = checkPaper(bytes);
    if (papers.length >= mostPapers) leftOut.push({ name, why: `there are more than ${mostPapers}` });
    else if (!checked.ok) leftOut.push({ name, why: checked.detail });
    else {
      const { contentType } = checked.value;
      papers.push({ name: savedName(name, contentType), contentType, bytes });
    }
  }
  return { papers, leftOut: leftOut.slice(0, mostPapers) };
};
