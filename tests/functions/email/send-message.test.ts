/**
 * A planned message goes out once, as it was kept, or not at all, and why not is written down.
 */
import { describe, expect, it } from 'vitest';
import { payment } from './payment.ts';
import { sentPaperOf } from './papers.ts';
import {
  appendTo,
  companyId,
  contact,
  createMailWorld,
  factsIn,
  headOf,
  lateItem,
  open,
  plan,
  run,
  today,
  tuesday,
  type MailWorld,
  type WorldOptions,
} from './mail-world.ts';

const started = async (options: WorldOptions = {}): Promise<{ world: MailWorld; id: string }> => {
  const world = await createMailWorld(options);
  await open(world, 'north', [lateItem('north', 1, 5), lateItem('north', 2, 4)]);
  return { world, id: await plan(world, 'north') };
};
const kinds = async (world: MailWorld): Promise<string[]> =>
  (await factsIn(world, 'north')).map(({ kind }) => kind);

describe('a planned reminder', () => {
  it('reaches the contact once, with its items, its link and an address to reply to', async () => {
    const { world, id } = await started();
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'gone' });
    expect(world.mailer.accepted).toHaveLength(1);
    const { mail } = world.mailer.accepted[0]!;
    expect(mail.to).toEqual([{ address: 'ap@north.example', name: 'Kim Ap' }]);
    expect(mail.subject).toContain('Acme Tools Ltd');
    expect(mail.text).toContain('north-1');
    expect(mail.html).toContain('https://pay.acme.example/pay/');
    expect(mail.replyTo[0]?.address).toMatch(/^reply\+[0-9a-f]{32}@reply\.dunwell\.example$/);
    expect((await headOf(world, 'north')).dunning).toMatchObject({ stage: 2 });
    expect((await headOf(world, 'north')).dunning.message).toBeUndefined();
  });

  it('is kept byte for byte before it is claimed, and its paper says to whom it went', async () => {
    const { world, id } = await started();
    await run(world, 'north', id);
    const paper = await sentPaperOf(world, 'north', id);
    expect(paper.operationId).toBe(world.mailer.accepted[0]?.operationId);
    expect(paper).toMatchObject({ text: 'T2', language: 'en', to: [{ address: 'ap@north.example' }] });
    expect(await kinds(world)).toEqual(
      expect.arrayContaining(['messageClaimed', 'messageSent', 'itemsCarried']),
    );
  });

  it('asks for what is left when something was paid since it was planned', async () => {
    const { world, id } = await started();
    await payment(world, 'north', 'item:invoice:north-1', 50_000);
    await run(world, 'north', id);
    const { mail } = world.mailer.accepted[0]!;
    expect(mail.text).not.toContain('north-1');
    expect(mail.text).toContain('north-2');
  });

  it('is withheld as paid when all of it was paid', async () => {
    const { world, id } = await started();
    await payment(world, 'north', 'item:invoice:north-1', 50_000);
    await payment(world, 'north', 'item:invoice:north-2', 50_000);
    await run(world, 'north', id);
    expect(world.mailer.posts).toEqual([]);
    expect(await factsIn(world, 'north')).toContainEqual(
      expect.objectContaining({ kind: 'messageWithheld', reasons: ['paid'] }),
    );
  });

  it('is withheld for a hold placed since', async () => {
    const { world, id } = await started();
    const hold = { id: 'h1', code: 'on-hold', placedOn: today };
    await appendTo(world, 'north', [{ kind: 'holdPlaced', hold, on: today }]);
    await run(world, 'north', id);
    expect(world.mailer.posts).toEqual([]);
    expect(await kinds(world)).toContain('messageWithheld');
  });

  it('waits for the morning of its recipient', async () => {
    const { world, id } = await started();
    const night = tuesday.add({ hours: 11 });
    expect(await run(world, 'north', id, night)).toEqual({ ok: true, value: 'quiet-hours' });
    expect(world.mailer.posts).toEqual([]);
    const [again] = world.sender.sent.get('messages-to-send')!;
    expect(again?.dueAt?.toString()).toBe('2026-06-17T06:00:00Z');
    expect(again?.sessionId).toBeDefined();
    expect(await run(world, 'north', id, again!.dueAt)).toMatchObject({ ok: true });
  });

  it('without bank details is not rendered and not sent, and says what is missing', async () => {
    const { world, id } = await started();
    const place = { scope: `company:${companyId}`, name: 'ourBankDetails' };
    const change = { by: 'x', at: tuesday.toString(), reason: 'gone' };
    const scope = (await import('../../support/test-edge.ts')).everything;
    await world.settings.save(scope, place, 1, { value: {}, ...change });
    expect(await run(world, 'north', id)).toMatchObject({ ok: false, code: 'not-rendered' });
    expect(world.mailer.posts).toEqual([]);
    expect(await factsIn(world, 'north')).toContainEqual(
      expect.objectContaining({ kind: 'messageWithheld', reasons: ['not-rendered'] }),
    );
  });

  it('goes to the next contact when the first address was barred since the plan', async () => {
    const world = await createMailWorld();
    const who = contact('ap@north.example', { email: 'office@north.example' });
    await open(world, 'north', [lateItem('north', 1, 5)], who);
    const id = await plan(world, 'north');
    const { emailHashOf } = await import('../../../shared/domain/person.ts');
    const emailHash = emailHashOf('ap@north.example', 'salt', world.parts.hashText);
    const scope = (await import('../../support/test-edge.ts')).everything;
    await world.people.save(scope, {
      state: { emailHash, bounced: { since: tuesday.toString() } },
      mark: undefined,
    });
    await run(world, 'north', id);
    expect(world.mailer.accepted[0]?.mail.to[0]?.address).toBe('office@north.example');
  });
});

