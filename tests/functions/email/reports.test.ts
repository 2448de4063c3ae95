/**
 * Delivery reports: late, double, out of order, or before anybody knows that the mail went out.
 */
import { describe, expect, it } from 'vitest';
import { applyReport } from '../../../functions/email/apply-report.ts';
import type { DeliveryReport } from '../../../shared/contracts/mail-events.ts';
import { emailHashOf } from '../../../shared/domain/person.ts';
import { everything } from '../../support/test-edge.ts';
import {
  companyId,
  contact,
  createMailWorld,
  factsIn,
  headOf,
  lateItem,
  open,
  plan,
  run,
  tuesday,
  type MailWorld,
  type WorldOptions,
} from './mail-world.ts';
import { sentPaperOf } from './papers.ts';

const only = 'ap@north.example';

const sent = async (
  who = contact(),
  options: WorldOptions = {},
): Promise<{ world: MailWorld; id: string }> => {
  const world = await createMailWorld(options);
  await open(world, 'north', [lateItem('north', 1, 5)], who);
  const id = await plan(world, 'north');
  await run(world, 'north', id);
  return { world, id };
};

const reportOf = (
  world: MailWorld,
  status: string,
  more: { id?: string; recipient?: string; at?: string; words?: string } = {},
): DeliveryReport => ({
  id: more.id ?? `event-${status}`,
  eventType: 'Microsoft.Communication.EmailDeliveryReportReceived',
  data: {
    recipient: more.recipient ?? only,
    messageId: world.mailer.posts[0]!,
    internetMessageId: '<m1@dunwell.example>',
    status,
    ...(more.words === undefined ? {} : { deliveryStatusDetails: { statusMessage: more.words } }),
    deliveryAttemptTimestamp: more.at ?? '2026-06-16T08:01:00+00:00',
  },
});

const hear = (world: MailWorld, report: DeliveryReport) =>
  applyReport(world.parts, report, { now: tuesday.add({ minutes: 2 }), scope: everything });
const item = async (world: MailWorld) =>
  (
    await world.accounts.load(everything, { companyId, accountId: 'north' }, ['item:invoice:north-1'])
  ).account.items.get('item:invoice:north-1');
const kinds = async (world: MailWorld) => (await factsIn(world, 'north')).map(({ kind }) => kind);
const hashOf = (world: MailWorld, address: string) => emailHashOf(address, 'salt', world.parts.hashText);

describe('a mail that bounced for good', () => {
  it('does not count as a reminder, bars the address and asks for another contact', async () => {
    const { world } = await sent();
    expect((await item(world))?.stage).toBe(2);
    await hear(world, reportOf(world, 'Bounced', { words: '550 5.1.1 no such user' }));
    expect((await item(world))?.stage).toBe(0);
    expect((await world.people.read(everything, hashOf(world, only))).state.bounced).toBeDefined();
    expect((await headOf(world, 'north')).dunning.tasks?.map(({ act }) => act)).toEqual(['findContact']);
    expect((await world.people.barred(everything, companyId, { limit: 5 })).addresses).toMatchObject([
      { accountId: 'north', reason: 'bounced' },
    ]);
  });

  it('asks for nobody where there is another contact to write to', async () => {
    const { world } = await sent(contact(only, { email: 'office@north.example' }));
    await hear(world, reportOf(world, 'Bounced'));
    expect((await headOf(world, 'north')).dunning.tasks).toBeUndefined();
  });

  it('is told twice and by another event, and changes nothing more', async () => {
    const { world } = await sent();
    await hear(world, reportOf(world, 'Bounced'));
    const { version } = await headOf(world, 'north');
    await hear(world, reportOf(world, 'Bounced'));
    await hear(world, reportOf(world, 'Bounced', { id: 'another' }));
    expect((await headOf(world, 'north')).version).toBe(version);
  });

  it('stays bounced when an older delivery is heard of later', async () => {
    const { world } = await sent();
    await hear(world, reportOf(world, 'Bounced'));
    await hear(world, reportOf(world, 'Delivered', { at: '2026-06-16T08:00:30+00:00' }));
    expect((await item(world))?.stage).toBe(0);
    expect((await world.people.read(everything, hashOf(world, only))).state.bounced).toBeDefined();
  });

  it('to a copy bars that address and undoes no reminder', async () => {
    const { world } = await sent();
    await hear(world, reportOf(world, 'Bounced', { recipient: 'cfo@north.example' }));
    expect((await item(world))?.stage).toBe(2);
    expect(
      (await world.people.read(everything, hashOf(world, 'cfo@north.example'))).state.bounced,
    ).toBeDefined();
  });
});

