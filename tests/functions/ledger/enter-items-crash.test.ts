/**
 * A batch typed in, and an approval, that die before and after each of their effects: the same call again ends where
 * an uninterrupted one does, and each document is there once.
 */
import { describe, expect, it } from 'vitest';
import { crashAt, gateOf, type Gate } from '../../support/faults.ts';
import { memoryRequests } from '../../support/memory/request-store.ts';
import { entryWorld, typed } from './entry-world.ts';

/** One is posted at once, one is a credit note, one waits: it is above the limit. */
const batch = [
  typed({ number: '1' }),
  typed({ kind: 'creditNote', number: '2', amount: 900 }),
  typed({ number: '3', amount: 20_000 }),
];

/** Enters and approves, each again until it is answered; whoever answers has forgotten the first call. */
const live = async (gate: Gate) => {
  const world = await entryWorld('dunwellLed', gate);
  await world.set('entry', { mostCents: 15_000 });
  const untilAnswered = async (send: () => ReturnType<typeof world.call>) => {
    for (let tries = 0; tries < 4; tries += 1) {
      const answer = await send();
      if (answer.status < 300) return answer;
      expect(answer.status).toBe(500);
      gate.restart();
      Object.assign(world.edge, { requests: memoryRequests() });
    }
    throw new Error('never answered');
  };
  const entered = await untilAnswered(() =>
    world.enter(batch, { totals: { EUR: 31_000 } }, { key: 'enter' }),
  );
  const request = (entered.json['items'] as { request?: string }[])[2]!.request!;
  const params = { company: 'acme', request };
  await untilAnswered(() => world.call('approve-entry', { params, body: {}, as: 'cm:CRM', key: 'approve' }));
  const item = 'item:invoice:1';
  await untilAnswered(() => world.undo(item, { key: 'undo' }));
  const { head } = await world.account();
  const facts = (await world.entries()).flatMap((entry) => entry.facts.map(({ kind }) => kind));
  return { version: head.version, open: head.balances['EUR']?.open, facts, items: entered.json };
};

const calls = await (async () => {
  const gate = gateOf();
  await live(gate);
  return gate.calls.length;
})();

describe('typing in, approving and taking back', () => {
  it('is ten effects: a request kept and marked, three entries and a reversal, two announcements made and taken back', () => {
    expect(calls).toBe(10);
  });

  it.each(
    Array.from({ length: calls }, (_, n) =>
      (['before', 'after'] as const).map((when) => [when, n + 1] as const),
    ).flat(),
  )('dying %s effect %i ends as if it had not', async (when, number) => {
    const whole = await live(gateOf());
    const crashed = await live(crashAt(number, when));
    expect(crashed).toEqual(whole);
    expect(crashed).toMatchObject({ version: 5, open: 19_100 });
  });
});
