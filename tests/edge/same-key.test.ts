/**
 * An Idempotency-Key under races and deaths (P10): the same key and body is one effect and one answer for 48 hours, another
 * body is refused whoever comes first, and of those who come at once one works and the others wait.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { topology } from '../../shared/contracts/topology.ts';
import { done, type Outcome } from '../../shared/domain/outcome.ts';
import { onceOnly, type Written } from '../../shared/edge/idempotency.ts';
import { crashAt, gateOf, withFaults } from '../support/faults.ts';
import { memoryRequests } from '../support/memory/request-store.ts';
import { tenOClock } from '../support/test-edge.ts';

const name = { callerId: 'tenant:person', key: 'k1' };
const ask = (hash: string, seconds = 0) => ({ ...name, hash, now: tenOClock.add({ seconds }) });
const codeOf = (outcome: Outcome<Written>): string => (outcome.ok ? outcome.value.json : outcome.code);

/** Work that takes as many turns as it is told; each run is one effect. */
const working =
  (effects: string[], hash: string, turns = 0) =>
  async () => {
    for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    effects.push(hash);
    return done({ status: 201, json: `${hash}${effects.length}` });
  };

describe('calls with one key', () => {
  it('in 5,000 schedules have one effect, one answer, and nothing of another body', async () => {
    const calls = fc.array(fc.record({ body: fc.constantFrom('a', 'b'), turns: fc.nat(4) }), {
      minLength: 2,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(calls, fc.array(fc.nat(3), { minLength: 5, maxLength: 20 }), async (sent, turns) => {
        const gate = gateOf({ turns: ({ number }) => turns[number % turns.length] ?? 0, counts: () => true });
        const requests = withFaults(memoryRequests(), gate, 'requests');
        const effects: string[] = [];
        const answers = await Promise.all(
          sent.map(({ body, turns: takes }) => onceOnly(requests, ask(body), working(effects, body, takes))),
        );
        expect(effects).toHaveLength(1);
        const [first] = effects;
        for (const [n, { body }] of sent.entries())
          expect(
            body === first ? [`${first}1`, 'request-in-progress'] : ['idempotency-key-reused'],
          ).toContain(codeOf(answers[n]!));
        for (const { body } of sent)
          expect(codeOf(await onceOnly(requests, ask(body), working(effects, body)))).toBe(
            body === first ? `${first}1` : 'idempotency-key-reused',
          );
        expect(effects).toHaveLength(1);
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(['before', 'after'] as const)(
    'whose first died %s any step: the same body works, another never',
    async (when) => {
      let points = 0;
      for (let at = 1; ; at += 1) {
        const [kept, effects] = [memoryRequests(), [] as string[]];
        const gate = crashAt(at, when);
        await onceOnly(withFaults(kept, gate, 'requests'), ask('a'), working(effects, 'a')).catch(
          () => undefined,
        );
        if (!gate.isDead) break;
        points += 1;
        const [soon, later] = [ask('a', 1), ask('a', 61)];
        const again = [soon, later].map((one) => () => onceOnly(kept, one, working(effects, 'a')));
        const other = await onceOnly(kept, ask('b', 1), working(effects, 'b'));
        const isBegun = !(at === 1 && when === 'before');
        if (isBegun) expect([at, codeOf(other)]).toEqual([at, 'idempotency-key-reused']);
        if (!isBegun) continue;
        await again[0]!();
        expect([at, codeOf(await again[1]!())]).toEqual([at, expect.stringMatching(/^a\d$/)]);
        expect(effects).not.toContain('b');
      }
      expect(points).toBeGreaterThanOrEqual(2);
    },
  );

  it('are remembered for more than 24 hours', () => {
    expect(topology.containers['requests']?.defaultTtlSeconds).toBeGreaterThanOrEqual(86_400);
  });
});
