/**
 * Coming in (R70, A9): a link for who may see an account, once and for ten minutes; silence for everybody else; limits.
 */
import { describe, expect, it } from 'vitest';
import { openSession } from '../../../functions/portal/open-session.ts';
import { requestSignIn } from '../../../functions/portal/request-sign-in.ts';
import { sendSignIn, type SignInMailParts } from '../../../functions/email/send-sign-in.ts';
import type { SignInStores } from '../../../functions/portal/portal-parts.ts';
import { signInMessage, type SignInMessage } from '../../../shared/contracts/messages.ts';
import { hmacLinks } from '../../../shared/azure/hmac-links.ts';
import { newSecret, sealedBy } from '../../../shared/azure/secrets.ts';
import { masterDataIdOf } from '../../../shared/domain/master-data.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import { all, cashWorld, invoice, now } from '../../support/cash-world.ts';
import { crashAt, withFaults } from '../../support/faults.ts';
import { memoryCallCounter } from '../../support/memory/call-counter.ts';
import { memoryPacing } from '../../support/memory/mail-pacing.ts';
import { memoryMailer, type MailerOptions } from '../../support/memory/mailer.ts';
import { memoryMembers, memorySessions } from '../../support/memory/session-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const place = { companyId: 'c1', accountId: 'a1' };

type Options = MailerOptions & { perMinute?: number };

const world = async ({ perMinute = 30, ...service }: Options = {}) => {
  const cash = await cashWorld();
  await cash.post('a1', invoice('1', 100_00));
  const sender = { name: 'Ann', email: 'ann@seller.example', phone: '+49 30 1', hours: '9-17' };
  const setting = {
    from: 'ar@seller.example',
    replyDomain: 'r.seller.example',
    address: ['Street 1'],
    sender,
  };
  await cash.set('mail', { ...setting, linkOrigin: 'https://pay.example.com' });
  const loaded = await cash.parts.accounts.load(all, place);
  const contacts = { contacts: [{ name: 'Pat', email: 'pat@north.example' }] };
  await cash.parts.accounts.append(
    ...([all, loaded] as const),
    {
      ...{ at: now, actor: { kind: 'job', id: 't' }, cause: { kind: 'row', id: '1' } },
      facts: [{ kind: 'masterDataNoted', masterData: masterDataIdOf(1), on: '2026-03-10' as never }],
    },
    undefined,
    [{ id: masterDataIdOf(1), content: contacts }],
  );
  const queue: SignInMessage[] = [];
  const mailer = memoryMailer(service);
  const mails = mailer.accepted;
  const parts: SignInStores & SignInMailParts = {
    ...{ accounts: cash.parts.accounts, settings: cash.parts.settings, hashText: cash.parts.hashText },
    sender: {
      send: async (_queue, sent) => void queue.push(...sent.map(({ body }) => signInMessage.parse(body))),
    },
    ...{ sessions: memorySessions(), members: memoryMembers(), tokens: memoryTokens() },
    ...{ links: hmacLinks([key]), seal: sealedBy([key]), newSecret, counter: memoryCallCounter() },
    hashEmail: (email) => emailHashOf(email, 'salt of the tests', cash.parts.hashText),
    origin: 'https://pay.example.com',
    ...{ mailer, pacing: memoryPacing({ perMinute, perHour: 100 }) },
  };
  const claim = {
    ...place,
    messageId: 'message:x',
    purpose: 'pay',
    expiresAt: '2026-04-01T00:00:00Z',
  } as const;
  const link = parts.links.sign(claim);
  return {
    ...{ cash, parts, queue, mails, mailer, link },
    ask: (email: string, more: { link?: string; network?: string } = {}) =>
      requestSignIn(
        parts,
        { email, ...(more.link === undefined ? {} : { link: more.link }) },
        { network: more.network ?? '192.0.2.1', now },
      ),
    work: async (at = now) => {
      for (const message of queue.splice(0)) await sendSignIn(parts, message, { scope: all, now: at });
    },
    token: () => /#([\w-]+)/.exec(mails.at(-1)?.mail.text ?? '')?.[1] ?? '',
  };
};

