/**
 * A collector picks which text everybody of a segment gets (R22): sees how many and three of them, sends once, and each
 * account has one mail in its own language and one entry; gaps, dead addresses, holds and releases are those of any mail.
 */
import { describe, expect, it } from 'vitest';
import { readMessage } from '../../../functions/email/list-messages.ts';
import { previewMailing, sendMailing } from '../../../functions/email/mail-segment.ts';
import { mailingBody, mailingQuery, type MailingText } from '../../../shared/contracts/mail-desk.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import type { ContactMade } from '../../../shared/domain/dunning-position.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import { linesOf } from '../../../shared/domain/timeline-words.ts';
import { letterPdf } from '../../../shared/formats/letter-pdf.ts';
import { everything } from '../../support/test-edge.ts';
import {
  appendTo,
  companyId,
  contact,
  createMailWorld,
  factsIn,
  headOf,
  lateItem,
  open,
  run,
  today,
  tuesday,
} from './mail-world.ts';
import { payment } from './payment.ts';

const segment = 'bakeries';
const reminderId = `message:${today}:mail`;

const started = async (members: Readonly<Record<string, { daysLate: number; language?: string }>>) => {
  const world = await createMailWorld();
  for (const [account, { daysLate, language = 'en' }] of Object.entries(members)) {
    const who = contact(`ap@${account}.example`, { name: account.toUpperCase(), language });
    await open(world, account, [lateItem(account, 1, daysLate)], who);
    await appendTo(world, account, [{ kind: 'segmentNamed', segment, on: today }]);
  }
  const call = { scope: everything, now: tuesday, callerId: 'u:ann' };
  const see = (text: MailingText) =>
    previewMailing(world.parts, companyId, { segment, text, by: 'mail' }, call);
  const send = async (text: MailingText, mailing = 'spring-2026', by: 'mail' | 'letter' = 'mail') => {
    const sent = await sendMailing(world.parts, companyId, { segment, text, by, mailing }, call);
    if (!sent.ok) throw new Error(sent.detail);
    return sent.value;
  };
  return { world, see, send };
};

const four = {
  ...{ a: { daysLate: 12 }, b: { daysLate: 12, language: 'de' }, c: { daysLate: 1 }, d: { daysLate: 2 } },
};

