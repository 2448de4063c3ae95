/**
 * Who is asked to decide a case decides it right from their mail (R80, R82, R83): the link stands in it, is theirs alone, works
 * once, and nobody else who hears of the case gets one.
 */
import { describe, expect, it } from 'vitest';
import { decideByLink, lookByLink } from '../../../functions/disputes/decision-links.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { instantFromText, textOfInstant } from '../../../shared/domain/calendar.ts';
import { money } from '../../support/account-examples.ts';
import { callerOf, people, tuesday, type DisputeWorld } from '../../support/dispute-world.ts';
import { stepCase } from '../../../functions/disputes/step-case.ts';
import { linkIn, logistics, pricing, setUp } from './decision-world.ts';
import { recipient } from './mail-people.ts';

const by = (world: DisputeWorld, token: string) =>
  decideByLink(world.parts, world.callBy('link:x'), token, { reason: 'seen', credited: money(6_000) });

describe('the mail that asks somebody to decide', () => {
  it('holds a link, once, by which they decide the case once', async () => {
    const { world, place, tick, mails } = await setUp([pricing, logistics]);
    await tick();
    await tick();
    const all = await mails();
    expect(all.map(({ to }) => to)).toEqual(['u:pricing']);
    const token = linkIn(all[0]!.text)!;
    expect(linkIn(all[0]!.html)).toBe(token);
    expect(await lookByLink(world.parts, world.callBy('scanner'), token)).toMatchObject({ ok: true });
    expect(await by(world, token)).toMatchObject({ ok: true });
    expect((await world.caseOf(place.case)).decision).toMatchObject({ by: 'u:pricing', role: 'owner' });
    expect(await by(world, token)).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('of a case that went on to another holds none; the other gets theirs', async () => {
    const { world, place, tick, mails } = await setUp([pricing, logistics]);
    const step = { step: 'reassign', department: 'logistics' } as const;
    await stepCase(world.parts, world.callBy('u:manager'), callerOf('u:manager', 'CRM'), place, step);
    await world.hear();
    await tick();
    const links = (await mails()).map(({ to, text }) => [to, linkIn(text) !== undefined]).toSorted();
    expect(links).toEqual([
      ['u:logistics', true],
      ['u:pricing', false],
    ]);
  });

  it('of a case out of control is the CFO’s too: rule, money, history, and the decision that is final', async () => {
    const cfo = recipient(people.cfo, 'EXE', ['cfo']);
    const { world, place, tick, mails } = await setUp([pricing, cfo], 2_500_000);
    await tick();
    await tick();
    const toCfo = (await mails()).filter(({ to }) => to === 'u:cfo');
    const amount = toCfo.filter(({ text }) => text.includes('Dispute out of control, amount'));
    expect(amount).toHaveLength(1);
    const { text } = amount[0]!;
    for (const part of ['EUR 25,000.00', 'PRICE, opened 2026-11-24', 'u:pricing (pricing) since 2026-11-24'])
      expect(text).toContain(part);
    const split = { reason: 'final', credited: money(1_000_000) };
    const decided = await decideByLink(world.parts, world.callBy('link:x'), linkIn(text)!, split);
    expect(decided).toMatchObject({ ok: true });
    expect((await world.caseOf(place.case)).decision).toMatchObject({ by: 'u:cfo', role: 'cfo' });
  });

  describe('within five minutes of the breach', () => {
    const setUpForCfo = () => setUp([recipient(people.cfo, 'EXE', ['cfo'])], 2_500_000);
    const minutes = (job: string): number => topology.jobs[job]!.everyMinutes;
    const toldAt = async (mails: Awaited<ReturnType<typeof setUp>>['mails'], breach: string) =>
      (await mails()).filter(({ text }) => text.includes(`out of control, ${breach}`)).map(({ at }) => at);

    it('by an event: the alert is there with it, the mail with the next tick', async () => {
      const { world, tick, mails } = await setUpForCfo();
      const raised = world.alerts.raised.find(({ breach }) => breach === 'amount');
      expect(raised?.at).toBe(tuesday);
      const next = instantFromText(tuesday).add({ minutes: minutes('report-mails') });
      await tick(textOfInstant(next));
      const [at] = await toldAt(mails, 'amount');
      expect(next.since(instantFromText(tuesday)).total('minutes')).toBeLessThanOrEqual(5);
      expect(at).toBe('2026-11-24T09:05:00Z');
    });

    it('by a day that begins: though mails are planned before cases are looked at', async () => {
      const { world, tick, mails } = await setUpForCfo();
      expect(minutes('dispute-deadlines')).toBe(minutes('report-mails'));
      for (let at = instantFromText('2026-12-24T23:50:00Z'), n = 0; n < 5; n += 1) {
        await tick(textOfInstant(at));
        world.moveTo(textOfInstant(at));
        await world.tick();
        at = at.add({ minutes: minutes('report-mails') });
      }
      expect(await toldAt(mails, 'age')).toEqual(['2026-12-25T00:05:00Z']);
    });
  });

  it('is not written to whoever is on the list and not asked', async () => {
    const { tick, mails } = await setUp([recipient(people.cfo, 'DEC', ['disputeOwner', 'cfo']), logistics]);
    await tick();
    expect(await mails()).toEqual([]);
  });
});
