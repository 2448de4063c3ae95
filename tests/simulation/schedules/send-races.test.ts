/**
 * 5,100 schedules (5,000 of each kind in the long run): money, a dispute or a promise comes while a reminder is being
 * sent, the calls of both in any order, no schedule twice. Whatever the order, one mail goes out, and nothing is asked
 * that was paid, disputed or promised when the mail was claimed.
 */
import { expect, it } from 'vitest';
import { openCase } from '../../../functions/disputes/open-case.ts';
import type { DisputeParts } from '../../../functions/disputes/dispute-parts.ts';
import { receivePayments } from '../../../functions/ledger/receive-payments.ts';
import { sendMessage } from '../../../functions/email/send-message.ts';
import { promisePayment } from '../../../functions/portal/promise-payment.ts';
import type { PortalStores } from '../../../functions/portal/portal-parts.ts';
import { textOfInstant } from '../../../shared/domain/calendar.ts';
import { checkDunningJournal } from '../../../shared/domain/invariants-dunning.ts';
import type { Outcome } from '../../../shared/domain/outcome.ts';
import { money } from '../../support/account-examples.ts';
import { memoryAdvices } from '../../support/memory/advice-store.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryCases } from '../../support/memory/case-index.ts';
import { memoryGroups } from '../../support/memory/group-store.ts';
import { memoryImports } from '../../support/memory/import-store.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memoryPayers } from '../../support/memory/payer-store.ts';
import { memoryProposals } from '../../support/memory/proposal-store.ts';
import { memoryReceipts } from '../../support/memory/receipt-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';
import { everything } from '../../support/test-edge.ts';
import {
  companyId,
  createMailWorld,
  factsIn,
  lateItem,
  open,
  plan,
  tuesday,
} from '../../functions/email/mail-world.ts';
import { drawFrom } from '../months/draw.ts';
import { turnstile } from './two-at-once.ts';

/** Of each kind, each another one. */
const schedules = process.env['DUNWELL_LONG'] === '1' ? 5_000 : 1_700;
const key = { companyId, accountId: 'north' };
const [paidOf, other] = [lateItem('north', 1, 12), lateItem('north', 2, 12, 70_000)];
const wait = { now: tuesday, scope: everything };
type World = Awaited<ReturnType<typeof createMailWorld>>;
/** @param held makes the calls of ports wait for their turn. */
type Act = (world: World, held: <Ports extends object>(ports: Ports) => Ports) => Promise<Outcome<unknown>>;

/** Money for the first item, as the portal hands it to the ledger. */
const pays: Act = async ({ accounts, settings, parts }, held) => {
  const { documents: files, hashText, calendarOf } = parts;
  const stores = {
    ...{ accounts, settings, files, receipts: memoryReceipts(), payers: memoryPayers() },
    ...{ proposals: memoryProposals(), imports: memoryImports(), advices: memoryAdvices() },
    ...{ sender: memorySender(), groups: memoryGroups(accounts) },
  };
  const line = { itemId: paidOf.id, number: paidOf.number, amount: money(50_000) };
  const payment = {
    ...{ ...key, checkoutId: 'c1', paymentId: 'p1', currency: 'EUR', amount: line.amount, method: 'card' },
    ...{ paidAt: textOfInstant(tuesday), lines: [line], returns: [] },
  };
  return receivePayments({ ...held(stores), hashText, calendarOf }, { v: 1, companyId, payment }, wait);
};
const disputes: Act = async ({ accounts, settings, parts }, held) => {
  const { documents, hashText, calendarOf } = parts;
  const stores = {
    ...{ accounts, settings, documents, cases: memoryCases(), alerts: memoryAlerts() },
    ...{ proposals: memoryProposals(), tokens: memoryTokens() },
  };
  const dispute: DisputeParts = {
    ...{ ...held(stores), hashText, calendarOf, ownScope: everything, newSecret: () => 'secret' },
  };
  const by = { actor: { kind: 'customer', id: 'c' } as const, cause: { kind: 'request', id: 'r' } };
  const body = { code: 'PRICE', items: [{ item: paidOf.id, amount: money(50_000) }], papers: [] };
  return openCase(dispute, { ...wait, ...by }, key, body);
};
const promises: Act = async ({ accounts, settings, parts }, held) => {
  const { hashText, calendarOf } = parts;
  const portal = { ...held({ accounts, settings }), hashText, calendarOf } as unknown as PortalStores;
  const call = { ...wait, systemScope: everything, callerId: 'c', requestId: 'r' };
  const items = [{ item: paidOf.id, amount: money(50_000) }];
  return promisePayment(portal, call, key, { currency: 'EUR', dueOn: '2026-06-22', items });
};

