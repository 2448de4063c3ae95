/**
 * Coming in: a link for who may see an account, once and for ten minutes; silence for everybody else; limits.
 */
import { describe, expect, it } from 'vitest';
import { openSession } from '../../../functions/portal/open-session.ts';
import { requestSignIn } from '../../../functions/portal/request-sign-in.ts';
import { sendSignIn } from '../../../functions/portal/send-sign-in.ts';
import type { MailStores, SignInStores } from '../../../functions/portal/portal-parts.ts';
import { signInMessage, type SignInMessage } from '../../../shared/contracts/messages.ts';
import { hmacLinks } from '../../../shared/azure/hmac-links.ts';
import { newSecret, sealedBy } from '../../../shared/azure/secrets.ts';
import { masterDataIdOf } from '../../../shared/domain/master-data.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import type { Mail } from '../../../shared/domain/mail.ts';
import { all, cashWorld, invoice, now } from '../../support/cash-world.ts';
import { memoryCallCounter } from '../../support/memory/call-counter.ts';
import { memoryMembers, memorySessions } from '../../support/memory/session-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const place = { companyId: 'c1', accountId: 'a1' };

const world = async () => {
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
  const mails: { operationId: string; mail: Mail }[] = [];
  const parts: SignInStores & MailStores = {
    ...{ accounts: cash.parts.accounts, settings: cash.parts.settings, hashText: cash.parts.hashText },
    sender: {
      send: async (_queue, sent) => void queue.push(...sent.map(({ body }) => signInMessage.parse(body))),
    },
    ...{ sessions: memorySessions(), members: memoryMembers(), tokens: memoryTokens() },
    ...{ links: hmacLinks([key]), seal: sealedBy([key]), newSecret, counter: memoryCallCounter() },
    hashEmail: (email) => emailHashOf(email, 'salt of the tests', cash.parts.hashText),
    origin: 'https://pay.example.com',
    mailer: {
      send: async (operationId, mail) => {
        mails.push({ operationId, mail });
        return { is: 'accepted' };
      },
      status: async () => ({ is: 'not-found' }),
    },
    pacing: {
      take: async () => ({ is: 'free' }),
      pause: async () => undefined,
      pace: async () => ({ lastMinute: 0, lastHour: 0, perMinute: 30, perHour: 100 }),
    },
  };
  const claim = {
    ...place,
    messageId: 'message:x',
    purpose: 'pay',
    expiresAt: '2026-04-01T00:00:00Z',
  } as const;
  const link = parts.links.sign(claim);
  return {
    ...{ cash, parts, queue, mails, link },
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

  it('of a message delivered twice is the same link under the same name', async () => {
    const { ask, queue, work, mails, link } = await world();
    await ask('pat@north.example', { link });
    queue.push(queue[0]!);
    await work();
    expect(mails[0]).toEqual(mails[1]);
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
