/**
 * Writes a reply as the raw MIME message a mail server would hand on.
 * From: the reply form. Next: the `reply` of the options, later a signed webhook.
 */
import { randomUUID } from 'node:crypto';
import { domainOf } from '../addresses.ts';
import type { Mail } from '../types.ts';
import type { Draft } from './mail-forms.ts';

/** Where a reply to this mail goes: its first Reply-To, else its sender. */
export const replyAddress = ({ message }: Mail): string =>
  message.replyTo[0]?.address ?? message.senderAddress;

export const makeReplyMime = (mail: Mail, draft: Draft, nowMs: number): Buffer => {
  const { message, internetMessageId } = mail;
  const person = mail.recipients.find(({ address }) => address === draft.recipient)?.displayName;
  const references = [message.headers.References, internetMessageId].filter(Boolean).join(' ');
  const headers = [
    ['From', person ? `${word(person)} <${draft.recipient}>` : draft.recipient],
    ['To', replyAddress(mail)],
    ['Subject', word(draft.subject ?? `${draft.isAutomatic ? 'Automatic reply' : 'Re'}: ${message.subject}`)],
    ['Date', new Date(nowMs).toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${randomUUID()}@${domainOf(draft.recipient)}>`],
    ['In-Reply-To', internetMessageId],
    ['References', references],
    ...(draft.isAutomatic ? automaticHeaders : []),
    ['MIME-Version', '1.0'],
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Transfer-Encoding', 'base64'],
  ];
  const text = draft.isQuoting ? `${draft.text}\n\n${quote(mail)}` : draft.text;
  const body = Buffer.from(text.replace(/\r?\n/g, '\r\n')).toString('base64');
  const head = headers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  return Buffer.from(`${head}\r\n\r\n${inLines(body)}\r\n`);
};

const automaticHeaders = [
  ['Auto-Submitted', 'auto-replied'],
  ['X-Auto-Response-Suppress', 'All'],
];

const quote = ({ message, acceptedAtMs }: Mail): string => {
  const lines = (message.plainText ?? '').split(/\r?\n/).map((line) => `> ${line}`);
  return `On ${new Date(acceptedAtMs).toUTCString()}, ${message.senderAddress} wrote:\n${lines.join('\n')}`;
};

const inLines = (base64: string): string => base64.match(/.{1,76}/g)?.join('\r\n') ?? '';

const longestWordBytes = 42; // makes an encoded word of at most 75 characters

/** Text for a header line: as it is when plain, else in encoded words, folded. */
const word = (text: string): string => {
  if (/^[A-Za-z0-9 .:'_-]{0,60}$/.test(text)) return text;
  const chunks: string[] = [''];
  for (const letter of text) {
    const last = chunks.at(-1) ?? '';
    if (Buffer.byteLength(last + letter) <= longestWordBytes) chunks[chunks.length - 1] = last + letter;
    else chunks.push(letter);
  }
  return chunks.map((chunk) => `=?utf-8?B?${Buffer.from(chunk).toString('base64')}?=`).join('\r\n ');
};
