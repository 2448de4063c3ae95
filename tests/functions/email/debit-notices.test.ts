/**
 * A direct debit from the morning's look to the mail the customer reads: announced (T10), told of when it came back (T11).
 */
import { expect, it } from 'vitest';
import { lookAtAccount } from '../../../functions/dunning/look-at-account.ts';
import { addDays } from '../../../shared/domain/calendar.ts';
import { applyPayment, receivePayment } from '../../../shared/domain/apply-payment.ts';
import { returnReasonOf } from '../../../shared/domain/debit-returns.ts';
import { reverseApplication } from '../../../shared/domain/reverse-application.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { everything as scope } from '../../support/test-edge.ts';
import { companyId, contact, createMailWorld, headOf, lateItem, open } from './mail-world.ts';
import { run, today, tuesday, type MailWorld } from './mail-world.ts';

const key = { companyId, accountId: 'north' };
const itemId = 'item:invoice:north-1';
const paymentId = 'payment:r1';

const started = async (daysLate: number): Promise<MailWorld> => {
  const world = await createMailWorld();
  const value = { goLiveOn: '2025-01-01', disclosedFactors: [], creditorId: 'DE98ZZZ09999' };
  const change = { value, by: 'tenant:crm', at: '2026-01-01T00:00:00Z', reason: 'set up' };
  await world.settings.save(scope, { scope: `company:${companyId}`, name: 'dunning' }, 1, change);
  const item = { ...lateItem('north', 1, daysLate, 120_000), method: 'directDebit' };
  const treatment = { policyId: 'debit', mandate: { reference: 'M-77' } };
  await open(world, 'north', [item], contact('ap@north.example', { treatment }));
  return world;
};

const comesBack = async (world: MailWorld): Promise<void> => {
  const load = async (...ids: string[]) => (await world.accounts.load(scope, key, ids)).account;
  const on = today;
  const payment = { paymentId, receiptId: 'r1', portion: 'all', source: 'bank', currency: 'EUR' };
  const received = { ...payment, amount: money(120_000), receivedOn: on, on };
  const append = async (facts: readonly Fact[]): Promise<void> => {
    const loaded = await world.accounts.load(scope, key, [itemId, paymentId]);
    const entry = {
      at: tuesday,
      actor: { kind: 'job', id: 't' },
      cause: { kind: 't', id: 't' },
      facts,
    } as const;
    expect((await world.accounts.append(scope, loaded, entry)).outcome).toBe('appended');
  };
  await append(factsOf(receivePayment(await load(itemId, paymentId), received)));
  const applied = { itemId, paymentId, changeId: 'c1', amount: money(120_000), on };
  await append(factsOf(applyPayment(await load(itemId, paymentId), applied)));
  const reversal = { itemId, changeId: 'c1', reason: returnReasonOf('AM04'), on };
  const gone = { kind: 'itemReduced', itemId: paymentId, changeId: 'gone', by: 'returned', on } as const;
  const posting = { debit: 'unapplied', credit: 'cash', amount: money(120_000), currency: 'EUR' } as const;
  const facts = factsOf(reverseApplication(await load(itemId, paymentId), reversal));
  await append([...facts, { ...gone, posting }]);
};

/** What the look planned, sent; each message twice, as the bus may bring it. */
const mailOf = async (world: MailWorld, text: string): Promise<string> => {
  const message = { v: 1, companyId, accountId: 'north', because: 'event' } as const;
  for (let time = 0; time < 2; time += 1) await lookAtAccount(world.parts, message, { scope, now: tuesday });
  const [notice, ...more] = (await headOf(world, 'north')).dunning.notices ?? [];
  expect([notice?.text, more]).toEqual([text, []]);
  for (let time = 0; time < 2; time += 1) await run(world, 'north', notice!.id);
  expect(world.mailer.accepted).toHaveLength(1);
  return world.mailer.accepted[0]!.mail.text;
};

it('T10 names the amount, the day, the mandate and our identifier, and asks for nothing', async () => {
  const world = await started(-14);
  const text = await mailOf(world, 'T10');
  for (const said of ['1,200.00', 'north-1', 'M-77', 'DE98ZZZ09999', '30 June 2026'])
    expect(text).toContain(said);
  expect(addDays(today, 14)).toBe('2026-06-30');
  expect(text).not.toMatch(/please pay/i);
});

it('T11 names the sum that came back and why, asks for it by a day, with the link to pay', async () => {
  const world = await started(3);
  await comesBack(world);
  const text = await mailOf(world, 'T11');
  for (const said of ['1,200.00', 'north-1', 'M-77', '16 June 2026']) expect(text).toContain(said);
  expect(text).toMatch(/please pay .*1,200\.00/i);
  expect(text).toContain('https://pay.acme.example/pay/');
});

it.each<Fact>([
  { kind: 'mandateEnded', why: 'withdrawn', on: today },
  { kind: 'mandateHeld', itemId, returnedAs: 'returned:XX99', on: today },
])('T10 does not go out once its mandate is over or in question, and says so (R167)', async (fact) => {
  const world = await started(-14);
  const message = { v: 1, companyId, accountId: 'north', because: 'event' } as const;
  await lookAtAccount(world.parts, message, { scope, now: tuesday });
  const [notice] = (await headOf(world, 'north')).dunning.notices ?? [];
  const loaded = await world.accounts.load(scope, key);
  const facts: Fact[] = [fact];
  const entry = {
    at: tuesday,
    actor: { kind: 'staff', id: 'u:crm' },
    cause: { kind: 't', id: 't' },
    facts,
  } as const;
  expect((await world.accounts.append(scope, loaded, entry)).outcome).toBe('appended');
  await run(world, 'north', notice!.id);
  expect(world.mailer.accepted).toEqual([]);
  const entries = await world.accounts.entries(scope, key, {
    afterVersion: loaded.account.head.version + 1,
    limit: 9,
  });
  expect(entries.flatMap((one) => one.facts)).toMatchObject([
    { kind: 'noticeWithheld', messageId: notice!.id, reasons: ['direct-debit'] },
  ]);
});
