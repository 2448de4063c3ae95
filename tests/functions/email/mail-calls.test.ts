/**
 * What one mail reads and writes from planned to delivered: request units are paid for each call, and a month has thousands.
 * What is known a moment after it was read is not read again, unless somebody changed the account meanwhile.
 */
import { expect, it } from 'vitest';
import { applyReport } from '../../../functions/email/apply-report.ts';
import { deliveryReport } from '../../../shared/contracts/mail-events.ts';
import { gateOf } from '../../support/faults.ts';
import { everything as scope } from '../../support/test-edge.ts';
import {
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
import { payment } from './payment.ts';

const calls = /^(accounts|inbox|pacing|people)\./;
const planned = async (options: WorldOptions = {}) => {
  const gate = gateOf({ counts: (operation) => calls.test(operation) });
  const world = await createMailWorld({ gate, ...options });
  await open(world, 'north', [lateItem('north', 1, 5), lateItem('north', 2, 40)]);
  const id = await plan(world, 'north');
  const since = gate.calls.length;
  return { world, id, made: () => gate.calls.slice(since).toSorted() };
};

const delivered = (world: MailWorld) =>
  deliveryReport.parse({
    ...{ id: 'event-1', eventType: 'Microsoft.Communication.EmailDeliveryReportReceived' },
    data: {
      ...{ recipient: 'ap@north.example', messageId: world.mailer.posts[0], status: 'Delivered' },
      internetMessageId: '<m1@dunwell.example>',
      deliveryAttemptTimestamp: '2026-06-16T08:01:00+00:00',
    },
  });

it('a reminder of some items reads its account once, and is noted as sent under what it was claimed at; one name leads back to it', async () => {
  const { world, id, made } = await planned();
  expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
  expect(made().filter((call) => call.startsWith('accounts.'))).toEqual([
    ...['accounts.append', 'accounts.append', 'accounts.entries', 'accounts.load'],
    ...['accounts.paper', 'accounts.paper'],
  ]);
  expect(made().filter((call) => call.startsWith('inbox.'))).toEqual(['inbox.point']);
});

it('one that finds no room reads its account once, and notes why it waits once', async () => {
  const { world, id, made } = await planned({ limits: { perMinute: 0, perHour: 0 } });
  for (const more of [['accounts.append'], []]) {
    const before = made();
    expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'quota-wait' });
    const now = made();
    for (const one of before) now.splice(now.indexOf(one), 1);
    expect(now.filter((call) => call.startsWith('accounts.'))).toEqual([
      ...[...more, 'accounts.entries', 'accounts.load', 'accounts.paper'],
    ]);
  }
});

it('the plan is read by its version alone, however much was written since, and again where it was planned anew', async () => {
  const { world, id } = await planned();
  const asked: number[] = [];
  world.parts.accounts = {
    ...world.accounts,
    entries: (who, key, page) => {
      asked.push(page.limit);
      return world.accounts.entries(who, key, page);
    },
  };
  await payment(world, 'north', 'item:invoice:north-2', 50_000);
  expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
  expect(asked).toEqual([1, 1]);
  expect(world.mailer.accepted[0]?.mail.text).not.toContain('north-2');
});

it('what a person was shown to release it is not kept beside the mail', async () => {
  const { world, id } = await planned();
  const key = { companyId: 'acme', accountId: 'north' };
  const loaded = await world.accounts.load(scope, key);
  const fact = { kind: 'reviewPlanned', nextReviewAt: '2026-06-17T08:00:00Z', on: today } as const;
  const change = {
    at: tuesday,
    actor: { kind: 'job', id: 'test' },
    cause: { kind: 'test', id: 't' },
  } as const;
  const shown = {
    id: id as `message:${string}`,
    content: { planned: { id }, itemCount: 2, cause: { a: 1 } },
  };
  await world.accounts.append(scope, loaded, { ...change, facts: [fact] }, undefined, [shown]);
  await run(world, 'north', id);
  const paper = (await world.accounts.paper(scope, key, id)) ?? {};
  expect(Object.keys(paper).toSorted()).toEqual(['cause', 'mail']);
});

it('a report that it arrived reads the account and the paper, and not the plan, and is kept by one write', async () => {
  const { world, id, made } = await planned();
  await run(world, 'north', id);
  const before = made();
  await applyReport(world.parts, delivered(world), { now: tuesday.add({ minutes: 2 }), scope });
  const later = made();
  for (const one of before) later.splice(later.indexOf(one), 1);
  expect(later).toEqual([
    ...['accounts.append', 'accounts.load', 'accounts.paper'],
    ...['inbox.keepPlaced', 'inbox.placeOf', 'inbox.readPlaced'],
  ]);
});

it('money that comes while the mail service takes it is in the book, and every item it asked for is carried', async () => {
  const { world, id } = await planned();
  const { mailer } = world.parts;
  world.parts.mailer = {
    ...mailer,
    send: async (...mail) => {
      await payment(world, 'north', 'item:invoice:north-2', 50_000);
      return mailer.send(...mail);
    },
  };
  expect(await run(world, 'north', id)).toEqual({ ok: true, value: 'sent' });
  expect((await headOf(world, 'north')).dunning.message).toBeUndefined();
  const facts = await factsIn(world, 'north');
  expect(facts.filter(({ kind }) => kind === 'messageSent')).toHaveLength(1);
  const carried = facts.flatMap((fact) => (fact.kind === 'itemsCarried' ? fact.items : []));
  expect(carried.map(({ itemId }) => itemId).toSorted()).toEqual([
    ...['item:invoice:north-1', 'item:invoice:north-2'],
  ]);
  const key = { companyId: 'acme', accountId: 'north' };
  const loaded = await world.accounts.load(scope, key, ['item:invoice:north-2']);
  expect(loaded.account.items.get('item:invoice:north-2')).toMatchObject({ open: 0, carriedBy: id });
});
