/**
 * A mail as it may be kept: without card numbers in its words, its subject, the name of its sender, the names of its papers
 * and texts beside it (A13). It reads as before: the same ids, addresses and papers, the words as text instead of HTML.
 * From: a raw mail that was worked. Next: it is kept in its place; `inbound-mail.ts` may read it again.
 */
import type { Attachment, Email } from 'postal-mime';
import { shownName } from '../domain/attachment.ts';
import { maskCards } from '../domain/card-numbers.ts';
import { largestMailBytes, parsedMail, textOf } from './inbound-mail.ts';

/** Ten times what is shown of it. */
const mostText = 200_000;
/** All parts are base64: it stands in none of them. */
const boundary = '-masked-';

/** Undefined where nothing is to be masked: it stays as it came. */
export const maskedMail = async (bytes: Uint8Array): Promise<Uint8Array | undefined> => {
  const raw = Buffer.from(bytes).toString('latin1');
  const end = /\r?\n\r?\n/.exec(raw);
  const [head, body] = end === null ? [raw, ''] : [raw.slice(0, end.index), raw.slice(end.index)];
  let mail: Email;
  try {
    mail = await parsedMail(bytes);
  } catch {
    // nobody can read it, now or later: its parts need not fit each other
    const masked = maskCards(body);
    return masked === body ? undefined : Buffer.from(head + masked, 'latin1');
  }
  return holdsCard(mail) ? Buffer.from(written(mail, head), 'latin1') : undefined;
};

const isOther = (words: string): boolean => maskCards(words) !== words;

const holdsCard = (mail: Email): boolean =>
  [mail.subject, mail.from?.name, mail.text, mail.html, textOf({ html: mail.html ?? '' })].some(
    (words) => words !== undefined && isOther(words),
  ) || mail.attachments.some((one) => isOther(one.filename ?? '') || isOther(textIn(one)));

/** As one sign a byte; nothing of what is no text. */
const textIn = ({ mimeType, content }: Attachment): string =>
  mimeType.startsWith('text/') ? bufferOf(content).toString('latin1') : '';

const bufferOf = (content: Attachment['content']): Buffer =>
  typeof content === 'string' ? Buffer.from(content) : Buffer.from(new Uint8Array(content));

const written = (mail: Email, head: string): string => {
  const fields = head.split(/\r?\n(?![ \t])/).filter((field) => !/^(?:content-|mime-version)/i.test(field));
  const words = maskCards(textOf(mail)).slice(0, mostText);
  const lines = [
    ...fields.map((field) => fieldOf(field, mail)),
    ...['MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${boundary}"`, ''],
    ...part(['Content-Type: text/plain; charset=utf-8'], Buffer.from(words)),
  ];
  let size = lines.join('\r\n').length;
  for (const one of mail.attachments) {
    const lineOfPaper = paperOf(one).join('\r\n');
    size += lineOfPaper.length + 2;
    // what is larger than any mail that is read stays out
    if (size < largestMailBytes - 100) lines.push(lineOfPaper);
  }
  return [...lines, `--${boundary}--`, ''].join('\r\n');
};

/** Ids and addresses as they came; what people write, masked. */
const fieldOf = (field: string, { subject = '', from }: Email): string => {
  const name = field.slice(0, field.indexOf(':')).toLowerCase();
  if (name === 'subject' && isOther(subject)) return `Subject: ${encoded(maskCards(subject))}`;
  if (name === 'from' && from?.address !== undefined && isOther(from.name))
    return `From: ${encoded(maskCards(from.name))} <${from.address}>`;
  return ['thread-topic', 'comments', 'keywords'].includes(name) ? maskCards(field) : field;
};

/** Words of a header in pieces no longer than one may be. */
const encoded = (words: string): string =>
  (words.match(/.{1,10}/gsu) ?? [])
    .map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join('\r\n ');

const part = (fields: readonly string[], bytes: Buffer): string[] => [
  ...[`--${boundary}`, ...fields, 'Content-Transfer-Encoding: base64', ''],
  bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n'),
];

/** By its bytes it is judged when it is read: what it is called to be does not matter. */
const paperOf = (one: Attachment): string[] => {
  const isText = one.mimeType.startsWith('text/');
  const bytes = isText ? Buffer.from(maskCards(textIn(one)), 'latin1') : bufferOf(one.content);
  const name =
    one.filename === null ? '' : `; filename*=utf-8\'\'${encodeURIComponent(shownName(one.filename))}`;
  return part([`Content-Type: application/octet-stream`, `Content-Disposition: attachment${name}`], bytes);
};
