/**
 * The look at an account falls on the right local day and hour when clocks change (R23), in March and
 * in October: what a policy does so many days before an invoice is due is done by that look.
 */
import { describe, expect, it } from 'vitest';
import { dayFromText, instantFromText } from '../../../shared/domain/calendar.ts';
import { companyId, createMailWorld } from './mail-world.ts';

const frameAt = async (now: string) => {
  const world = await createMailWorld();
  return (await world.parts.frameOf(companyId, instantFromText(now)))!;
};

describe('when clocks change in Berlin', () => {
  it.each([
    ['2026-03-29T21:59:59Z', '2026-03-29'],
    ['2026-03-29T22:00:00Z', '2026-03-30'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
  ])('at %s it is %s', async (now, day) => {
    expect((await frameAt(now)).today).toBe(day);
  });

  it.each([
    ['the Friday before March’s', '2026-03-27', '2026-03-27T07:30:00Z'],
    ['the Monday after it', '2026-03-30', '2026-03-30T06:30:00Z'],
    ['the Friday before October’s', '2026-10-23', '2026-10-23T06:30:00Z'],
    ['the Monday after it', '2026-10-26', '2026-10-26T07:30:00Z'],
  ])('%s an account is looked at at half past eight there', async (_what, on, at) => {
    const day = dayFromText(on);
    const frame = await frameAt('2026-01-05T12:00:00Z');
    expect(instantFromText(frame.reviewAt(day)).equals(instantFromText(at))).toBe(true);
  });
});
