/**
 * A copy asked for in the recipient's hours is with the mail service within 60 seconds of business time, whoever asked,
 * and once, though every message is delivered twice and a process dies; it is counted among what was sent (R157).
 * From: calls, cases and clicks in the portal, planned on in-memory ports. Next: the contact's inbox, the figures.
 */
import { expect, it } from 'vitest';
import { openQuery } from '../../../functions/disputes/query-cases.ts';
import { mailCopy } from '../../../functions/portal/mail-papers.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { callEffects } from '../../../shared/domain/call-effects.ts';
import { figureRows, nothingWatched } from '../../../shared/domain/report-figures.ts';
import { invoiceCopyPdf } from '../../../shared/formats/invoice-copy-pdf.ts';
import { everything } from '../../support/test-edge.ts';
import { factsOf } from '../../support/account-examples.ts';
import { gateOf, type Gate } from '../../support/faults.ts';
import { memoryCallCounter } from '../../support/memory/call-counter.ts';
import { drain } from './bus.ts';
import { callBy, disputesOf, keepOriginal } from './desks.ts';
import {
  appendTo,
  companyId,
  createMailWorld,
  factsIn,
  headOf,
  lateItem,
  open,
  today,
  tuesday,
  week,
} from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';

const key = { companyId, accountId: 'north' };
const itemId = 'item:invoice:north-1';
const started = async (gate?: Gate): Promise<MailWorld> => {
  const world = await createMailWorld(gate === undefined ? {} : { gate });
  world.parts.copyOf = invoiceCopyPdf;
  await open(world, 'north', [lateItem('north', 1, 5)]);
  return world;
};

const byCall = async (world: MailWorld): Promise<void> => {
  const { account } = await world.accounts.load(everything, key, [itemId]);
  const asked = { callId: 'c1', answers: { itemIds: [itemId], told: {} } };
  const facts = callEffects(account, [{ kind: 'callEffect', effect: 'sendCopies', ...asked }], {
    ...{ on: today, calendar: week, by: 'collector' },
    openCase: () => ({ ok: true, value: [] }),
  });
  await appendTo(world, 'north', factsOf(facts));
};
const byAccount = async (world: MailWorld): Promise<void> => {
  await keepOriginal(world, 'north', itemId, 'north-1.pdf');
  const desk = await disputesOf(world);
  const asked = await openQuery(desk, callBy('u:csr', 'q1'), key, { code: 'COPY', items: [itemId] });
  expect(asked.ok).toBe(true);
};

/** The customer clicks twice, the second time with the same request. */
const byPortal = async (world: MailWorld): Promise<void> => {
  await keepOriginal(world, 'north', itemId, 'north-1.pdf');
  const parts = { ...world, counter: memoryCallCounter(), hashText: sha256 };
  const click = { scope: everything, systemScope: everything, now: tuesday, requestId: 'click-1' };
  const call = { ...click, actor: { kind: 'customer', id: 'contact:1' } as const };
  for (let time = 1; time <= 2; time += 1) expect((await mailCopy(parts, call, key, itemId)).ok).toBe(true);
};

/** Copies sent, as reports count them. */
const copiesCounted = async (world: MailWorld): Promise<number> =>
  figureRows(nothingWatched, await factsIn(world, 'north'))
    .rows.filter(({ name }) => name === 'notice T16')
    .reduce((sum, { amount }) => sum + amount, 0);

const sentAfterMs = async (world: MailWorld, gate?: Gate): Promise<number> => {
  const waiting = (await headOf(world, 'north')).dunning.notices ?? [];
  expect(waiting.map(({ text }) => text)).toEqual(['T16']);
  const done = await drain(
    world,
    waiting.map(({ id: messageId }) => ({ accountId: 'north', messageId })),
    gate,
  );
  expect(world.mailer.accepted).toHaveLength(1);
  expect(world.mailer.accepted[0]!.mail.files.map(({ name }) => name)).toEqual(['north-1.pdf']);
  return done - tuesday.epochMilliseconds;
};

it.each([
  ['on the phone', byCall],
  ['at the account', byAccount],
  ['in the portal', byPortal],
])('asked for %s it is handed over within 60 seconds, to the contact, and counted', async (_where, ask) => {
  const world = await started();
  await ask(world);
  expect(await copiesCounted(world)).toBe(0);
  expect(await sentAfterMs(world)).toBeLessThanOrEqual(60_000);
  expect(world.mailer.accepted[0]!.mail.to).toMatchObject([{ address: 'ap@north.example' }]);
  expect(await copiesCounted(world)).toBe(1);
});

it('also when the process that sends it dies once', async () => {
  for (const number of [1, 5, 9]) {
    const gate = gateOf({ fault: (one) => (one.number === number ? 'crash-after' : undefined) });
    const world = await started(gate);
    await byCall(world);
    expect(await sentAfterMs(world, gate)).toBeLessThanOrEqual(60_000);
  }
});
