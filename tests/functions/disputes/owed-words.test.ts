/**
 * What a customer has to hear of a case while too much else is on its way to them: later, and once (`defaults.md` §5.2).
 */
import { describe, expect, it } from 'vitest';
import { decideCase } from '../../../functions/disputes/decide-case.ts';
import { mostPendingNotices } from '../../../shared/domain/notice.ts';
import { planNotice } from '../../../shared/domain/plan-notice.ts';
import { day, factsOf } from '../../support/account-examples.ts';
import { callerOf, disputeWorld, type DisputeWorld } from '../../support/dispute-world.ts';

const one = 'item:invoice:1';
const today = day('2026-11-24');

/** As many as can be on their way at once. */
const crowd = async (world: DisputeWorld) => {
  for (let n = 0; n < mostPendingNotices; n += 1)
    await world.append(({ head }) => factsOf(planNotice(head, { text: 'T16', causeId: `c${n}` }, today)));
};
const clear = (world: DisputeWorld, count: number) =>
  world.append(({ head }) =>
    (head.dunning.notices ?? [])
      .filter(({ text }) => text === 'T16')
      .slice(0, count)
      .map(({ id }) => ({ kind: 'noticeSent' as const, messageId: id, on: today })),
  );
const toldOf = async (world: DisputeWorld): Promise<string[]> =>
  (await world.entries()).flatMap(({ facts }) =>
    facts.flatMap((fact) =>
      fact.kind === 'noticePlanned' && fact.notice.text !== 'T16' ? [fact.notice.text] : [],
    ),
  );
const nextDays = async (world: DisputeWorld, ...days: string[]) => {
  for (const date of days) {
    world.moveTo(`2026-11-${date}T07:00:00Z`);
    await world.tick();
    await world.tick();
    await world.hear();
  }
};

describe('what cannot be told yet', () => {
  it('is told when there is room, once', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    await crowd(world);
    await world.open('PRICE', { [one]: 6_000 });
    await world.hear();
    expect(await toldOf(world)).toEqual([]);
    await clear(world, 3);
    await nextDays(world, '25', '26');
    expect(await toldOf(world)).toEqual(['T8']);
    await clear(world, 99);
    await nextDays(world, '27');
    expect(await toldOf(world)).toEqual(['T8']);
    expect(await world.violations()).toEqual([]);
  });

  it('is told of a case that is long closed, as far as there is room', async () => {
    const world = await disputeWorld();
    await world.post({ id: one });
    await crowd(world);
    const place = await world.open('PRICE', { [one]: 6_000 });
    const dso = callerOf('u:pricing', 'DSO');
    await decideCase(world.parts, world.callBy('u:pricing'), dso, place, { reason: 'the list is right' });
    await world.hear();
    expect(await world.caseOf(place.case)).toMatchObject({ state: 'closed' });
    expect(await toldOf(world)).toEqual([]);
    await clear(world, 1);
    await nextDays(world, '25');
    expect(await toldOf(world)).toEqual(['T8']);
    await clear(world, 1);
    await nextDays(world, '26', '27');
    expect(await toldOf(world)).toEqual(['T8', 'T9']);
    expect(await world.violations()).toEqual([]);
  });
});
