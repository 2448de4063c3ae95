/**
 * What every `MailPacing` promises, of three mails a minute and five an hour. From: in-memory twin, Cosmos DB.
 * Next: both run it, each case with a pacing of its own.
 */
import { expect, it } from 'vitest';
import type { MailPacing } from '../../shared/ports/mail-pacing.ts';
import { tenOClock } from '../support/test-edge.ts';

export const paceLimits = { perMinute: 3, perHour: 5 };
const at = (seconds: number) => tenOClock.add({ seconds });

export const mailPacingSuite = (fresh: () => Promise<MailPacing>): void => {
  it('has as many slots in a minute as it may, and says when the next is free', async () => {
    const pacing = await fresh();
    for (const seconds of [0, 1, 2]) expect(await pacing.take(at(seconds))).toEqual({ is: 'free' });
    expect(await pacing.take(at(3))).toEqual({ is: 'full', until: at(60).toString() });
    expect(await pacing.take(at(60))).toEqual({ is: 'free' });
  });

  it('has as many in an hour, too', async () => {
    const pacing = await fresh();
    for (const seconds of [0, 1, 2, 60, 61]) await pacing.take(at(seconds));
    expect(await pacing.take(at(180))).toEqual({ is: 'full', until: at(3_600).toString() });
    expect(await pacing.pace(at(61))).toMatchObject({ lastMinute: 3, lastHour: 5, perMinute: 3, perHour: 5 });
  });

  it('never gives one slot to two who take it at once', async () => {
    const pacing = await fresh();
    const taken = await Promise.all([0, 0, 0, 0, 0].map(() => pacing.take(at(0))));
    expect(taken.filter(({ is }) => is === 'free')).toHaveLength(3);
  });

  it('gives each of many that find no room a turn of its own, as many as may go; who is first is not behind them', async () => {
    const pacing = await fresh();
    for (const seconds of [0, 0, 0]) await pacing.take(at(seconds));
    const turns: string[] = [];
    for (let mail = 0; mail < 12; mail += 1) {
      const slot = await pacing.take(at(1), 'oneOfMany');
      turns.push(slot.is === 'full' ? slot.until : slot.is);
    }
    const expected = [60, 60, 60, 120, 120, 3_660, 3_660, 3_660, 3_720, 3_720, 7_260, 7_260];
    expect(turns).toEqual(expected.map((seconds) => at(seconds).toString()));
    expect(await pacing.take(at(2))).toEqual({ is: 'full', until: at(60).toString() });
  });

  it('gives those who ask at once the room there is and each other one a turn of its own', async () => {
    const pacing = await fresh();
    await pacing.take(at(0));
    const slots = await Promise.all(
      [1, 1, 1, 1, 1, 1].map((seconds) => pacing.take(at(seconds), 'oneOfMany')),
    );
    expect(slots.map((slot) => (slot.is === 'full' ? slot.until : slot.is)).toSorted()).toEqual(
      [...[60, 60, 60, 120].map((seconds) => at(seconds).toString()), 'free', 'free'].toSorted(),
    );
    expect(await pacing.pace(at(1))).toMatchObject({ lastMinute: 3 });
  });

  it('pauses as long as the mail service asked for', async () => {
    const pacing = await fresh();
    await pacing.pause(at(90).toString());
    await pacing.pause(at(30).toString());
    expect(await pacing.take(at(60))).toEqual({ is: 'full', until: at(90).toString() });
    expect(await pacing.pace(at(60))).toMatchObject({ pausedUntil: at(90).toString() });
    expect(await pacing.take(at(90))).toEqual({ is: 'free' });
  });
};
