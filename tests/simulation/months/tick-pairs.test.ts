/**
 * Ticks that come again, overlap, come late or not at all change nothing but when the work is done (D3).
 */
import { expect, it } from 'vitest';
import { drawFrom } from './draw.ts';
import type { Sabotage } from './sabotage.ts';
import { anyTicks, liveWith, oneADay, type Ticks } from './tick-pairs.ts';

const seeds = process.env['DUNWELL_LONG'] === '1' ? Array.from({ length: 20 }, (_, n) => n + 1) : [1, 2];
const sixADay: Ticks = () => [8.5, 8.5, 8.5, 8.6, 11, 15];

it.each(seeds)(
  'seed %i: missing for days and doubled, items end where one a day takes them',
  async (seed) => {
    const calm = await liveWith(seed, oneADay, 1);
    const troubled = await liveWith(seed, anyTicks(drawFrom(seed)), 1);
    expect(calm.mails.length).toBeGreaterThan(20);
    expect({ ...troubled, mails: troubled.mails.length }).toEqual({ ...calm, mails: calm.mails.length });
  },
);

it.each(seeds)('seed %i: six a day send the very mails of one', async (seed) => {
  expect(await liveWith(seed, sixADay, 3)).toEqual(await liveWith(seed, oneADay, 3));
});

it('a day that is counted by ticks is seen', async () => {
  const counted: Sabotage = ({ dunning, mail }) => {
    let ticks = 0;
    const { accounts } = dunning;
    dunning.accounts = {
      ...accounts,
      due: (...asked) => ((ticks += 1), accounts.due(...asked)),
    };
    for (const one of [dunning, mail]) {
      const { frameOf } = one;
      one.frameOf = async (companyId, now) =>
        frameOf(companyId, now.add({ hours: 24 * Math.floor(ticks / 200) }));
    }
  };
  const [one, six] = [await liveWith(1, oneADay, 1, counted), await liveWith(1, sixADay, 1, counted)];
  expect(six.mails).not.toEqual(one.mails);
});
