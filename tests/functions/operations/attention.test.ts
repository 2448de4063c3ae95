/**
 * Alarms of health and of the operations status: each fires when its time is over, and goes away.
 */
import { describe, expect, it } from 'vitest';
import { relayNotes } from '../../../functions/ledger/note-relay.ts';
import { countParkedWork } from '../../../functions/operations/count-parked-work.ts';
import { noteWaiting } from '../../../functions/operations/note-waiting.ts';
import { probeRelay } from '../../../functions/operations/probe-relay.ts';
import { readHealth } from '../../../functions/operations/read-health.ts';
import { readStatus } from '../../../functions/operations/read-status.ts';
import type { EntryChange } from '../../../shared/contracts/reporting.ts';
import { statusAnswer } from '../../../shared/contracts/operations.ts';
import { probeOf } from '../../../shared/domain/attention.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import type { Run } from '../../../shared/ports/run-store.ts';
import { memoryParkedWork } from '../../support/memory/parked-work-store.ts';
import { memoryRelayProbe } from '../../support/memory/relay-probe.ts';
import { memoryRuns } from '../../support/memory/run-store.ts';
import { everything } from '../../support/test-edge.ts';

// a Thursday
const day = '2026-11-19';
const at = (time: string) => instantFromText(`${day}T${time}Z`);
const entryAt = (time: string): EntryChange => ({
  ...{ companyId: 'acme', accountId: 'a1', version: 1, moves: {} },
  entry: { at: `${day}T${time}Z`, hash: 'h', facts: [{ kind: 'itemReduced', on: day }] },
});

const world = () => {
  const runs = memoryRuns();
  const kept: Run[] = [];
  const watched = {
    ...runs,
    complete: async (...[scope, run]: Parameters<typeof runs.complete>) => {
      kept.push(run);
      await runs.complete(scope, run);
    },
  };
  const parked = memoryParkedWork();
  const probes = memoryRelayProbe();
  const notes = relayNotes(watched);
  const page = (time: string, now: string) => [[entryAt(time)], { now: at(now), scope: everything }] as const;
  const count = () => countParkedWork([{ companyId: 'acme' }], everything, parked);
  return {
    ...{ runs, kept, parked, count },
    park: async (code: string, parkedAt: string) => {
      await parked.park(everything, {
        ...{ companyId: 'acme', source: 'ticks', workId: code, code, detail: 'Acme Ltd', body: '{}' },
        ...{ attempts: 8, parkedAt },
      });
      await count();
    },
    /** A person saw to its being sent again. */
    replay: async (code: string) => {
      const loaded = await parked.read(everything, 'acme', `work:ticks:${code}`);
      const sent = { ...loaded!, work: { ...loaded!.work, state: 'replayed' as const } };
      expect(await parked.saveState(everything, sent)).toBe('saved');
      await count();
    },
    /** A beat; the relay then finds what the feed shows, unless it never runs. */
    beats: async (time: string, isRunning: (probe: string) => boolean = () => true) => {
      const slot = `${day}T${time}Z`;
      await probeRelay(slot, { now: at(time), scope: everything }, { probes, runs });
      for (const [probe, laidAt] of probes.laid)
        if (isRunning(probe))
          await notes.found({ probe, slot: laidAt }, { now: at(time), scope: everything });
    },
    fails: (time: string, now: string) => notes.failed(...page(time, now)),
    relays: (time: string, now: string) => notes.relayed(...page(time, now)),
    /** What health says after a beat at that instant. */
    health: async (time: string, on = day) => {
      const now = instantFromText(`${on}T${time}Z`);
      const slot = `${on}T${time}Z`;
      await runs.complete(everything, { job: 'heartbeat', slot, completedAt: slot, missedSlots: 0 });
      await noteWaiting(slot, { now, scope: everything }, { parked, runs });
      return (await readHealth({ app: 'staff', build: 'test' }, everything, now, runs)).value.attention;
    },
    status: async (time: string) =>
      statusAnswer.parse(
        (await readStatus({ now: at(time), scope: everything, platform: everything }, { parked, runs }))
          .value,
      ),
  };
};

