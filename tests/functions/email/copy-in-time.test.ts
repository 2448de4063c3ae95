/**
 * A copy asked for in the recipient's hours is with the mail service within 60 seconds of business time, whoever asked,
 * and once, though every message is delivered twice and a process dies (R157).
 * From: calls and cases planned on in-memory ports. Next: the contact's inbox.
 */
import { expect, it } from 'vitest';
import { openQuery } from '../../../functions/disputes/query-cases.ts';
import { callEffects } from '../../../shared/domain/call-effects.ts';
import { invoiceCopyPdf } from '../../../shared/formats/invoice-copy-pdf.ts';
import { everything } from '../../support/test-edge.ts';
import { factsOf } from '../../support/account-examples.ts';
import { gateOf, type Gate } from '../../support/faults.ts';
import { drain } from './bus.ts';
import { callBy, disputesOf, keepOriginal } from './desks.ts';
import {
  appendTo,
  companyId,
  createMailWorld,
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
])('asked for %s it is handed over within 60 seconds', async (_where, ask) => {
  const world = await started();
  await ask(world);
  expect(await sentAfterMs(world)).toBeLessThanOrEqual(60_000);
});

it('also when the process that sends it dies once', async () => {
  for (const number of [1, 5, 9]) {
    const gate = gateOf({ fault: (one) => (one.number === number ? 'crash-after' : undefined) });
    const world = await started(gate);
    await byCall(world);
    expect(await sentAfterMs(world, gate)).toBeLessThanOrEqual(60_000);
  }
});