describe('a link', () => {
  it('goes to a contact of the account whose mail they came by, and to nobody else', async () => {
    const { ask, work, mails, link } = await world();
    const answers = [await ask('Pat@North.example', { link }), await ask('eve@evil.example', { link })];
    answers.push(await ask('pat@north.example'), await ask('pat@north.example', { link: 'forged.x' }));
    expect(new Set(answers.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"accepted":true}']));
    await work();
    expect(mails.map(({ mail }) => mail.to[0]?.address)).toEqual(Array(3).fill('pat@north.example'));
  });

  it('opens one session, once; looking at it uses nothing up', async () => {
    const { ask, work, parts, token, link } = await world();
    await ask('pat@north.example', { link });
    await work();
    const opened = await openSession(parts, { token: token() }, now);
    expect(opened).toMatchObject({ ok: true, value: { answer: { endsAt: '2026-03-10T12:00:00Z' } } });
    expect(await openSession(parts, { token: token() }, now)).toMatchObject({ code: 'sign-in-link-over' });
    const [hash = '', secret = ''] = (opened.ok ? opened.value.cookie : '').split('.');
    expect(await parts.sessions.read(hash, parts.hashText(secret))).toBeDefined();
  });

  it.each<[string, (token: string) => string, number]>([
    ['after ten minutes', (token) => token, 10],
    ['with a letter changed', (token) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 0],
    ['that nobody made', () => 'x'.repeat(43), 0],
  ])('%s opens nothing', async (_what, change, minutes) => {
    const { ask, work, parts, token, link } = await world();
    await ask('pat@north.example', { link });
    await work();
    const later = now.add({ minutes });
    expect(await openSession(parts, { token: change(token()) }, later)).toMatchObject({
      code: 'sign-in-link-over',
    });
  });

  it('of a message delivered twice goes out once', async () => {
    const { ask, queue, work, mailer, link } = await world();
    await ask('pat@north.example', { link });
    queue.push(queue[0]!);
    await work();
    expect(mailer.posts).toHaveLength(1);
  });

  it('does not open for who is no contact any more', async () => {
    const { ask, work, parts, token, link, cash } = await world();
    await ask('pat@north.example', { link });
    await work();
    const loaded = await cash.parts.accounts.load(all, place);
    const facts = [
      { kind: 'masterDataNoted', masterData: masterDataIdOf(2), on: '2026-03-10' as never },
    ] as const;
    const change = {
      at: now,
      actor: { kind: 'job', id: 't' } as const,
      cause: { kind: 'row', id: '2' },
      facts,
    };
    await cash.parts.accounts.append(all, loaded, change, undefined, [
      { id: masterDataIdOf(2), content: {} },
    ]);
    expect(await openSession(parts, { token: token() }, now)).toMatchObject({ code: 'sign-in-link-over' });
  });
});

describe('beyond five in a quarter of an hour', () => {
  it('of one address nothing more goes out, and the answer stays the same', async () => {
    const { ask, queue } = await world();
    for (let n = 1; n <= 8; n += 1)
      expect(await ask('pat@north.example', { network: `192.0.2.${n}` })).toEqual({ accepted: true });
    expect(queue).toHaveLength(5);
  });

  it('of one network nothing more goes out, whatever address is tried', async () => {
    const { ask, queue } = await world();
    for (let n = 1; n <= 8; n += 1) await ask(`person${n}@north.example`);
    expect(queue).toHaveLength(5);
  });
});

describe('a link whose sending was disturbed', () => {
  const asked = async (options: Options) => {
    const made = await world(options);
    await made.ask('pat@north.example', { link: made.link });
    return made;
  };

  it('was taken without an answer: it is asked for and not sent again', async () => {
    const { work, queue, mails, mailer } = await asked({ fault: () => 'lost' });
    await work();
    expect(queue).toHaveLength(1);
    await work(now.add({ seconds: 60 }));
    expect([mails.length, mailer.posts.length, queue.length]).toEqual([1, 1, 0]);
  });

  it('was not taken: after a minute, and asking, it is sent under the same name', async () => {
    const { work, queue, mails, mailer } = await asked({
      fault: (_id, post) => (post === 1 ? 'never' : undefined),
    });
    const copy = queue[0]!;
    await work();
    // the message itself comes back at once: hands off while somebody may be at it
    queue.push(copy);
    await work(now.add({ seconds: 10 }));
    expect(mailer.posts).toHaveLength(1);
    await work(now.add({ seconds: 60 }));
    expect([mails.length, new Set(mailer.posts).size, mailer.posts.length]).toEqual([1, 1, 2]);
  });

  it('is never posted again after four minutes, nor while the service says nothing', async () => {
    const { work, queue, mailer } = await asked({ fault: () => 'never' });
    const copy = queue[0]!;
    await work();
    queue.splice(0, queue.length, copy);
    await work(now.add({ seconds: 240 }));
    const dumb = await asked({ fault: () => 'never', isDumb: () => true });
    await dumb.work();
    await dumb.work(now.add({ seconds: 60 }));
    await dumb.work(now.add({ seconds: 120 }));
    expect([mailer.posts.length, queue.length, dumb.mailer.posts.length]).toEqual([1, 0, 1]);
  });

  it('waits its turn behind other mail, and not longer than it lasts', async () => {
    const { ask, link, work, queue, mails } = await asked({ perMinute: 1 });
    await ask('pat@north.example', { link });
    await work();
    expect([mails.length, queue.length]).toEqual([1, 1]);
    await work(now.add({ minutes: 10 }));
    expect([mails.length, queue.length]).toEqual([1, 0]);
  });

  it.each([1, 2, 3, 4, 5])('and a process that dies at call %i: one mail', async (place) => {
    for (const when of ['before', 'after'] as const) {
      const { parts, queue, mailer } = await asked({});
      const message = queue.splice(0)[0]!;
      const gate = crashAt(place, when);
      const faulty = {
        ...parts,
        ...{
          tokens: withFaults(parts.tokens, gate, 'tokens'),
          mailer: withFaults(parts.mailer, gate, 'mailer'),
        },
        ...{
          pacing: withFaults(parts.pacing, gate, 'pacing'),
          members: withFaults(parts.members, gate, 'members'),
        },
      };
      await sendSignIn(faulty, message, { scope: all, now }).catch(() => undefined);
      for (const seconds of [1, 61, 122])
        await sendSignIn(parts, message, { scope: all, now: now.add({ seconds }) });
      expect([place, when, mailer.accepted.length]).toEqual([place, when, 1]);
    }
  });
});
