/**
 * Replies find their account (R31), pause it when a person wrote, and are never more than text and known papers.
 */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { applyInbound } from '../../../functions/email/apply-inbound.ts';
import { listMessages } from '../../../functions/email/list-messages.ts';
import { handleReply } from '../../../functions/email/handle-reply.ts';
import { keepInbound, verifyRawMail } from '../../../functions/email/keep-inbound.ts';
import { replyIdOf } from '../../../functions/email/note-reply.ts';
import { assignUnplaced, listUnplaced } from '../../../functions/email/triage-mails.ts';
import type { InboundMailMessage } from '../../../shared/contracts/mail-events.ts';
import { replyPaper } from '../../../shared/contracts/replies.ts';
import { everything } from '../../support/test-edge.ts';
import {
  companyId,
  contact,
  createMailWorld,
  headOf,
  lateItem,
  open,
  plan,
  run,
  tuesday,
  type MailWorld,
} from './mail-world.ts';

const call = { now: tuesday, scope: everything };

const started = async (): Promise<{ world: MailWorld; replyTo: string }> => {
  const world = await createMailWorld();
  for (const accountId of ['north', 'south'])
    await open(world, accountId, [lateItem(accountId, 1, 5)], contact(`ap@${accountId}.example`));
  await run(world, 'north', await plan(world, 'north'));
  return { world, replyTo: world.mailer.accepted[0]!.mail.replyTo[0]!.address };
};

const mime = (to: string, more: { subject?: string; headers?: string[]; body?: string } = {}): Buffer =>
  Buffer.from(
    [
      'From: Kim Ap <ap@north.example>',
      `To: ${to}`,
      `Subject: ${more.subject ?? 'Re: your reminder'}`,
      'Message-ID: <r1@north.example>',
      ...(more.headers ?? ['Content-Type: text/plain; charset=utf-8']),
      '',
      more.body ?? 'We pay on Friday.',
    ].join('\r\n'),
  );

const take = async (world: MailWorld, bytes: Uint8Array, recipient: string): Promise<string> => {
  const kept = await keepInbound(world.parts, { bytes, recipient }, call);
  if (!kept.ok) throw new Error(kept.detail);
  await work(world);
  return replyIdOf(kept.value);
};

/** Every message of the queue, twice. */
const work = async (world: MailWorld): Promise<void> => {
  for (const { body } of world.sender.sent.get('inbound-mails') ?? [])
    for (let time = 1; time <= 2; time += 1)
      await applyInbound(world.parts, body as InboundMailMessage, call);
};

const paperOf = async (world: MailWorld, accountId: string, id: string) =>
  replyPaper.parse(await world.accounts.paper(everything, { companyId, accountId }, `message:in:${id}`));

