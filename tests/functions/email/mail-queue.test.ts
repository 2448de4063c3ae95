/**
 * Mail that waits for its turn: how many, and when they will be out.
 */
import { describe, expect, it } from 'vitest';
import { readMailQueue } from '../../../functions/email/read-mail-queue.ts';
import { outByMs } from '../../../shared/domain/mail-pace.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { everything } from '../../support/test-edge.ts';
import { companyId, contact, createMailWorld, lateItem, open, plan, run, tuesday } from './mail-world.ts';

it('counts what waits, says by when it is out, and comes to nothing once it is', async () => {
  const world = await createMailWorld({ limits: { perMinute: 2, perHour: 3 } });
  const names = ['north', 'south', 'east', 'west', 'middle'];
  const ids = new Map<string, string>();
  for (const name of names) {
    await open(world, name, [lateItem(name, 1, 12)], contact(`ap@${name}.example`));
    ids.set(name, await plan(world, name));
  }
  const queue = async (now = tuesday) => {
    const read = await readMailQueue(world.parts, companyId, { scope: everything, now });
    if (!read.ok) throw new Error(read.code);
    return read.value;
  };
  expect(await queue()).toMatchObject({
    ...{ waiting: 5, oldestOn: '2026-06-16', outBy: '2026-06-16T09:00:00Z', perMinute: 2, perHour: 3 },
    ...{ lastMinute: 0, pausedUntil: null, isMore: false },
  });
  const send = async (now: typeof tuesday) => {
    for (const name of names) await run(world, name, ids.get(name)!, now);
  };
  await send(tuesday);
  expect(await queue()).toMatchObject({ waiting: 3, lastMinute: 2, outBy: '2026-06-16T09:00:00Z' });
  await send(tuesday.add({ minutes: 2 }));
  await send(tuesday.add({ minutes: 62 }));
  const later = tuesday.add({ minutes: 63 });
  expect(await queue(later)).toMatchObject({ waiting: 0, oldestOn: null, outBy: later.toString() });
  expect(world.mailer.accepted).toHaveLength(5);
});

it('is not there for somebody of another company', async () => {
  const world = await createMailWorld();
  const call = { scope: scopeOver(['other']), now: tuesday };
  expect(await readMailQueue(world.parts, companyId, call)).toMatchObject({ code: 'not-found' });
});

describe('out by', () => {
  const [minute, hour] = [60_000, 3_600_000];
  const none = { lastMinute: 0, lastHour: 0 };
  it.each<[string, number, object, number]>([
    ['nothing waits', 0, {}, 0],
    ['there is room', 30, {}, 0],
    ['one more than a minute takes', 31, {}, minute],
    ['the hour is full sooner', 101, {}, hour],
    ['a day of hours', 2_500, {}, 24 * hour],
    ['the minute is used up', 30, { lastMinute: 30, lastHour: 30 }, minute],
    ['the service asked for a pause', 1, { pausedUntilMs: 10 * minute }, 10 * minute],
  ])('%s', (_when, waiting, pace, ms) => {
    expect(outByMs(waiting, { ...none, ...pace }, { perMinute: 30, perHour: 100 }, 0)).toBe(ms);
  });
});
