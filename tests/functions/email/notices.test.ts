/**
 * Notices: what answers a customer goes out once, also to somebody who wants no reminders, never to a barred address.
 */
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../../shared/domain/facts.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import { planNotice } from '../../../shared/domain/plan-notice.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { everything } from '../../support/test-edge.ts';
import {
  appendTo,
  companyId,
  createMailWorld,
  factsIn,
  headOf,
  lateItem,
  open,
  run,
  today,
  tuesday,
  type MailWorld,
  type WorldOptions,
} from './mail-world.ts';

const started = async (options: WorldOptions = {}): Promise<{ world: MailWorld; id: string }> => {
  const world = await createMailWorld(options);
  await open(world, 'north', [lateItem('north', 1, 5)]);
  const promise = {
    ...({
      id: 'promise:p1',
      by: 'customer',
      currency: 'EUR',
      amount: amountOf(50_000),
      madeOn: today,
    } as const),
    ...{ dueOn: today, judgeOn: today },
    items: [
      {
        itemId: 'item:invoice:north-1',
        amount: amountOf(50_000),
        openThen: amountOf(50_000),
        changesThen: 0,
      },
    ],
  };
  const made: Fact = { kind: 'promiseMade', promise, on: today };
  const planned = planNotice(await headOf(world, 'north'), { text: 'T6', causeId: 'promise:p1' }, today);
  if (!planned.ok) throw new Error(planned.detail);
  await appendTo(world, 'north', [made, ...planned.value]);
  return { world, id: 'message:T6:promise:p1' };
};
const known = async (world: MailWorld, more: object): Promise<void> => {
  const emailHash = emailHashOf('ap@north.example', 'salt', world.parts.hashText);
  await world.people.save(everything, { state: { emailHash, ...more }, mark: undefined });
};

describe('a notice whose id the head has forgotten', () => {
  it('is not sent again by who plans it anew, and remembered', async () => {
    const { world, id } = await started();
    await run(world, 'north', id);
    const others = Array.from({ length: 11 }, (_, n) => `message:T6:other-${n}`);
    const over = others.map((messageId): Fact => ({ kind: 'noticeSent', messageId, on: today }));
    await appendTo(world, 'north', over);
    const again = planNotice(await headOf(world, 'north'), { text: 'T6', causeId: 'promise:p1' }, today);
    expect(again).toMatchObject({ ok: true, value: [{ kind: 'noticePlanned' }] });
    await appendTo(world, 'north', again.ok ? again.value : []);
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'gone' });
    expect(world.mailer.accepted).toHaveLength(1);
    expect((await headOf(world, 'north')).dunning).toMatchObject({
      notices: [],
      overNotices: [id, ...others.toReversed().slice(0, 9)],
    });
  });
});

describe('the note of a promise', () => {
  it('goes out once with what was promised', async () => {
    const { world, id } = await started();
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'gone' });
    expect(world.mailer.accepted).toHaveLength(1);
    expect(world.mailer.accepted[0]?.mail.text).toContain('500.00');
    expect((await headOf(world, 'north')).dunning.notices).toEqual([]);
  });

  it('that the mail service had no room for goes out once there is room', async () => {
    let isFull = true;
    const until = tuesday.add({ minutes: 5 });
    const { world, id } = await started({
      fault: () => (isFull ? { is: 'quota', until: until.toString() } : undefined),
    });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'quota-wait' });
    isFull = false;
    expect(await run(world, 'north', id, until)).toEqual({ ok: true, value: 'sent' });
    expect(world.mailer.accepted).toHaveLength(1);
  });

  it('while everything is stopped comes back at one instant, however often it was delivered', async () => {
    const { world, id } = await started();
    const place = { scope: `company:${companyId}`, name: 'dunning-stop' };
    const stop = { value: { isStopped: true }, by: 'u', at: '2026-06-16T07:00:00Z', reason: 'test' };
    await world.parts.settings.save(everything, place, 0, stop);
    for (const seconds of [0, 61, 437])
      expect(await run(world, 'north', id, tuesday.add({ seconds }))).toEqual({
        ok: true,
        value: 'stop-all',
      });
    const waiting = world.sender.sent.get('messages-to-send') ?? [];
    expect(new Set(waiting.map((one) => one.id)).size).toBe(1);
    expect(waiting[0]?.dueAt?.toString()).toBe('2026-06-16T08:15:00Z');
  });

  it('reaches somebody who wants no reminders', async () => {
    const { world, id } = await started();
    await known(world, { optedOutOf: { acme: { since: tuesday.toString() } } });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
  });

  it('is withheld from a barred address, with the reason', async () => {
    const { world, id } = await started();
    await known(world, { suppressed: { reason: 'complaint', since: tuesday.toString() } });
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'gone' });
    expect(world.mailer.posts).toEqual([]);
    expect(await factsIn(world, 'north')).toContainEqual(
      expect.objectContaining({ kind: 'noticeWithheld', reasons: ['suppressed'] }),
    );
  });
});