describe('a reply of a person', () => {
  it('pauses its account for three business days, once, and keeps its words out of the journal', async () => {
    const { world, replyTo } = await started();
    const id = await take(world, mime(replyTo), replyTo);
    const head = await headOf(world, 'north');
    expect(head.holds).toMatchObject([{ code: 'reply-waiting', untilOn: '2026-06-19' }]);
    expect(head.dunning.tasks?.map(({ act }) => act)).toEqual(['answerReply']);
    expect(await paperOf(world, 'north', id)).toMatchObject({ kind: 'person', text: 'We pay on Friday.' });
    const entries = await world.accounts.entries(everything, head, { afterVersion: 0, limit: 100 });
    expect(JSON.stringify(entries)).not.toContain('Friday');
    expect((await headOf(world, 'south')).holds).toEqual([]);
  });

  it('is handled by a person, and the account goes on', async () => {
    const { world, replyTo } = await started();
    const id = await take(world, mime(replyTo), replyTo);
    const key = { companyId, accountId: 'north' };
    const desk = { scope: everything, now: tuesday, callerId: 'tenant:col', requestId: 'r' };
    expect(await handleReply(world.parts, key, id, desk)).toMatchObject({ ok: true });
    expect(await handleReply(world.parts, key, id, desk)).toMatchObject({ ok: true });
    const head = await headOf(world, 'north');
    expect([head.holds, head.dunning.tasks]).toEqual([[], []]);
  });

  it('stands on the account beside what it answers, unread until somebody handled it; a machine’s never is', async () => {
    const { world, replyTo } = await started();
    const id = await take(world, mime(replyTo), replyTo);
    const automatic = ['Auto-Submitted: auto-replied', 'Content-Type: text/plain; charset=utf-8'];
    await take(world, mime(replyTo, { subject: 'Out of office', headers: automatic }), replyTo);
    const key = { companyId, accountId: 'north' };
    const listed = async () => {
      const answer = await listMessages(world.parts, key, { limit: 10 }, everything);
      if (!answer.ok) throw new Error(answer.detail);
      const { unread, messages } = answer.value;
      const lines = messages.filter(({ state }) => state === 'received');
      return { unread, lines: lines.map(({ text, isUnread, answers }) => [text, isUnread, answers]) };
    };
    const original = 'message:2026-06-16:mail';
    expect(await listed()).toMatchObject({ unread: 1 });
    expect((await listed()).lines.toSorted()).toEqual([
      ['absence', false, original],
      ['person', true, original],
    ]);
    const desk = { scope: everything, now: tuesday, callerId: 'tenant:col', requestId: 'r' };
    await handleReply(world.parts, key, id, desk);
    expect(await listed()).toMatchObject({ unread: 0 });
    expect((await listed()).lines.some(([, isUnread]) => isUnread)).toBe(false);
  });

  it.each(['a name of its own', 'the event that told it'])(
    'that lost its token is found by what it answers, known by %s',
    async (by) => {
      const { world } = await started();
      const name = 'internet:m1@dunwell.example';
      const place = { companyId, accountId: 'north', messageId: 'message:2026-06-16:mail' };
      const event = { eventId: 'report:1', receivedAt: '2026-06-16T08:01:00Z', content: {} };
      if (by === 'a name of its own') await world.inbox.point(everything, name, place);
      else
        await world.inbox.keepPlaced(
          everything,
          { ...event, kind: 'report', state: 'done' },
          { name, place },
        );
      const headers = ['In-Reply-To: <m1@dunwell.example>', 'Content-Type: text/plain'];
      await take(world, mime('billing@dunwell.example', { headers }), 'billing@dunwell.example');
      expect((await headOf(world, 'north')).holds).toHaveLength(1);
    },
  );

  it('that nobody can place waits for a person, and pauses what the person says', async () => {
    const { world } = await started();
    await take(world, mime('billing@dunwell.example'), 'billing@dunwell.example');
    expect((await headOf(world, 'north')).holds).toEqual([]);
    const listed = await listUnplaced(world.parts, { limit: 5 }, everything);
    const [mail] = listed.ok ? listed.value.mails : [];
    expect(mail).toMatchObject({ from: 'ap@north.example', text: 'We pay on Friday.' });
    const to = { company: companyId, account: 'south' };
    await assignUnplaced(world.parts, mail!.mail, to, { scope: everything, system: everything });
    await work(world);
    expect((await headOf(world, 'south')).holds).toHaveLength(1);
    expect(await listUnplaced(world.parts, { limit: 5 }, everything)).toMatchObject({ value: { mails: [] } });
  });
});

describe('a machine that answers', () => {
  it.each([
    ['an absence note', 'Out of office: back on Monday', ['Auto-Submitted: auto-replied'], 'absence'],
    ['a German absence note', 'Abwesenheitsnotiz: Re: Mahnung', [], 'absence'],
    ['a French one', 'Réponse automatique : rappel', [], 'absence'],
    ['a Hebrew one', 'תגובה אוטומטית: תזכורת', [], 'absence'],
    [
      'a ticket system',
      '[Ticket #48213] We received your request',
      ['X-Auto-Response-Suppress: All'],
      'ticket',
    ],
    ['a mail server', 'Undeliverable: reminder', [], 'delivery'],
    ['a mailing list', 'Re: reminder', ['Precedence: bulk'], 'other'],
  ])('%s pauses nothing', async (_who, subject, extra, kind) => {
    const { world, replyTo } = await started();
    const headers = [...extra, 'Content-Type: text/plain; charset=utf-8'];
    const id = await take(world, mime(replyTo, { subject, headers }), replyTo);
    expect((await paperOf(world, 'north', id)).kind).toBe(kind);
    expect((await headOf(world, 'north')).holds).toEqual([]);
  });

  it('and names a substitute gives somebody the task to look at it', async () => {
    const { world, replyTo } = await started();
    const body = 'I am away. Please write to kira@north.example instead.';
    const id = await take(world, mime(replyTo, { subject: 'Out of office', body }), replyTo);
    expect((await paperOf(world, 'north', id)).substitute).toBe('kira@north.example');
    expect((await headOf(world, 'north')).dunning.tasks?.map(({ act }) => act)).toEqual(['checkSubstitute']);
  });

  it('a person who writes about a ticket is a person', async () => {
    const { world, replyTo } = await started();
    const id = await take(world, mime(replyTo, { subject: 'Re: reminder, see our ticket 4711' }), replyTo);
    expect((await paperOf(world, 'north', id)).kind).toBe('person');
  });
});

