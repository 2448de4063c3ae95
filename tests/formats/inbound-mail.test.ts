/**
 * A mail with a card number in it is read without it (A13): in its words, as text or as HTML alone, in its subject, the
 * name of its sender, the names of its papers.
 */
import { expect, it } from 'vitest';
import { readInboundMail } from '../../shared/formats/inbound-mail.ts';

const card = '4111 1111 1111 1111';
const pdf = btoa('%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n');
const mailWith = (...parts: string[]): Uint8Array =>
  new TextEncoder().encode(
    [
      `From: "Pat ${card}" <ap@north.example>`,
      `To: reply@dunwell.example`,
      `Subject: =?utf-8?Q?take_4111_1111_1111_1111?=`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      ...parts.flatMap((part) => ['--b', part]),
      '--b--',
      '',
    ].join('\r\n'),
  );
const plain = `Content-Type: text/plain\r\n\r\nPlease charge ${card}, invoice 4711.`;
const folded = `Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nPlease charge 4111 1111 11=\r\n11 1111, invoice 4711.`;
const html = `Content-Type: text/html\r\n\r\n<p>Please charge <b>${card}</b>, invoice 4711.</p>`;
const coded = `Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa(`Please charge ${card}, invoice 4711.`)}`;

it.each([
  ['as plain words', plain],
  ['in a line that was folded', folded],
  ['as HTML alone', html],
  ['in base64', coded],
])('a card number %s is masked, the invoice is not', async (_how, part) => {
  const paper = `Content-Type: application/pdf; name="${card}.pdf"\r\nContent-Disposition: attachment; filename="${card}.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${pdf}`;
  const read = await readInboundMail(mailWith(part, paper));
  if (!read.ok) throw new Error(read.detail);
  const { text, subject, from, papers } = read.value;
  expect(text).toMatch(/charge \*{4} \*{4} \*{4} 1111 ?, invoice 4711\./);
  expect(subject).toBe('take **** **** **** 1111');
  expect(from.name).toBe('Pat **** **** **** 1111');
  expect(papers.map(({ name }) => name)).toEqual(['**** **** **** 1111.pdf']);
});
