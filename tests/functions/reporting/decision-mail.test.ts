/**
 * Who is asked to decide a case decides it right from their mail (R80): the link stands in it, is theirs alone, works
 * once, and nobody else who hears of the case gets one.
 */
import { describe, expect, it } from 'vitest';
import { decideByLink, lookByLink } from '../../../functions/disputes/decision-links.ts';
import { planReports } from '../../../functions/reporting/plan-reports.ts';
import { mailFrom } from '../../../shared/contracts/mail.ts';
import { reportMailsPlace } from '../../../shared/contracts/report-mails.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { instantFromText, textOfInstant } from '../../../shared/domain/calendar.ts';
import { money } from '../../support/account-examples.ts';
import { callerOf, disputeWorld, people, tuesday, type DisputeWorld } from '../../support/dispute-world.ts';
import { everything } from '../../support/test-edge.ts';
import { stepCase } from '../../../functions/disputes/step-case.ts';
import { recipient, type Listed } from './mail-people.ts';
import { newReportParts } from './report-parts.ts';

const one = 'item:invoice:1';
const pricing = recipient('u:pricing', 'DEC', ['disputeOwner']);
const logistics = recipient('u:logistics', 'DEC', ['disputeOwner']);

const setUp = async (recipients: readonly Listed[], contested = 6_000) => {
  const world = await disputeWorld();
  await world.set('mail', {
    ...{ from: 'ar@house.example', replyDomain: 'reply.house.example', address: ['Street 1'] },
    sender: { name: 'AR', email: 'ar@house.example', phone: '1', hours: '9-5' },
    linkOrigin: 'https://pay.house.example',
  });
  await world.set(reportMailsPlace('c1').name, { recipients, times: [] });
  const made = newReportParts();
  const { accounts, alerts, settings, tokens } = world.parts;
  const parts = { ...made.parts, accounts, alerts, settings, tokens: world.tokens };
  expect(tokens).toBe(world.tokens);
  await world.post({ id: one, original: money(5_000_000) });
  const place = await world.open('PRICE', { [one]: contested });
  await world.hear();
  const tick = (at = tuesday) => planReports(parts, { scope: everything, now: instantFromText(at) });
  const mails = async () => {
    const { mails: planned } = await made.staffMails.list(everything, 'c1', { limit: 50 });
    return Promise.all(
      planned.map(async ({ to, file, at }) => ({
        ...mailFrom((await made.documents.read(everything, { companyId: 'c1', name: file }))!),
        ...{ to, at },
      })),
    );
  };
  return { world, place, tick, mails };
};

const linkIn = (text: string): string | undefined =>
  /https:\/\/pay\.house\.example\/decide#(?<token>[\w-]{43})/.exec(text)?.groups?.['token'];
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
    const amount = toCfo.filter(({ text }) => text.includes('disputeOutOfControl, amount'));
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
      (await mails()).filter(({ text }) => text.includes(`OutOfControl, ${breach}`)).map(({ at }) => at);

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
