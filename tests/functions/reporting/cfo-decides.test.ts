/**
 * The CFO is mailed each rule a case breaks, once, within five minutes, with the rule, the money and the history (R82), and
 * decides from that mail: accepts, rejects, splits or gives it to another department; the case says what, who and when, and
 * goes on (R83).
 */
import { describe, expect, it } from 'vitest';
import { addCasePaper } from '../../../functions/disputes/case-papers.ts';
import { decideByLink, reassignByLink } from '../../../functions/disputes/decision-links.ts';
import { showCase } from '../../../functions/disputes/show-case.ts';
import { stepCase } from '../../../functions/disputes/step-case.ts';
import { instantFromText, textOfInstant } from '../../../shared/domain/calendar.ts';
import { money } from '../../support/account-examples.ts';
import { callerOf, people, tuesday } from '../../support/dispute-world.ts';
import { linkIn, setUp } from './decision-world.ts';
import { recipient } from './mail-people.ts';

const cfo = recipient(people.cfo, 'EXE', ['cfo']);
const manager = callerOf('u:manager', 'CRM');
type Set = Awaited<ReturnType<typeof setUp>>;

/** The two jobs that look at cases and plan mails, each five minutes, from one instant to another. */
const pass = async ({ world, tick }: Set, from: string, to = from): Promise<void> => {
  for (let at = instantFromText(from); textOfInstant(at) <= to; at = at.add({ minutes: 5 })) {
    await tick(textOfInstant(at));
    world.moveTo(textOfInstant(at));
    await world.tick();
    await world.hear();
  }
};
const step = async ({ world, place }: Set, body: Parameters<typeof stepCase>[4]): Promise<void> => {
  const done = await stepCase(world.parts, world.callBy('u:manager'), manager, place, body);
  expect(done).toMatchObject({ ok: true });
  await world.hear();
};
const reopened = async (set: Set): Promise<void> => {
  const { world, place } = set;
  await decideByLink(world.parts, world.callBy('link'), (await cfoLink(set))!, { reason: 'no' });
  await world.hear();
  const bytes = new TextEncoder().encode('%PDF-1.7\nnew\n%%EOF\n');
  const call = world.callBy('u:c');
  const paper = await addCasePaper(world.parts, call, manager, place, {
    ...{ name: 'a.pdf', paper: 'order', bytes },
  });
  await step(set, { step: 'reopen', paper: paper.ok ? paper.value.paper : '', text: 'signed note' });
};
const toCfo = async ({ mails }: Set) => (await mails()).filter(({ to }) => to === people.cfo);
const cfoLink = async (set: Set) => linkIn((await toCfo(set))[0]!.text);

describe('a rule that is broken', () => {
  it.each<[string, number, (set: Set) => Promise<string>, string[]]>([
    ['age', 6_000, async () => '2026-12-25T00:00:00Z', ['EUR 60.00', 'PRICE, opened 2026-11-24']],
    ['amount', 2_500_000, async () => tuesday, ['EUR 25,000.00', 'u:pricing (pricing) since 2026-11-24']],
    ['share', 1_000_000, async () => tuesday, ['EUR 10,000.00', 'u:pricing (pricing) since 2026-11-24']],
    [
      'owners',
      6_000,
      async (set) => {
        await step(set, { step: 'reassign', department: 'logistics' });
        await step(set, { step: 'reassign', department: 'credit' });
        return tuesday;
      },
      ['u:pricing (pricing)', 'u:logistics (logistics)', 'u:credit (credit) since 2026-11-24'],
    ],
    [
      'missedDates',
      6_000,
      async (set) => {
        for (const at of ['2026-11-26T00:00:00Z', '2026-11-30T12:00:00Z']) await pass(set, at);
        await step(set, { step: 'validate' });
        return '2026-11-30T12:00:00Z';
      },
      ['day to validate missed on 2026-11-26', 'missed on 2026-11-30'],
    ],
    [
      'reopened',
      2_500_000,
      async (set) => (await pass(set, tuesday), await reopened(set), tuesday),
      ['opened again: 1'],
    ],
  ])(
    '%s is mailed once, within five minutes, with rule, money and history',
    async (rule, amount, breaks, parts) => {
      const set = await setUp([cfo], amount);
      const brokenAt = instantFromText(await breaks(set));
      const told = async () =>
        (await toCfo(set)).filter(({ text }) => text.includes(`out of control, ${rule}`));
      const day = (hours: number) => textOfInstant(brokenAt.add({ hours }));
      await pass(set, textOfInstant(brokenAt), textOfInstant(brokenAt.add({ minutes: 5 })));
      expect(await told()).toHaveLength(1);
      await pass(set, day(1), day(1));
      await pass(set, day(24), day(24));
      const [mail, ...more] = await told();
      expect(more).toEqual([]);
      for (const part of ['EUR ', ...parts]) expect(mail!.text).toContain(part);
      expect(linkIn(mail!.text)).toBeDefined();
    },
  );
});

