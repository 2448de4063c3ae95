/**
 * One clock in several processes: a move believes only what followers say after it asked, and stops at what they
 * still wait for.
 */
import { setTimeout as realDelay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../local/clock.ts';
import { followClock, leadClock } from '../../local/clock-link.ts';
import { createFaultSwitch } from '../../local/kit/faults.ts';
import { serveHttp, type HttpService } from '../../local/kit/http-service.ts';

const hourMs = 3_600_000;
const prefix = '/admin/clock/followers/';
let leader: Clock;
let admin: HttpService;
let ending: AbortController;
let followers: Clock[];
let lost: number;

beforeEach(async () => {
  leader = createClock({ offsetMs: 5 * hourMs });
  const lead = leadClock(leader);
  ending = new AbortController();
  followers = [];
  lost = 0;
  admin = await serveHttp({
    name: 'admin',
    port: 0,
    maxBodyBytes: 1_000,
    faults: createFaultSwitch(),
    answer: ({ path, body }) => lead.answer(path.slice(prefix.length), JSON.parse(body.toString())),
    refuse: (kind) => ({ status: 500, body: kind }),
  });
});
afterEach(async () => {
  ending.abort();
  await admin.close();
  for (const clock of [leader, ...followers]) clock.close();
});

const follow = async (prepare: (clock: Clock) => void = () => undefined): Promise<Clock> => {
  const clock = createClock();
  followers.push(clock);
  prepare(clock);
  await followClock(clock, admin.url, `follower-${followers.length}`, ending.signal, () => (lost += 1));
  return clock;
};

describe('a follower', () => {
  it('has the time of its leader before anything is started on it', async () => {
    const clock = await follow();
    expect(clock.offsetMs()).toBe(leader.offsetMs());
  });

  it('is told once when its leader is gone', async () => {
    await follow();
    await admin.close();
    while (lost === 0) await realDelay(5);
    expect(lost).toBe(1);
  });

  it('does not start without its leader', async () => {
    await admin.close();
    await expect(follow()).rejects.toThrow('fetch failed');
    expect(lost).toBe(0);
  });
});

describe('a move of the leader', () => {
  it('stops at every alarm of a follower, also at one set when the work before it ends', async () => {
    const rung: number[] = [];
    let busy = false;
    const start = leader.now();
    await follow((clock) => {
      clock.addQuietCheck(() => realDelay(3).then(() => !busy));
      const beat = async () => {
        rung.push(Math.round((clock.now() - start) / hourMs));
        busy = true;
        await realDelay(7);
        clock.at(start + (rung.length + 1) * hourMs, beat);
        busy = false;
      };
      clock.at(start + hourMs, beat);
    });
    await leader.moveTo(start + 24 * hourMs + 1_000);
    expect(rung).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  });

  it('does not begin while a follower works at what came after its last report', async () => {
    let busy = false;
    let doneAtOffsetMs: number | undefined;
    await follow((clock) => clock.addQuietCheck(() => realDelay(20).then(() => !busy)));
    await realDelay(100); // its report has been taken, and said that all is quiet
    busy = true;
    setTimeout(() => {
      doneAtOffsetMs = leader.offsetMs();
      busy = false;
    }, 100);
    const beforeMs = leader.offsetMs();
    await leader.moveTo(leader.now() + hourMs);
    expect(doneAtOffsetMs).toBe(beforeMs);
  });

  it('does not wait for a follower whose process is gone', async () => {
    const gone = {
      offsetMs: leader.offsetMs(),
      nextAlarmMs: null,
      quiet: false,
      question: 0,
      processId: 2 ** 22 + 1,
    };
    void fetch(`${admin.url}${prefix}gone`, {
      method: 'POST',
      body: JSON.stringify(gone),
      signal: ending.signal,
    }).catch(() => undefined);
    await realDelay(50);
    const startedAtMs = performance.now();
    await leader.moveTo(leader.now() + hourMs);
    expect(performance.now() - startedAtMs).toBeLessThan(2_000);
  });
});
