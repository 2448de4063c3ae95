/**
 * S3, S5 to S9: the process dies before and after every effect of a story, and books, stages, cases, payments, mails and
 * what customers were shown are those of the story in which nothing died. All places in the long run, once in a life each;
 * a sample of them, many in a life, in `npm test`. S4 is `../months/dunning-night.test.ts`.
 */
import { describe, expect, it } from 'vitest';
import { gateOf } from '../../support/faults.ts';
import { dieEverywhere } from '../months/crash-points.ts';
import { bankFile, moneyBack, portalPayment, webhooks } from './money-stories.ts';
import { lived, type Story } from './stage.ts';
import { contested, promised } from './word-stories.ts';

const isLong = process.env['DUNWELL_LONG'] === '1';
const [apart, mostLives] = isLong ? [Infinity, Infinity] : [25, 4];

/** Mails to customers and places to die at, at least: a story that shrinks shows less. */
const stories: [string, Story, number, number][] = [
  ['S3, the file of the bank', bankFile, 4, 110],
  ['S5, a payment in the portal', portalPayment, 3, 80],
  ['S6, webhooks before the customer is back, after, never', webhooks, 9, 220],
  ['S7, refund and chargeback after dunning went on', moneyBack, 5, 100],
  ['S8, a dispute while the run is on, decided the next day', contested, 28, 400],
  ['S9, promises kept and broken', promised, 11, 160],
];

describe.each(stories)('%s', (_name, story, mails, leastPlaces) => {
  const whole = lived(story)({ gate: gateOf(), delivering: () => undefined });

  it('undisturbed, everything that must hold holds, and the mails go out', async () => {
    const end = await whole;
    expect(end).toMatchObject({ parked: [], faults: [] });
    expect(end.mails).toHaveLength(mails);
  });

  it.each(['before', 'after'] as const)(
    'ends the same when the process dies %s an effect',
    async (when) => {
      const expected = await whole;
      const compare = (end: object, died: readonly string[]): void =>
        expect({ died, ...end }).toEqual({ died, ...expected });
      const { places, lives, deaths } = await dieEverywhere(lived(story), when, apart, compare, mostLives);
      expect(places).toBeGreaterThan(leastPlaces);
      expect(deaths).toBeGreaterThanOrEqual(isLong ? places : lives);
    },
    3_600_000,
  );
});
