/**
 * A batch of payments keyed in, and one taken back, that die before and after each of their effects: the same call
 * again ends where an uninterrupted one does, and each payment is there once.
 */
import { describe, expect, it } from 'vitest';
import { unaccountedFor } from '../../../shared/domain/receipt.ts';
import { allReceipts } from '../../support/cash-world.ts';
import { crashAt, gateOf, type Gate } from '../../support/faults.ts';
import { memoryRequests } from '../../support/memory/request-store.ts';
import { cheque, paymentWorld } from './payment-entry-world.ts';

const batch = [cheque(), cheque({ account: 'a2', amount: 4_000, reference: 'CHQ 000452' })];

/** Each again until it is answered; whoever answers has forgotten the first call. */
const live = async (gate: Gate) => {
  const world = await paymentWorld('dunwellLed', gate);
  const untilAnswered = async <Answer extends { status: number }>(send: () => Promise<Answer>) => {
    for (let tries = 0; tries < 4; tries += 1) {
      const answer = await send();
      if (answer.status < 300) return answer;
      expect(answer.status).toBe(500);
      gate.restart();
      Object.assign(world.edge, { requests: memoryRequests() });
    }
    throw new Error('never answered');
  };
  const { payments } = await untilAnswered(() =>
    world.enter(batch, { totals: { EUR: 11_000 } }, { key: 'enter' }),
  );
  await untilAnswered(() => world.undo(payments[0]!.receipt.id, { key: 'undo' }));
  const receipts = await allReceipts(world.cash.parts);
  expect(receipts.map(unaccountedFor)).toEqual([0, 0]);
  const balances = await Promise.all(
    ['a1', 'a2'].map(async (id) => (await world.cash.account(id)).head.balances['EUR']?.open),
  );
  return { balances, receipts: receipts.map(({ id, free, returns }) => ({ id, free, returns })) };
};

const calls = await (async () => {
  const gate = gateOf();
  await live(gate);
  return gate.calls.length;
})();

describe('keying in and taking back', () => {
  it('has effects enough to die at', () => {
    expect(calls).toBeGreaterThanOrEqual(8);
  });

  it.each(
    Array.from({ length: calls }, (_, n) =>
      (['before', 'after'] as const).map((when) => [when, n + 1] as const),
    ).flat(),
  )('dying %s effect %i ends as if it had not', async (when, number) => {
    const whole = await live(gateOf());
    const crashed = await live(crashAt(number, when));
    expect(crashed).toEqual(whole);
    expect(crashed.balances).toEqual([17_000, 1_000]);
  });
});
