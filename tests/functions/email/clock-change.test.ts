/**
 * The look at an account falls on the right local day and hour when clocks change (R23), in March and
 * in October: what a policy does so many days before an invoice is due is done by that look.
 */
import { describe, expect, it } from 'vitest';
import { addDays, dayFromText, instantFromText } from '../../../shared/domain/calendar.ts';
import { companyId, contact, createMailWorld, headOf, lateItem, open, plan, run } from './mail-world.ts';

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

describe('five days before an invoice is due (R23)', () => {
  it.each([
    ['over the change in March', '2026-04-02', '2026-03-27T22:59:00Z', '2026-03-30T06:30:00Z', '2026-03-30'],
    ['after it', '2026-04-06', '2026-03-31T21:59:00Z', '2026-04-01T06:30:00Z', '2026-04-01'],
    [
      'before the change in October',
      '2026-10-28',
      '2026-10-22T21:59:00Z',
      '2026-10-23T06:30:00Z',
      '2026-10-23',
    ],
    ['over it', '2026-10-31', '2026-10-25T22:59:00Z', '2026-10-26T07:30:00Z', '2026-10-26'],
  ])(
    '%s the customer is written to on that local day, not the one before',
    async (_what, due, before, at, on) => {
      const world = await createMailWorld();
      const dueOn = dayFromText(due);
      const documentOn = addDays(dueOn, -30);
      const item = {
        ...lateItem('north', 1, 0, 200_000),
        dueOn,
        firstDueOn: dueOn,
        documentOn,
        postedOn: documentOn,
      };
      await open(
        world,
        'north',
        [item],
        contact('ap@north.example', { treatment: { policyId: 'standard' } }),
      );
      await expect(plan(world, 'north', instantFromText(before))).rejects.toThrow('nothing was planned');
      expect(await plan(world, 'north', instantFromText(at))).toBe(`message:${on}:mail`);
      expect((await headOf(world, 'north')).dunning.message).toMatchObject({ text: 'T1', tone: 'courtesy' });
      await run(world, 'north', `message:${on}:mail`, instantFromText(at));
      expect(world.mailer.accepted).toHaveLength(1);
    },
  );
});