describe('over the quota', () => {
  it('waits for the next free slot, says so, and is sent then', async () => {
    const { world, id } = await started({ limits: { perMinute: 0, perHour: 0 } });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'quota-wait' });
    expect(world.mailer.posts).toEqual([]);
    expect((await headOf(world, 'north')).dunning.withheld?.reasons).toEqual({ 'quota-wait': 0 });
    expect(world.sender.sent.get('messages-to-send')?.[0]?.dueAt?.toString()).toBe('2026-06-16T09:00:00Z');
  });

  it('of the mail service is planned again, and goes out once when there is room', async () => {
    let isFull = true;
    const until = tuesday.add({ minutes: 5 });
    const { world, id } = await started({
      fault: () => (isFull ? { is: 'quota', until: until.toString() } : undefined),
    });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'quota-wait' });
    expect((await headOf(world, 'north')).dunning.message?.state).toBe('planned');
    isFull = false;
    expect(await run(world, 'north', id, tuesday.add({ minutes: 1 }))).toEqual({
      ok: true,
      value: 'quota-wait',
    });
    expect(await run(world, 'north', id, until)).toEqual({ ok: true, value: 'sent' });
    expect(world.mailer.accepted).toHaveLength(1);
  });
});

describe('when nobody knows whether it was taken', () => {
  it('and it was, the question finds it: nothing is sent again', async () => {
    const { world, id } = await started({ fault: () => 'lost' });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  it('and it was not, the same goes out after a minute, and only after it was asked for', async () => {
    const { world, id } = await started({ fault: (_id, post) => (post === 1 ? 'never' : undefined) });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'unknown' });
    expect(await run(world, 'north', id, tuesday.add({ seconds: 30 }))).toEqual({
      ok: true,
      value: 'unknown',
    });
    expect(world.mailer.posts).toHaveLength(1);
    expect(await run(world, 'north', id, tuesday.add({ seconds: 61 }))).toEqual({ ok: true, value: 'sent' });
    expect(world.mailer.accepted).toHaveLength(1);
    expect(new Set(world.mailer.posts).size).toBe(1);
  });

  it('for four minutes, it is in doubt and stays so until a person or a report decides', async () => {
    const { world, id } = await started({ fault: () => 'never' });
    await run(world, 'north', id);
    const later = tuesday.add({ minutes: 4 });
    expect(await run(world, 'north', id, later)).toEqual({ ok: true, value: 'in-doubt' });
    expect(await run(world, 'north', id, later)).toEqual({ ok: true, value: 'in-doubt' });
    expect(world.mailer.posts).toHaveLength(1);
    expect((await headOf(world, 'north')).dunning.message?.state).toBe('inDoubt');
  });

  it('while the service answers no question, nothing is sent and nothing is given up', async () => {
    const { world, id } = await started({ fault: () => 'never', isDumb: () => true });
    await run(world, 'north', id);
    expect(await run(world, 'north', id, tuesday.add({ minutes: 9 }))).toEqual({
      ok: true,
      value: 'unknown',
    });
    expect(world.mailer.posts).toHaveLength(1);
    expect((await headOf(world, 'north')).dunning.message?.state).toBe('claimed');
  });
});
