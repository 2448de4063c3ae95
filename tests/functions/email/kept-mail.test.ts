/**
 * A mail that came in is kept raw until it was worked, and from then on without card numbers (A13): in whatever form they
 * stood in it, delivered twice, worked again after a crash, given to an account later. All else of it reads as before.
 */
import { expect, it } from 'vitest';
import { applyInbound } from '../../../functions/email/apply-inbound.ts';
import { keepInbound, rawMailPath } from '../../../functions/email/keep-inbound.ts';
import { replyIdOf } from '../../../functions/email/note-reply.ts';
import { assignUnplaced, listUnplaced } from '../../../functions/email/triage-mails.ts';
import type { InboundMailMessage } from '../../../shared/contracts/mail-events.ts';
import { replyPaper } from '../../../shared/contracts/replies.ts';
import { parsedMail, readInboundMail } from '../../../shared/formats/inbound-mail.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, createMailWorld, headOf, lateItem, open, plan, run, tuesday } from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';

const call = { now: tuesday, scope: everything };
const card = '4111 1111 1111 1111';
const number = /4111\D{0,6}1111\D{0,6}1111\D{0,6}1111/;
const pdf = btoa('%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n');
const paper = `Content-Type: application/pdf; name="p.pdf"\r\nContent-Disposition: attachment; filename="p.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${pdf}`;
const harmless = 'Content-Type: text/plain\r\n\r\nSee below, invoice 4711.';

const mailWith = (to: string, parts: readonly string[], more: { from?: string; subject?: string } = {}) =>
  Buffer.from(
    [
      ...[`Received: by mx1.north.example id 4111111111111111; Tue, 16 Jun 2026`, `To: ${to}`],
      ...[`From: ${more.from ?? 'Kim Ap'} <ap@north.example>`, `Subject: ${more.subject ?? 'Re: reminder'}`],
      ...['Message-ID: <4111111111111111@north.example>', 'In-Reply-To: <m1@dunwell.example>'],
      ...['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', ''],
      ...parts.flatMap((one) => ['--b', one]),
      ...['--b--', ''],
    ].join('\r\n'),
  );

const started = async (): Promise<{ world: MailWorld; replyTo: string }> => {
  const world = await createMailWorld();
  await open(world, 'north', [lateItem('north', 1, 5)]);
  await run(world, 'north', await plan(world, 'north'));
  return { world, replyTo: world.mailer.accepted[0]!.mail.replyTo[0]!.address };
};
const keep = async (world: MailWorld, bytes: Uint8Array, recipient: string): Promise<string> => {
  const kept = await keepInbound(world.parts, { bytes, recipient }, call);
  if (!kept.ok) throw new Error(kept.detail);
  return kept.value;
};
const work = async (world: MailWorld, parts = world.parts): Promise<void> => {
  for (const { body } of world.sender.sent.get('inbound-mails') ?? [])
    await applyInbound(parts, body as InboundMailMessage, call);
};
const keptOf = async ({ documents }: MailWorld, eventId: string): Promise<Buffer> =>
  Buffer.from((await documents.read(everything, rawMailPath(eventId)))!);
/** All that anybody could read of it, however it is written. */
const wordsOf = async (bytes: Uint8Array): Promise<string> => {
  const { subject = '', text = '', html = '', from, attachments } = await parsedMail(bytes);
  const files = attachments.map(({ filename, content }) =>
    [
      filename,
      typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('latin1'),
    ].join('\n'),
  );
  const [, body = ''] = Buffer.from(bytes).toString('latin1').split('\r\n\r\n');
  return [subject, text, html, html.replace(/<[^<>]*>|&nbsp;/g, ''), from?.name, ...files, body].join('\n');
};

it.each<[string, string[], { from?: string; subject?: string }?]>([
  ['in plain words', [`Content-Type: text/plain\r\n\r\nCharge ${card}, invoice 4711.`]],
  [
    'in a folded line',
    [
      'Content-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n4111 1111 11=\r\n11 1111, invoice 4711.',
    ],
  ],
  ['in base64', [`Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n${btoa(card)}`]],
  ['in HTML alone', [`Content-Type: text/html\r\n\r\n<p>Charge <b>${card}</b>.</p>`]],
  ['in a link of HTML', ['Content-Type: text/html\r\n\r\n<a href="?c=4111-1111-1111-1111">card</a>']],
  ['in HTML with hard blanks', [`Content-Type: text/html\r\n\r\n${card.replaceAll(' ', '&nbsp;')}`]],
  [
    'in HTML beside words without it',
    [
      `Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n${harmless}\r\n--c\r\nContent-Type: text/html\r\n\r\n<p>${card}</p>\r\n--c--`,
    ],
  ],
  ['in the subject', [harmless], { subject: '=?utf-8?Q?für_4111_1111_1111_1111?=' }],
  ['in the name of the sender', [harmless], { from: `"Kim ${card}"` }],
  [
    'in a text beside it',
    [
      harmless,
      `Content-Type: text/csv\r\nContent-Disposition: attachment; filename="c.csv"\r\n\r\ncard,${card}`,
    ],
  ],
  ['in the name of a paper', [harmless, paper.replaceAll('p.pdf', `${card}.pdf`)]],
])('a card number %s is not in what is kept, and all else reads as before', async (_how, parts, more) => {
  const { world, replyTo } = await started();
  const bytes = mailWith(replyTo, [...parts, paper], more);
  expect(await wordsOf(bytes)).toMatch(number);
  const eventId = await keep(world, bytes, replyTo);
  expect(await keptOf(world, eventId)).toEqual(bytes);
  await work(world);
  const kept = await keptOf(world, eventId);
  expect(await wordsOf(kept)).not.toMatch(number);
  const [before, after] = [await readInboundMail(bytes), await readInboundMail(kept)];
  if (!before.ok || !after.ok) throw new Error('not read');
  const { headers: _before, ...said } = before.value;
  const { headers, ...read } = after.value;
  expect(read).toEqual(said);
  expect(headers['message-id']).toBe('<4111111111111111@north.example>');
  expect(headers['received']).toContain('4111111111111111');
});

