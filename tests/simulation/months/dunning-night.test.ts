/**
 * S4: the process dies before and after every effect of a morning over 60 accounts at three stages, the limit of the mail
 * service reached midway: each customer has the mail of a morning in which nothing died, once (D1, D2, D9).
 */
import { expect, it } from 'vitest';
import { gateOf } from '../../support/faults.ts';
import { dieEverywhere } from './crash-points.ts';
import { dunningNight } from './dunning-night.ts';

const whole = await dunningNight({ gate: gateOf(), delivering: () => undefined });
const apart = process.env['DUNWELL_LONG'] === '1' ? Infinity : 25;

it('sends one mail to each of 60 accounts, by the hour as many as the mail service takes', () => {
  expect(whole).toMatchObject({ parked: [], faults: [] });
  expect(whole.mails).toHaveLength(60);
});

it.each(['before', 'after'] as const)(
  'ends the same when the process dies %s any of its effects',
  async (when) => {
    const { places, deaths } = await dieEverywhere(dunningNight, when, apart, (end, died) =>
      expect({ died, ...end }).toEqual({ died, ...whole }),
    );
    expect(places).toBeGreaterThan(600);
    expect(deaths).toBe(places);
  },
  3_600_000,
);