describe('the text a collector picked for a segment (R22)', () => {
  it('is seen first: the count and three samples, each in the language of its reader', async () => {
    const { world, see } = await started(four);
    const seen = await see('T3');
    if (!seen.ok) throw new Error(seen.detail);
    expect(seen.value).toMatchObject({ accounts: ['a', 'b', 'c', 'd'], withheld: [], refused: [] });
    expect(seen.value.samples.map(({ account, text, language }) => [account, text, language])).toEqual([
      ['a', 'T3', 'en'],
      ['b', 'T3', 'de'],
      ['c', 'T3', 'en'],
    ]);
    expect(world.mailer.accepted).toEqual([]);
    for (const account of ['a', 'b', 'c', 'd'])
      expect((await headOf(world, account)).dunning.message).toBeUndefined();
  });

  it('goes once to each with its own items, whatever is delivered twice, and is one entry of each', async () => {
    const { world, send } = await started(four);
    const before = new Map<string, number>();
    for (const account of ['a', 'b', 'c', 'd']) before.set(account, (await headOf(world, account)).version);
    expect(await send('T3')).toEqual({
      ...{ planned: ['a', 'b', 'c', 'd'], known: 0, later: [], withheld: [], notDue: 0 },
    });
    expect(await send('T3')).toMatchObject({ planned: [], known: 4 });
    expect(await send('T13')).toMatchObject({ planned: [], known: 4 });
    for (const account of ['a', 'b', 'c', 'd'])
      expect((await headOf(world, account)).version).toBe(before.get(account)! + 1);
    for (const account of ['a', 'b', 'c', 'd', 'a', 'b', 'c', 'd']) await run(world, account, reminderId);
    expect(world.mailer.accepted).toHaveLength(4);
    for (const { mail } of world.mailer.accepted) {
      const account = mail.to[0]!.address.slice('ap@'.length, 'ap@'.length + 1);
      expect(mail.text).toContain(`${account}-1`);
      for (const other of ['a', 'b', 'c', 'd'].filter((one) => one !== account))
        expect(mail.text).not.toContain(`${other}-1`);
    }
    expect(await send('T3')).toMatchObject({ planned: [], known: 4 });
  });

  it('counts as a person’s contact: what was due and no firmer is done, the next step is not', async () => {
    const { world, send } = await started(four);
    await send('T3');
    for (const account of ['a', 'c']) await run(world, account, reminderId);
    const key = { companyId, accountId: 'a' };
    const { account } = await world.accounts.load(everything, key, ['item:invoice:a-1']);
    // 12 days late under the usual policy: its own first reminder was due, and this was it
    expect(account.items.get('item:invoice:a-1')!.stage).toBe(2);
    expect(account.head.dunning.contacts).toMatchObject([{ by: 'person', channel: 'mail', tone: 'clear' }]);
    const early = await world.accounts.load(everything, { companyId, accountId: 'c' }, ['item:invoice:c-1']);
    expect(early.account.items.get('item:invoice:c-1')!.stage).toBe(0);
  });

  it('is kept back, with the reason for each in the answer and once in its timeline', async () => {
    const { world, see, send } = await started({ ...four, e: { daysLate: 5 }, f: { daysLate: -20 } });
    await contacted(world, 'a', { on: addDays(today, -2), by: 'auto', tone: 'friendly' });
    for (const days of [4, 3, 2]) {
      const on = addDays(today, -days);
      await contacted(world, 'c', { on, by: 'person', isLost: true });
    }
    await barred(world, 'ap@d.example');
    const hold = { id: 'h1', code: 'on-hold', placedOn: today };
    await appendTo(world, 'e', [{ kind: 'holdPlaced', hold, on: today }]);
    const withheld = [
      { account: 'a', reasons: ['recent-contact'] },
      { account: 'c', reasons: ['frequency-cap'] },
      { account: 'd', reasons: ['bounced'] },
      { account: 'e', reasons: ['on-hold'] },
    ];
    expect(await see('T2')).toMatchObject({ value: { accounts: ['b'], withheld } });
    expect(await send('T2')).toMatchObject({ planned: ['b'], withheld, notDue: 1 });
    expect(await send('T2')).toMatchObject({ planned: [], withheld: [], known: 5 });
    const lines = (await entriesOf(world, 'c')).flatMap(linesOf).map(({ text }) => text);
    expect(lines.filter((text) => text.startsWith('reminder not sent'))).toHaveLength(1);
    for (const account of ['a', 'b', 'c', 'd', 'e']) await run(world, account, reminderId);
    expect(world.mailer.accepted.map(({ mail }) => mail.to[0]?.address)).toEqual(['ap@b.example']);
  });

  it('is looked at again before it goes out: what was paid since, or held, is not asked for', async () => {
    const { world, send } = await started(four);
    await send('T4');
    await payment(world, 'a', 'item:invoice:a-1', 50_000);
    const hold = { id: 'h1', code: 'on-hold', placedOn: today };
    await appendTo(world, 'b', [{ kind: 'holdPlaced', hold, on: today }]);
    for (const account of ['a', 'b', 'c']) await run(world, account, reminderId);
    expect(world.mailer.accepted.map(({ mail }) => mail.to[0]?.address)).toEqual(['ap@c.example']);
    expect(await factsIn(world, 'a')).toContainEqual(
      expect.objectContaining({ kind: 'messageWithheld', reasons: ['paid'] }),
    );
  });

  it('may be the next reminder of each one’s own policy; where none is due, nothing goes out', async () => {
    const { world, see, send } = await started(four);
    expect(await see('next')).toMatchObject({ value: { accounts: ['a', 'b'] } });
    expect(await send('next')).toMatchObject({ planned: ['a', 'b'], notDue: 2 });
    expect((await headOf(world, 'a')).dunning.message).toMatchObject({ text: 'T2', state: 'planned' });
    expect((await headOf(world, 'a')).dunning.message?.byHand).toBeUndefined();
  });

  it('waits as a draft in the first two weeks, as any reminder does', async () => {
    const { world, send } = await started(four);
    const place = { scope: `company:${companyId}`, name: 'dunning' };
    const value = { goLiveOn: today, disclosedFactors: [] };
    await world.settings.save(everything, place, 1, {
      value,
      by: 'x',
      at: tuesday.toString(),
      reason: 'live',
    });
    expect(await send('T3')).toMatchObject({ planned: ['a', 'b', 'c', 'd'] });
    await run(world, 'a', reminderId);
    expect(world.mailer.accepted).toEqual([]);
    expect((await headOf(world, 'a')).dunning.message).toMatchObject({ state: 'awaiting', needs: ['draft'] });
  });

  it('goes by letter, too, where the collector says so: drawn, kept, and somebody posts it, once (R30)', async () => {
    const { world, send } = await started({ a: { daysLate: 12 } });
    const parts = { ...world.parts, letterOf: letterPdf };
    expect(await send('T3', 'by-post', 'letter')).toMatchObject({ planned: ['a'] });
    for (let time = 0; time < 2; time += 1) await run({ ...world, parts }, 'a', reminderId);
    expect(world.mailer.accepted.map(({ mail }) => mail.files.map(({ name }) => name))).toEqual([
      ['letter.pdf'],
    ]);
    const message = await readMessage(
      parts,
      { companyId, accountId: 'a', messageId: reminderId },
      everything,
    );
    expect(message).toMatchObject({ value: { text: 'T3', files: [{ name: 'letter.pdf' }] } });
    const tasks = (await factsIn(world, 'a')).filter(({ kind }) => kind === 'taskCreated');
    expect(tasks).toMatchObject([{ task: { act: 'postLetter', does: ['arClerk'], sums: { EUR: 50_000 } } }]);
  });

  it.each([
    ['letter', 'T2', true],
    ['letter', 'T13', false],
    ['letter', 'next', false],
    ['mail', 'T13', true],
    ['fax', 'T2', false],
  ])('by %s, %s: what may go so goes', (by, text, isTaken) => {
    const asked = { segment, text, by };
    expect(mailingQuery.safeParse(asked).success).toBe(isTaken);
    expect(mailingBody.safeParse({ ...asked, mailing: 'spring-2026' }).success).toBe(isTaken);
  });

  it('that is a final notice is nobody’s to send by hand', () => {
    const body = { mailing: 'spring-2026', segment, text: 'T5' };
    expect(mailingBody.safeParse(body).success).toBe(false);
    expect(mailingBody.safeParse({ ...body, text: 'T4' }).success).toBe(true);
  });
});

type World = Awaited<ReturnType<typeof createMailWorld>>;

const contacted = (world: World, account: string, contact: Omit<ContactMade, 'channel'>): Promise<void> =>
  appendTo(world, account, [{ kind: 'contactMade', contact: { ...contact, channel: 'mail' }, on: today }]);

const barred = async (world: World, email: string): Promise<void> => {
  const emailHash = emailHashOf(email, 'salt', world.parts.hashText);
  const bounced = { since: tuesday.toString() };
  await world.people.save(everything, { state: { emailHash, bounced }, mark: undefined });
};

const entriesOf = (world: World, accountId: string) =>
  world.accounts.entries(everything, { companyId, accountId }, { afterVersion: 0, limit: 500 });
