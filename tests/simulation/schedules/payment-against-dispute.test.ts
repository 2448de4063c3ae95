/**
 * Money and a dispute about the same item at the same instant (R78), the calls of both in any order: whoever is first, the
 * books, the claim and what is held come to the same, and no case ever holds more than is open.
 */
import { expect, it } from 'vitest';
import { openCase } from '../../../functions/disputes/open-case.ts';
import { applyPayment, receivePayment } from '../../../shared/domain/apply-payment.ts';
import { begin, step } from '../../../shared/domain/decide-steps.ts';
import { standingOfItem } from '../../../shared/domain/item-standing.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { money } from '../../support/account-examples.ts';
import { disputeWorld, key, type DisputeWorld } from '../../support/dispute-world.ts';
import { everything } from '../../support/test-edge.ts';
import { drawFrom } from '../months/draw.ts';
import { turnstile } from './two-at-once.ts';

/** Schedules of each case. */
const schedules = process.env['DUNWELL_LONG'] === '1' ? 2_000 : 150;
const itemId = 'item:invoice:1';
const on = '2026-11-24' as never;
const receipt = { paymentId: 'payment:p', receiptId: 'p', portion: '1', source: 'bank', currency: 'EUR' };

/** Money of the bank for the item, as the ledger takes it: again when somebody else was first. */
const pay = async (accounts: AccountStore, now: DisputeWorld['now'], amount: number): Promise<void> => {
  for (;;) {
    const loaded = await accounts.load(everything, key, [itemId]);
    const received = step(begin(loaded.account), (account) =>
      receivePayment(account, { ...receipt, amount: money(amount), receivedOn: on, on }),
    );
    if (!received.ok) throw new Error(received.code);
    const applied = step(received.steps, (account) =>
      applyPayment(account, {
        ...{ paymentId: receipt.paymentId, itemId, changeId: 'pay', amount: money(amount), on },
      }),
    );
    if (!applied.ok) throw new Error(applied.code);
    const change = {
      ...{ at: now(), actor: { kind: 'job', id: 'bank' } as const, cause: { kind: 'row', id: '1' } },
      facts: applied.steps.facts,
    };
    if ((await accounts.append(everything, loaded, change)).outcome === 'appended') return;
  }
};

/** What a customer, a collector and the books see once all events were heard. */
const endOf = async (world: DisputeWorld) => {
  await world.hear();
  await world.hear();
  const { head, items } = await world.account(itemId);
  const item = items.get(itemId)!;
  const frame = { today: on, disclosedFactors: new Set<string>() };
  const held = (item.heldParts ?? []).map(({ amount }) => amount);
  return {
    ...{ open: item.open, claim: standingOfItem(item, head, frame).claim, held },
    ...{ balance: head.balances['EUR']?.open, cases: head.disputes?.length ?? 0 },
  };
};

const race = async (seed: number, paid: number, disputed: number) => {
  const world = await disputeWorld();
  await world.post({ id: itemId, original: money(100_000) });
  const { ports, run } = turnstile();
  const paying = ports({ accounts: world.parts.accounts }, 0);
  const { ownScope, hashText, calendarOf, newSecret, ...stores } = world.parts;
  const opening = { ownScope, hashText, calendarOf, newSecret, ...ports(stores, 1) };
  const draw = drawFrom(seed);
  const lean = draw.rate(1);
  const items = [{ item: itemId, amount: money(disputed) }];
  const outcomes = await run<unknown>(
    [
      () => pay(paying.accounts, world.now, paid),
      () => openCase(opening, world.callBy('u:collector'), key, { code: 'PRICE', items, papers: [] }),
    ],
    (waiting) => (waiting < 2 ? 0 : draw.chance(lean) ? 0 : 1),
  );
  const facts = (await world.entries()).flatMap((entry) => entry.facts.map(({ kind }) => kind));
  const isPaidFirst =
    !facts.includes('disputeOpened') || facts.indexOf('paymentApplied') < facts.indexOf('disputeOpened');
  const end = await endOf(world);
  return { end, isPaidFirst, opened: outcomes[1], violations: await world.violations() };
};

it.each([
  // beside what is contested: nothing of it is touched
  ['the rest', 70_000, 30_000, { open: 30_000, claim: 0, held: [30_000], balance: 30_000, cases: 1 }],
  [
    'part of the rest',
    40_000,
    30_000,
    { open: 60_000, claim: 30_000, held: [30_000], balance: 60_000, cases: 1 },
  ],
  ['all of it', 100_000, 30_000, { open: 0, claim: 0, held: [], balance: 0, cases: 0 }],
])(
  'a payment of %s against a dispute ends alike, whoever is first',
  async (_what, paid, disputed, expected) => {
    const first = { payment: 0, dispute: 0 };
    for (let seed = 1; seed <= schedules; seed += 1) {
      const { end, isPaidFirst, violations } = await race(seed, paid, disputed);
      expect({ seed, ...end, violations }).toEqual({ seed, ...expected, violations: [] });
      first[isPaidFirst ? 'payment' : 'dispute'] += 1;
    }
    expect(Math.min(first.payment, first.dispute)).toBeGreaterThan(schedules / 20);
  },
  120_000,
);

it('a payment of what is contested, too: no more is ever held than is open, and who was too late is told', async () => {
  for (let seed = 1; seed <= schedules; seed += 1) {
    const { end, opened, violations } = await race(seed, 80_000, 30_000);
    const isOpened = (opened as { ok: boolean }).ok;
    const held = isOpened ? [20_000] : [];
    const left = { open: 20_000, held, claim: isOpened ? 0 : 20_000, balance: 20_000, cases: held.length };
    expect({ seed, ...end, violations }).toEqual({ seed, ...left, violations: [] });
    if (!isOpened) expect(opened).toMatchObject({ code: 'above-open' });
  }
}, 60_000);
