/**
 * The beat: each slot is worked once, a doubled tick changes nothing, a missed one is caught up.
 */
import { describe, expect, it } from 'vitest';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { readHealth } from '../../../functions/operations/read-health.ts';
import { runTick } from '../../../functions/operations/run-tick.ts';
import { sendTicks } from '../../../functions/operations/send-ticks.ts';
import { memorySender } from '../../support/memory/message-sender.ts';
import { memoryRuns } from '../../support/memory/run-store.ts';
import { everything } from '../../support/test-edge.ts';

const at = instantFromText;
const tickAt = (slot: string) => ({ v: 1 as const, job: 'heartbeat', slot });

const world = () => {
  const runs = memoryRuns();
  const sender = memorySender();
  return {
    runs,
    sender,
    tick: (slot: string, now: string) => runTick(tickAt(slot), at(now), everything, runs, sender),
    sent: () => sender.sent.get('ticks') ?? [],
  };
};

describe('the timer', () => {
  it('sends one tick per job for the slot it is', async () => {
    const { sender, sent } = world();
    await sendTicks(at('2026-11-22T10:17:00Z'), sender);
    expect(sent()).toEqual([
      { id: 'tick:heartbeat:2026-11-22T10:15:00Z', body: tickAt('2026-11-22T10:15:00Z') },
    ]);
  });

  it('that fires twice in a slot sends the same tick', async () => {
    const { sender, sent } = world();
    await sendTicks(at('2026-11-22T10:15:00Z'), sender);
    await sendTicks(at('2026-11-22T10:19:59Z'), sender);
    expect(sent()).toHaveLength(1);
  });
});

describe('a tick', () => {
  it('is recorded, and schedules the next for when its slot begins', async () => {
    const { tick, sent } = world();
    expect(await tick('2026-11-22T10:05:00Z', '2026-11-22T10:05:01Z')).toMatchObject({
      value: { slot: '2026-11-22T10:05:00Z', completedAt: '2026-11-22T10:05:01Z', missedSlots: 0 },
    });
    expect(sent()).toMatchObject([{ id: 'tick:heartbeat:2026-11-22T10:10:00Z' }]);
    expect(sent()[0]!.dueAt!.toString()).toBe('2026-11-22T10:10:00Z');
  });

  it('delivered twice changes nothing the second time', async () => {
    const { tick, sent } = world();
    await tick('2026-11-22T10:05:00Z', '2026-11-22T10:05:01Z');
    const second = await tick('2026-11-22T10:05:00Z', '2026-11-22T10:06:00Z');
    expect(second).toMatchObject({ value: { completedAt: '2026-11-22T10:05:01Z' } });
    expect(sent()).toHaveLength(1);
  });

  it('after a gap counts the slots nobody worked', async () => {
    const { tick } = world();
    await tick('2026-11-22T10:05:00Z', '2026-11-22T10:05:01Z');
    expect(await tick('2026-11-22T10:25:00Z', '2026-11-22T10:25:01Z')).toMatchObject({
      value: { missedSlots: 3 },
    });
  });

  it('three days late schedules the next slot from now, not every slot it slept through', async () => {
    const { tick, sent } = world();
    await tick('2026-11-19T10:05:00Z', '2026-11-22T10:07:00Z');
    expect(sent()).toMatchObject([{ id: 'tick:heartbeat:2026-11-22T10:10:00Z' }]);
  });

  it('that comes after a later one is recorded and starts no second chain', async () => {
    const { tick, runs, sent } = world();
    await tick('2026-11-22T10:10:00Z', '2026-11-22T10:10:01Z');
    await tick('2026-11-22T10:05:00Z', '2026-11-22T10:10:02Z');
    expect(sent()).toHaveLength(1);
    expect((await runs.latest(everything, 'heartbeat'))?.slot).toBe('2026-11-22T10:10:00Z');
  });

  it('of a job nobody knows is refused', async () => {
    const { runs, sender } = world();
    const outcome = runTick(
      { v: 1, job: 'nap', slot: 'x' },
      at('2026-11-22T10:05:00Z'),
      everything,
      runs,
      sender,
    );
    expect(await outcome).toMatchObject({ ok: false, code: 'message-not-readable' });
  });

  it('whose run could not be kept is worked again and ends the same', async () => {
    const { runs, sender, sent } = world();
    const failing = { ...runs, complete: () => Promise.reject(new Error('the store is away')) };
    const first = runTick(
      tickAt('2026-11-22T10:05:00Z'),
      at('2026-11-22T10:05:01Z'),
      everything,
      failing,
      sender,
    );
    await expect(first).rejects.toThrow('away');
    await runTick(tickAt('2026-11-22T10:05:00Z'), at('2026-11-22T10:05:20Z'), everything, runs, sender);
    expect(sent()).toHaveLength(1);
    expect((await runs.latest(everything, 'heartbeat'))?.slot).toBe('2026-11-22T10:05:00Z');
  });
});

describe('health', () => {
  const host = { app: 'staff', build: 'test' };

  it('says the beat is lost until a first tick was worked', async () => {
    const { runs, tick } = world();
    const now = at('2026-11-22T10:06:00Z');
    expect(await readHealth(host, everything, now, runs)).toMatchObject({
      value: { status: 'beat-lost', heartbeat: null },
    });
    await tick('2026-11-22T10:05:00Z', '2026-11-22T10:05:01Z');
    expect(await readHealth(host, everything, now, runs)).toMatchObject({
      value: { status: 'ok', heartbeat: { slot: '2026-11-22T10:05:00Z', missedSlots: 0 } },
    });
  });

  it('says so again when three slots went by unworked', async () => {
    const { runs, tick } = world();
    await tick('2026-11-22T10:05:00Z', '2026-11-22T10:05:01Z');
    const later = await readHealth(host, everything, at('2026-11-22T10:25:00Z'), runs);
    expect(later.value.status).toBe('beat-lost');
  });
});