describe('other reports', () => {
  it('a delay is noted and bars nothing', async () => {
    const { world, id } = await sent();
    await hear(world, reportOf(world, 'Bounced', { words: '452 4.2.2 mailbox full' }));
    const { state } = await world.people.read(everything, hashOf(world, only));
    expect([state.bounced, state.softFailures?.length]).toEqual([undefined, 1]);
    expect((await item(world))?.stage).toBe(2);
    expect((await sentPaperOf(world, 'north', id)).reports).toMatchObject([{ status: 'delayed' }]);
  });

  it('a complaint bars the address and is in the journal, for whoever watches', async () => {
    const { world } = await sent();
    await hear(world, reportOf(world, 'FilteredSpam'));
    expect((await world.people.read(everything, hashOf(world, only))).state.suppressed?.reason).toBe(
      'complaint',
    );
    expect(await factsIn(world, 'north')).toContainEqual(
      expect.objectContaining({ kind: 'messageReported', status: 'complained' }),
    );
    // somebody calls, and finds whom to write to; told again it is the same work
    await hear(world, reportOf(world, 'FilteredSpam'));
    const tasks = (await headOf(world, 'north')).dunning.tasks ?? [];
    expect(tasks.map(({ act, dueOn }) => [act, dueOn])).toEqual([
      ['findContact', '2026-06-17'],
      ['answerComplaint', '2026-06-17'],
    ]);
  });

  it('one that comes before anybody wrote down that it was sent proves that it was', async () => {
    const { world, id } = await sent(contact(), { fault: () => 'lost', isDumb: () => true });
    expect((await headOf(world, 'north')).dunning.message?.state).toBe('claimed');
    await hear(world, reportOf(world, 'Delivered'));
    expect((await headOf(world, 'north')).dunning.message).toBeUndefined();
    expect(await kinds(world)).toContain('messageSent');
    await run(world, 'north', id, tuesday.add({ minutes: 3 }));
    expect(world.mailer.accepted).toHaveLength(1);
  });

  it('one decides what was in doubt', async () => {
    const { world, id } = await sent(contact(), { fault: () => 'never' });
    await run(world, 'north', id, tuesday.add({ minutes: 5 }));
    expect((await headOf(world, 'north')).dunning.message?.state).toBe('inDoubt');
    await hear(world, reportOf(world, 'Delivered'));
    expect((await headOf(world, 'north')).dunning.message).toBeUndefined();
  });

  it('one of a mail that is not ours is put aside, once', async () => {
    const { world } = await sent();
    const foreign = reportOf(world, 'Bounced');
    foreign.data.messageId = '00000000-0000-8000-8000-000000000000';
    expect(await hear(world, foreign)).toEqual({ ok: true, value: 'nobody-knows-it' });
    expect(await hear(world, foreign)).toEqual({ ok: true, value: 'known' });
    expect((await item(world))?.stage).toBe(2);
  });

  it('one of a mail that was claimed when operations had a name of their own is of its message still', async () => {
    const { world, id } = await sent();
    const place = { companyId, accountId: 'north', messageId: id, operationId: 'op-before' };
    await world.inbox.point(everything, 'operation:op-before', place);
    const report = reportOf(world, 'Bounced', { recipient: 'old@north.example' });
    report.data.messageId = 'OP-before';
    expect(await hear(world, report)).toEqual({ ok: true, value: 'bounced' });
    expect((await world.people.barred(everything, companyId, { limit: 5 })).addresses).toMatchObject([
      { accountId: 'north', emailHash: hashOf(world, 'old@north.example') },
    ]);
  });

  it('a bar that was lifted is not put back by the report it came from', async () => {
    const { world } = await sent();
    await hear(world, reportOf(world, 'Bounced'));
    const { liftBarred } = await import('../../../functions/email/lift-barred.ts');
    const emailHash = hashOf(world, only);
    const lifted = { scope: everything, now: tuesday.add({ hours: 1 }) };
    expect(await liftBarred(world.parts, { companyId, emailHash }, lifted)).toMatchObject({ ok: true });
    await hear(world, reportOf(world, 'Bounced', { id: 'again' }));
    expect((await world.people.read(everything, emailHash)).state.bounced).toBeUndefined();
    expect((await world.people.barred(everything, companyId, { limit: 5 })).addresses).toEqual([]);
  });
});