it('a mail without one stays byte for byte', async () => {
  const { world, replyTo } = await started();
  const bytes = mailWith(replyTo, [harmless, paper]);
  const eventId = await keep(world, bytes, replyTo);
  await work(world);
  expect(await keptOf(world, eventId)).toEqual(bytes);
});

const charged = [`Content-Type: text/plain\r\n\r\nCharge ${card}.`, paper];

it('delivered again, even while the first is being worked, does not bring the number back', async () => {
  const { world, replyTo } = await started();
  const bytes = mailWith(replyTo, charged);
  const first = { ...world.parts.documents };
  let isFirst = true;
  const documents = {
    ...first,
    write: async (...written: Parameters<typeof first.write>) => {
      if (isFirst) {
        isFirst = false;
        // another process takes and works the same mail before this one has written it
        await keep(world, bytes, replyTo);
        await work(world);
      }
      return first.write(...written);
    },
  };
  const kept = await keepInbound({ ...world.parts, documents }, { bytes, recipient: replyTo }, call);
  const eventId = kept.ok ? kept.value : '';
  expect(await wordsOf(await keptOf(world, eventId))).not.toMatch(number);
  await keep(world, bytes, replyTo);
  expect(await wordsOf(await keptOf(world, eventId))).not.toMatch(number);
});

it('worked again after a crash is one reply, in the same words, with its paper', async () => {
  const { world, replyTo } = await started();
  const eventId = await keep(world, mailWith(replyTo, charged), replyTo);
  const end = async () => {
    throw new Error('crash');
  };
  const dying = { ...world.parts, inbox: { ...world.parts.inbox, end } };
  await expect(work(world, dying)).rejects.toThrow('crash');
  expect(await wordsOf(await keptOf(world, eventId))).not.toMatch(number);
  await work(world);
  const id = `message:in:${replyIdOf(eventId)}`;
  const content = await world.accounts.paper(everything, { companyId, accountId: 'north' }, id);
  const { text, papers } = replyPaper.parse(content);
  expect([text, papers.length]).toEqual(['Charge **** **** **** 1111.', 1]);
  expect((await headOf(world, 'north')).holds).toHaveLength(1);
});

it('that nobody could place is kept without it while it waits, and given to an account with its words and paper', async () => {
  const { world } = await started();
  const eventId = await keep(world, mailWith('billing@dunwell.example', charged), 'billing@dunwell.example');
  await work(world);
  expect(await wordsOf(await keptOf(world, eventId))).not.toMatch(number);
  const listed = await listUnplaced(world.parts, { limit: 5 }, everything);
  const to = { company: companyId, account: 'north' };
  const { mail } = listed.ok ? listed.value.mails[0]! : { mail: '' };
  await assignUnplaced(world.parts, mail, to, { scope: everything, system: everything });
  await work(world);
  const id = `message:in:${replyIdOf(eventId)}`;
  const content = await world.accounts.paper(everything, { companyId, accountId: 'north' }, id);
  expect(replyPaper.parse(content)).toMatchObject({
    ...{ text: 'Charge **** **** **** 1111.', papers: [{ name: 'p.pdf' }] },
  });
});

const deep = Array.from({ length: 60 }, (_, n) => [
  `Content-Type: multipart/mixed; boundary=b${n}`,
  ...['', `--b${n}`],
]).flat();

it.each([
  ['names no sender', ['Subject: no sender', '']],
  ['is nested too deep', ['From: a@b.example', ...deep, 'Content-Type: text/plain', '']],
])('that nobody can read since it %s is kept without it all the same', async (_why, lines) => {
  const { world, replyTo } = await started();
  const bytes = Buffer.from([`To: ${replyTo}`, ...lines, `Charge ${card}.`].join('\r\n'));
  expect((await readInboundMail(bytes)).ok).toBe(false);
  const eventId = await keep(world, bytes, replyTo);
  await work(world);
  const kept = await keptOf(world, eventId);
  expect(kept.toString()).not.toMatch(number);
  expect(kept.length).toBeGreaterThan(0);
});