describe('from the mail the CFO', () => {
  const alerted = async () => {
    const set = await setUp([cfo], 2_500_000);
    await pass(set, tuesday);
    return { ...set, link: (await cfoLink(set))! };
  };
  const shown = async ({ world, place }: Set) => {
    const answer = await showCase(world.parts, world.callBy('u:c'), manager, place);
    if (!answer.ok) throw new Error(answer.code);
    return answer.value;
  };

  it.each<[string, object, string, object]>([
    ['accepts', { credited: money(2_500_000) }, 'accepted', { credited: 2_500_000, upheldForUs: 0 }],
    ['rejects', {}, 'rejected', { credited: 0, upheldForUs: 2_500_000 }],
    [
      'splits',
      { credited: money(1_000_000) },
      'partlyAccepted',
      { credited: 1_000_000, upheldForUs: 1_500_000 },
    ],
  ])(
    '%s: the case says it, by whom and when, and goes on to its end',
    async (_does, body, outcome, split) => {
      const set = await alerted();
      set.world.moveTo('2026-11-25T10:30:00Z');
      const call = set.world.callBy('link:x');
      expect(await decideByLink(set.world.parts, call, set.link, { reason: 'final', ...body })).toMatchObject(
        { ok: true },
      );
      await set.world.hear();
      const { decision, state, texts, closed } = await shown(set);
      expect(decision).toMatchObject({ outcome, split, by: 'u:cfo', role: 'cfo', on: '2026-11-25' });
      expect(texts).toContainEqual(
        expect.objectContaining({ text: 'final', by: 'u:cfo', at: '2026-11-25T10:30:00Z' }),
      );
      expect([state, closed?.on]).toEqual(['closed', '2026-11-25']);
      expect(await set.world.violations()).toEqual([]);
    },
  );

  it('gives it to another department, once: its owner is asked, and the clock goes on', async () => {
    const set = await alerted();
    const { world, link } = set;
    const away = (department: string, request?: string) =>
      reassignByLink(world.parts, world.callBy('link:x', request), link, {
        department,
        reason: 'goods, not price',
      });
    expect(await away('nobody')).toMatchObject({ ok: false, code: 'nobody-to-ask' });
    for (let time = 0; time < 2; time += 1)
      expect(await away('logistics', 'same')).toMatchObject({ ok: true, value: { state: 'opened' } });
    await world.hear();
    const { hands, owner, dueOn, texts } = await shown(set);
    expect(hands.map((one) => one.owner)).toEqual(['u:pricing', 'u:logistics']);
    expect([owner, dueOn]).toEqual(['u:logistics', '2026-11-25']);
    expect(texts).toContainEqual(
      expect.objectContaining({ text: 'goods, not price', by: 'u:cfo', at: tuesday }),
    );
    expect(world.alerts.raised.map(({ rule, to }) => [rule, ...to])).toContainEqual([
      ...['disputeDecisionWanted', 'u:logistics'],
    ]);
    expect(await away('credit')).toMatchObject({ ok: false, code: 'not-found' });
    expect(await decideByLink(world.parts, world.callBy('link:y'), link, { reason: 'no' })).toMatchObject({
      code: 'not-found',
    });
    expect(await world.violations()).toEqual([]);
  });
});