type Ended = {
  schedule: string;
  mails: number;
  sum: number | undefined;
  isClaimedAfter: boolean;
  faults: unknown[];
};
const acted = new Set(['paymentReceived', 'paymentApplied', 'disputeOpened', 'promiseMade']);

const race = async (seed: number, act: Act): Promise<Ended> => {
  const world = await createMailWorld();
  world.parts.render = (_text, _language, { tables }) => {
    const text = tables.map(({ asked }) => asked).join();
    return { ok: true, value: { subject: 'Invoices', html: text, text, version: 1 } };
  };
  await open(world, 'north', [paidOf, other]);
  const messageId = await plan(world, 'north');
  const { ports, run, schedule } = turnstile();
  const { frameOf, calendarOf, render, letterOf, sheetOf, links, ...held } = world.parts;
  const sending = { frameOf, calendarOf, render, letterOf, sheetOf, links, ...ports(held, 0) };
  const draw = drawFrom(seed);
  // some lean to one side, so that long runs of one workflow come about, too
  const lean = 0.3 + draw.rate(0.65);
  const turns = (waiting: number): number => (waiting < 2 ? 0 : draw.chance(lean) ? 0 : 1);
  const message = { v: 1 as const, ...key, messageId };
  const outcomes = await run<Outcome<unknown>>(
    [() => sendMessage(sending, message, wait), () => act(world, (some) => ports(some, 1))],
    turns,
  );
  if (!outcomes[1]!.ok) throw new Error(`seed ${seed}: ${outcomes[1]!.detail}`);
  await sendMessage(world.parts, message, wait);
  const facts = await factsIn(world, 'north');
  const claimedAt = facts.findLastIndex(({ kind }) => kind === 'messageClaimed');
  const actedAt = facts.findIndex(({ kind }) => acted.has(kind));
  if (actedAt < 0) throw new Error(`seed ${seed}: nothing came of it`);
  const entries = await world.accounts.entries(everything, key, { afterVersion: 0, limit: 100 });
  const [mail] = world.mailer.accepted;
  return {
    schedule: schedule(),
    mails: world.mailer.accepted.length,
    sum: mail === undefined ? undefined : Number(mail.mail.text),
    isClaimedAfter: claimedAt > actedAt,
    faults: checkDunningJournal(entries),
  };
};

it.each<[string, Act]>([
  ['payment', pays],
  ['dispute', disputes],
  ['promise', promises],
])(
  `${schedules} schedules of %s against send: one mail, and it asks what was owed when it was claimed`,
  async (_what, act) => {
    const seen = { before: 0, after: 0 };
    const distinct = new Set<string>();
    for (let seed = 1; distinct.size < schedules; seed += 1) {
      const { schedule, mails, sum, isClaimedAfter, faults } = await race(seed, act);
      distinct.add(schedule);
      seen[isClaimedAfter ? 'after' : 'before'] += 1;
      const expected = { mails: 1, sum: isClaimedAfter ? 70_000 : 120_000, faults: [] };
      expect({ seed, mails, sum, faults }).toEqual({ seed, ...expected });
    }
    // both orders came about, and often
    expect(Math.min(seen.before, seen.after)).toBeGreaterThan(schedules / 20);
  },
  1_800_000,
);