describe('the relay', () => {
  it('is behind when the newest entry waits longer than ten minutes, and no more once it went out', async () => {
    const { fails, relays, health } = world();
    await relays('10:00:00', '10:00:01');
    await fails('10:01:00', '10:01:02');
    expect(await health('10:11:00')).toEqual([]);
    expect(await health('10:11:01')).toEqual(['relay-behind']);
    await relays('10:01:00', '10:05:00');
    expect(await health('10:12:00')).toEqual([]);
  });

  it('that failed and went on within the same minute leaves no alarm behind', async () => {
    const { fails, relays, health } = world();
    await relays('10:00:00', '10:00:01');
    await fails('10:00:20', '10:00:21');
    await relays('10:00:20', '10:00:23');
    expect(await health('11:00:00')).toEqual([]);
  });

  it('catching up on entries older than ten minutes is behind, and caught up it is not', async () => {
    const { relays, health } = world();
    await relays('09:00:00', '10:00:00');
    expect(await health('10:00:01')).toEqual(['relay-behind']);
    await relays('10:01:00', '10:01:01');
    expect(await health('10:01:02')).toEqual([]);
  });

  it('with nothing to pass on is not behind, however long ago the last entry was', async () => {
    const { relays, health } = world();
    await relays('01:00:00', '01:00:01');
    expect(await health('23:00:00')).toEqual([]);
  });

  it('that never runs is behind after two beats, though it noted nothing and nobody reads the ledger', async () => {
    const { beats, health, status } = world();
    for (const time of ['10:00:00', '10:05:00']) await beats(time, () => false);
    expect(await health('10:09:59')).toEqual([]);
    await beats('10:10:00', () => false);
    expect(await health('10:10:00')).toEqual([]);
    expect(await health('10:10:01')).toEqual(['relay-behind']);
    expect((await status('10:25:00')).relay).toMatchObject({ lagMinutes: 25 });
    await beats('10:15:00');
    await beats('10:20:00');
    expect(await health('10:20:01')).toEqual([]);
  });

  it('that stops in one range of the feed is behind, however well it runs in the others', async () => {
    const { beats, health } = world();
    const isFirst = (probe: string) => probe === probeOf(`${day}T10:00:00Z`);
    for (const minute of ['00', '05', '10', '15']) await beats(`10:${minute}:00`, (probe) => !isFirst(probe));
    expect(await health('10:15:01')).toEqual(['relay-behind']);
  });

  it('that runs is never behind for a beat that comes late, twice or out of order', async () => {
    const { beats, health } = world();
    for (const minute of ['00', '05', '05', '00', '25', '10', '30']) await beats(`10:${minute}:00`);
    expect(await health('10:30:01')).toEqual([]);
  });

  it('that has been silent for days is noted shortly', async () => {
    const { beats, runs } = world();
    for (let hour = 10; hour < 20; hour += 1)
      for (const minute of ['00', '05', '10', '15']) await beats(`${hour}:${minute}:00`, () => false);
    const note = (await runs.latest(everything, 'probe-relay'))?.note?.['unfound'] ?? '';
    expect(note.split(' ')).toHaveLength(9);
    expect(note.startsWith(`${day}T10:00:00Z`)).toBe(true);
  });

  it('notes what it passed on at most once a minute', async () => {
    const { relays, kept } = world();
    for (const second of ['00', '10', '30', '59']) await relays(`10:00:${second}`, `10:00:${second}`);
    await relays('10:01:00', '10:01:00');
    expect(kept.map(({ slot }) => slot)).toEqual([`${day}T10:00:00.000Z`, `${day}T10:01:00.000Z`]);
  });

  it('goes on when its note cannot be kept, and notes the next page', async () => {
    const runs = memoryRuns();
    let isAway = true;
    const shaky = {
      ...runs,
      complete: (...call: Parameters<typeof runs.complete>) =>
        isAway ? Promise.reject(new Error('the store is away')) : runs.complete(...call),
    };
    const notes = relayNotes(shaky);
    await notes.relayed([entryAt('10:00:00')], { now: at('10:00:01'), scope: everything });
    isAway = false;
    await notes.relayed([entryAt('10:00:02')], { now: at('10:00:03'), scope: everything });
    expect((await runs.latest(everything, 'relay-entries'))?.slot).toBe(`${day}T10:00:02.000Z`);
  });
});

describe('failed work', () => {
  it('a dead letter older than an hour is told until it was sent again', async () => {
    const { park, replay, health } = world();
    await park('delivery-gave-up', `${day}T10:00:00Z`);
    expect(await health('11:00:00')).toEqual([]);
    expect(await health('11:00:01')).toEqual(['dead-letters-waiting']);
    await replay('delivery-gave-up');
    expect(await health('11:05:00')).toEqual([]);
  });

  it('other work is told after one business day, not after an hour', async () => {
    const { park, replay, health } = world();
    await park('kept-failing', `${day}T10:00:00Z`);
    expect(await health('10:00:00', '2026-11-20')).toEqual([]);
    expect(await health('10:00:01', '2026-11-20')).toEqual(['work-parked']);
    await replay('kept-failing');
    expect(await health('10:05:00', '2026-11-20')).toEqual([]);
  });

  it('parked on a Friday is told on Monday: weekends do not count', async () => {
    const { park, health } = world();
    await park('kept-failing', '2026-11-20T10:00:00Z');
    expect(await health('10:00:00', '2026-11-23')).toEqual([]);
    expect(await health('10:00:01', '2026-11-23')).toEqual(['work-parked']);
  });
});

describe('the status', () => {
  it('tells figures and ages of every source, and nothing of whose work it is', async () => {
    const { park, fails, relays, health, status } = world();
    await health('11:30:00');
    await relays('10:00:00', '10:00:01');
    await fails('11:00:00', '11:00:01');
    await park('delivery-gave-up', `${day}T10:00:00Z`);
    await park('kept-failing', `${day}T11:00:00Z`);
    const answer = await status('11:31:30');
    expect(answer).toMatchObject({
      attention: ['relay-behind', 'dead-letters-waiting'],
      beat: { slot: `${day}T11:30:00Z`, ageMinutes: 1 },
      relay: { relayedEntryAt: `${day}T10:00:00.000Z`, lagMinutes: 31 },
      deadLetters: { count: 1, ageMinutes: 91 },
      parked: { count: 2, oldestAt: `${day}T10:00:00Z`, ageMinutes: 91 },
    });
    expect(answer.parked.byCode.map(({ code, ageMinutes }) => [code, ageMinutes])).toEqual([
      ['delivery-gave-up', 91],
      ['kept-failing', 31],
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/acme/i);
  });

  it('of a platform that never beat says so, and that nothing waits', async () => {
    expect(await world().status('10:00:00')).toEqual({
      at: `${day}T10:00:00Z`,
      attention: ['beat-lost'],
      beat: null,
      relay: { relayedEntryAt: null, failedEntryAt: null, lagMinutes: 0 },
      deadLetters: { count: 0, oldestAt: null, ageMinutes: 0 },
      parked: { count: 0, oldestAt: null, ageMinutes: 0, byCode: [] },
    });
  });
});
