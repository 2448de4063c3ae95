/**
 * 5,000 schedules: money, a dispute or a promise comes while a reminder is being sent, the calls of both in any order.
 * Whatever the order, at most one mail goes out, and nothing is asked that was paid, disputed or promised when the mail
 * was claimed.
 */
import { expect, it } from 'vitest';
import { openCase } from '../../../functions/disputes/open-case.ts';
import type { DisputeParts } from '../../../functions/disputes/dispute-parts.ts';
import { sendMessage } from '../../../functions/email/send-message.ts';
import { promisePayment } from '../../../functions/portal/promise-payment.ts';
import type { PortalStores } from '../../../functions/portal/portal-parts.ts';
import { checkDunningJournal } from '../../../shared/domain/invariants-dunning.ts';
import { reduceItem } from '../../../shared/domain/reduce-item.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { factsOf, money } from '../../support/account-examples.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryCases } from '../../support/memory/case-index.ts';
import { memoryProposals } from '../../support/memory/proposal-store.ts';
import { memoryTokens } from '../../support/memory/token-store.ts';
import { everything } from '../../support/test-edge.ts';
import {
  companyId,
  createMailWorld,
  factsIn,
  lateItem,
  open,
  plan,
  today,
  tuesday,
} from '../../functions/email/mail-world.ts';
import { drawFrom } from '../months/draw.ts';
import { turnstile } from './two-at-once.ts';

const key = { companyId, accountId: 'north' };
const [paidOf, other] = [lateItem('north', 1, 12), lateItem('north', 2, 12, 70_000)];
const wait = { now: tuesday, scope: everything };
type World = Awaited<ReturnType<typeof createMailWorld>>;
type Act = (world: World, ports: Pick<World, 'accounts' | 'settings'>) => Promise<unknown>;

/** Money for the first item: again when somebody else was first. */
const pays: Act = async (_world, { accounts }: { accounts: AccountStore }) => {
  for (;;) {
    const loaded = await accounts.load(everything, key, [paidOf.id]);
    const paid = {
      itemId: paidOf.id,
      changeId: 'pay',
      amount: money(50_000),
      by: 'payment',
      on: today,
    } as const;
    const facts = factsOf(reduceItem(loaded.account, paid));
    const change = {
      at: tuesday,
      actor: { kind: 'job', id: 'bank' } as const,
      cause: { kind: 'row', id: '1' },
      facts,
    };
    if ((await accounts.append(everything, loaded, change)).outcome === 'appended') return;
  }
};
const disputes: Act = async ({ parts }, { accounts, settings }) => {
  const stores = {
    cases: memoryCases(),
    alerts: memoryAlerts(),
    proposals: memoryProposals(),
    tokens: memoryTokens(),
  };
  const { documents, hashText, calendarOf } = parts;
  const dispute: DisputeParts = {
    ...{ ...stores, accounts, settings, documents, hashText, calendarOf },
    ...{ ownScope: everything, newSecret: () => 'secret' },
  };
  const call = {
    ...wait,
    actor: { kind: 'customer', id: 'c' } as const,
    cause: { kind: 'request', id: 'r' },
  };
  const body = { code: 'PRICE', items: [{ item: paidOf.id, amount: money(50_000) }], papers: [] };
  return openCase(dispute, call, key, body);
};
const promises: Act = async ({ parts }, { accounts, settings }) => {
  const { hashText, calendarOf } = parts;
  const portal = { accounts, settings, hashText, calendarOf } as unknown as PortalStores;
  const call = { ...wait, systemScope: everything, callerId: 'c', requestId: 'r' };
  const items = [{ item: paidOf.id, amount: money(50_000) }];
  return promisePayment(portal, call, key, { currency: 'EUR', dueOn: '2026-06-22', items });
};

type Ended = { mails: number; sum: number | undefined; isClaimedAfter: boolean; faults: unknown[] };

const race = async (seed: number, act: Act): Promise<Ended> => {
  const world = await createMailWorld();
  world.parts.render = (_text, _language, { tables }) => {
    const text = tables.map(({ asked }) => asked).join();
    return { ok: true, value: { subject: 'Invoices', html: text, text, version: 1 } };
  };
  await open(world, 'north', [paidOf, other]);
  const messageId = await plan(world, 'north');
  const { ports, run } = turnstile();
  const { frameOf, calendarOf, render, letterOf, sheetOf, links, ...held } = world.parts;
  const sending = { frameOf, calendarOf, render, letterOf, sheetOf, links, ...ports(held, 0) };
  const acting = ports({ accounts: world.accounts, settings: world.settings }, 1);
  const draw = drawFrom(seed);
  // some lean to one side, so that long runs of one workflow come about, too
  const lean = draw.rate(1);
  const turns = (waiting: number): number => (waiting < 2 ? 0 : draw.chance(lean) ? 0 : 1);
  const message = { v: 1 as const, ...key, messageId };
  await run<unknown>([() => sendMessage(sending, message, wait), () => act(world, acting)], turns);
  await sendMessage(world.parts, message, wait);
  const facts = await factsIn(world, 'north');
  const at = (isIt: (fact: Fact) => boolean): number => facts.findLastIndex(isIt);
  const claimedAt = at(({ kind }) => kind === 'messageClaimed');
  const actedAt = at(
    ({ kind }) => kind === 'itemReduced' || kind === 'disputeOpened' || kind === 'promiseMade',
  );
  if (actedAt < 0) throw new Error(`seed ${seed}: nothing came of it`);
  const entries = await world.accounts.entries(everything, key, { afterVersion: 0, limit: 100 });
  const [mail] = world.mailer.accepted;
  return {
    mails: world.mailer.accepted.length,
    sum: mail === undefined ? undefined : Number(mail.mail.text),
    isClaimedAfter: claimedAt > actedAt,
    faults: checkDunningJournal(entries),
  };
};

it.each<[string, Act, number]>([
  ['payment', pays, 1_667],
  ['dispute', disputes, 1_667],
  ['promise', promises, 1_666],
])(
  '%s against send: one mail, and it asks what was owed when it was claimed',
  async (_what, act, schedules) => {
    const seen = { before: 0, after: 0 };
    for (let seed = 1; seed <= schedules; seed += 1) {
      const { mails, sum, isClaimedAfter, faults } = await race(seed, act);
      seen[isClaimedAfter ? 'after' : 'before'] += 1;
      const expected = { mails: 1, sum: isClaimedAfter ? 70_000 : 120_000, faults: [] };
      expect({ seed, mails, sum, faults }).toEqual({ seed, ...expected });
    }
    // both orders came about, and often
    expect(Math.min(seen.before, seen.after)).toBeGreaterThan(schedules / 20);
  },
  600_000,
);