describe('what comes with a mail', () => {
  const parts = (type: string, name: string, content: string): string[] => [
    '--b',
    `Content-Type: ${type}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(content).toString('base64'),
  ];

  it('is kept when it is a paper by its bytes, and left out with the reason when it is not', async () => {
    const { world, replyTo } = await started();
    const body = [
      ...['--b', 'Content-Type: text/html', '', '<p>See <script>alert(1)</script>attached</p>'],
      ...parts('application/pdf', '../proof.pdf', '%PDF-1.4\n%%EOF\n'),
      ...parts('application/pdf', 'virus.pdf', 'MZ this is no PDF'),
      '--b--',
    ].join('\r\n');
    const headers = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'];
    const id = await take(world, mime(replyTo, { headers, body }), replyTo);
    const paper = await paperOf(world, 'north', id);
    expect(paper.papers).toMatchObject([{ contentType: 'application/pdf', file: `replies/${id}/1` }]);
    expect(paper.papers[0]?.name).not.toContain('/');
    expect(paper.leftOut).toMatchObject([{ name: 'virus.pdf' }]);
    expect(paper.text).toBe('See attached');
  });

  it('cannot break the limits: what is no mail waits for a person', async () => {
    const { world, replyTo } = await started();
    const deep = Array.from({ length: 60 }, (_, n) => [
      `Content-Type: multipart/mixed; boundary=b${n}`,
      '',
      `--b${n}`,
    ]).flat();
    await take(world, Buffer.from(`From: a@b.example\r\nTo: ${replyTo}\r\n${deep.join('\r\n')}`), replyTo);
    expect((await headOf(world, 'north')).holds).toEqual([]);
    expect(await listUnplaced(world.parts, { limit: 5 }, everything)).toMatchObject({
      value: { mails: [{}] },
    });
  });
});

describe('the signature of an inbound mail', () => {
  const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => key.toString('base64'));
  const bytes = mime('x@y.example');
  const seconds = Math.floor(tuesday.epochMilliseconds / 1_000);
  const signed = (key: string, at: number, of: Uint8Array = bytes): string => {
    const hmac = createHmac('sha256', Buffer.from(key, 'base64')).update(`${at}.to@us.example.`).update(of);
    return `t=${at},v1=${hmac.digest('hex')}`;
  };
  const verify = (signature: string | null, of: Uint8Array = bytes, recipient = 'to@us.example') =>
    verifyRawMail(
      { bytes: of, now: tuesday, header: (name) => (name === 'x-dunwell-recipient' ? recipient : signature) },
      keys,
    ).ok;

  it('holds by either of two keys', () => {
    expect(keys.map((key) => verify(signed(key, seconds)))).toEqual([true, true]);
  });

  it.each([
    ['is missing', () => verify(null)],
    ['is of another key', () => verify(signed(Buffer.alloc(32, 9).toString('base64'), seconds))],
    ['is of another body', () => verify(signed(keys[0]!, seconds), mime('other@y.example'))],
    ['is of another recipient', () => verify(signed(keys[0]!, seconds), bytes, 'else@us.example')],
    ['is older than five minutes', () => verify(signed(keys[0]!, seconds - 301))],
    ['is from the future', () => verify(signed(keys[0]!, seconds + 301))],
  ])('does not hold when it %s', (_why, holds) => {
    expect(holds()).toBe(false);
  });
});
