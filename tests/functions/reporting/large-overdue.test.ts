/**
 * A large item is told at once: with the start of the company's day after its due day, wherever the company is and whatever
 * clocks do; the state of everything that was due is overdue from that instant on (R24).
 * From: ticks every five minutes, on in-memory ports. Next: one alert per item, aging and pages of the same instant.
 */
import { describe, expect, it } from 'vitest';
import { watchDay } from '../../../functions/reporting/evaluate-alerts.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { readAging } from '../../../functions/reporting/read-aging.ts';
import { workTick } from '../../../functions/reporting/work-tick.ts';
import { readAccountPage } from '../../../functions/ledger/read-account-page.ts';
import { alertSettingsPlace } from '../../../shared/contracts/alert-settings.ts';
import type { AgingQuery } from '../../../shared/contracts/reporting.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { ownBook } from '../../support/own-book.ts';
import { everything } from '../../support/test-edge.ts';
import { fillCompany, people } from './mail-people.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const at = (instant: string) => ({ scope: everything, now: instantFromText(instant) });

const started = () => {
  const made = newReportParts();
  const post = async (accountId: string, dueOn: string, cents: number, count = 1) => {
    const items = Array.from({ length: count }, (_, n) =>
      itemWith({
        ...{ id: `item:invoice:${accountId}-${dueOn}-${n}`, original: money(cents), open: money(cents) },
        ...{ dueOn: dueOn as Day, firstDueOn: dueOn as Day },
      }),
    );
    const facts = items.flatMap((item) => factsOf(postItem(after(), item)));
    const ids = items.map(({ id }) => id);
    const events = await appendFacts(made.world, accountId, '2026-03-02', facts, ids);
    await projectEvents(events, everything, made.world);
  };
  const tick = (instant: string, zone = 'Europe/Berlin') =>
    watchDay(made.parts, at(instant), { companyId, zone });
  const told = () => made.alerts.raised.map(({ rule, accountId, amount }) => [rule, accountId, amount]);
  return { ...made, post, tick, told };
};

describe('an item of 25,000 that was not paid on its due day', () => {
  it.each([
    ['Berlin, over the change in March', 'Europe/Berlin', '2026-03-29', '2026-03-29T21:59:59Z'],
    ['Berlin, over the change in October', 'Europe/Berlin', '2026-10-25', '2026-10-25T22:59:59Z'],
    ['New York, over the change in March', 'America/New_York', '2026-03-08', '2026-03-09T03:59:59Z'],
    ['Tokyo', 'Asia/Tokyo', '2026-03-10', '2026-03-10T14:59:59Z'],
  ])('is told with the first tick of the next day: %s', async (_where, zone, dueOn, last) => {
    const { post, tick, told } = started();
    await post('large', dueOn, 2_500_000);
    await post('small', dueOn, 2_499_999);
    expect(await tick(last, zone)).toBe(0);
    const first = instantFromText(last).add({ seconds: 1 });
    expect(await tick(first.toString(), zone)).toBe(1);
    for (const minutes of [5, 10, 600]) expect(await tick(first.add({ minutes }).toString(), zone)).toBe(0);
    expect(told()).toEqual([['largeItemOverdue', 'large', 2_500_000]]);
  });

  it('is told again after a week, unless somebody has it in hand', async () => {
    const { post, tick, alerts } = started();
    await post('large', '2026-03-05', 2_500_000);
    const days = ['06', '07', '13'].map((day) => `2026-03-${day}T06:00:00Z`);
    expect([await tick(days[0]!), await tick(days[1]!), await tick(days[2]!)]).toEqual([1, 0, 1]);
    const id = alerts.raised.at(-1)!.id;
    await alerts.acknowledge(everything, companyId, id, { by: 't:ann', at: '2026-03-13T09:00:00Z' });
    expect(await tick('2026-03-20T06:00:00Z')).toBe(0);
  });

  it('is mailed to the credit manager by the same tick, once', async () => {
    const { post, parts, settings, staffMails } = started();
    await fillCompany(settings);
    await post('large', '2026-03-29', 2_500_000);
    const mails = { ...parts, zoneOf: async () => 'Europe/Berlin' };
    const work = (instant: string) =>
      workTick({ v: 1, job: 'report-mails', slot: instant }, at(instant), mails, mails);
    const alerted = () =>
      staffMails.all().flatMap(({ report, to }) => (report === 'alert' && to === people.manager ? [to] : []));
    await work('2026-03-29T21:55:00Z');
    expect(alerted()).toEqual([]);
    for (const minute of ['00', '00', '05']) await work(`2026-03-29T22:${minute}:00Z`);
    expect(alerted()).toEqual([people.manager]);
  });

  it('is told of an account of very many items, too', async () => {
    const { post, tick, told } = started();
    await post('many', '2026-03-04', 1_000, 45);
    await post('many', '2026-03-06', 1_000, 45);
    await post('many', '2026-03-05', 2_600_000);
    expect(await tick('2026-03-05T22:59:59Z')).toBe(0);
    expect(await tick('2026-03-05T23:00:00Z')).toBe(1);
    expect(told()).toEqual([['largeItemOverdue', 'many', 2_600_000]]);
  });

  it('is told by the amount a company set', async () => {
    const { post, tick, told, settings } = started();
    const value = { rules: [{ rule: 'largeItemOverdue', isMuted: false, limits: { amount: 1_000_000 } }] };
    const change = { value, by: 't:boss', at: '2026-03-01T00:00:00Z', reason: 'smaller book' };
    await settings.save(everything, alertSettingsPlace(companyId), 0, change);
    await post('ten', '2026-03-05', 1_000_000);
    await post('nine', '2026-03-05', 999_999);
    await tick('2026-03-06T06:00:00Z');
    expect(told()).toEqual([['largeItemOverdue', 'ten', 1_000_000]]);
  });
});

it.each([
  ['2026-03-29', '2026-03-29T21:59:59Z'],
  ['2026-10-25', '2026-10-25T22:59:59Z'],
])('what was due on %s is overdue in aging and on the account from midnight on', async (dueOn, last) => {
  const { post, parts, settings, world } = started();
  await fillCompany(settings);
  await post('north', dueOn, 50_000);
  const query: AgingQuery = {
    ...{ company: [companyId], view: 'known', scheme: 'standard', basis: 'due', by: 'company' },
    disputed: 'within',
  };
  const berlin = { ...world, zoneOf: async () => 'Europe/Berlin', bookOf: ownBook };
  const ledger = { ...parts, ...berlin } as unknown as Parameters<typeof readAccountPage>[0];
  const key = { companyId, accountId: 'north' };
  const overdueAt = async (instant: string) => {
    const { scope, now } = at(instant);
    const aging = await readAging(query, scope, now, berlin);
    const page = await readAccountPage(ledger, key, { scope, systemScope: scope, now });
    if (!aging.ok || !page.ok) throw new Error('not found');
    const tables = [aging.value.groups[0]!.currencies[0]!, page.value.balances[0]!.aging];
    return tables.map(({ receivables: { buckets } }) => [buckets['notDue'], buckets['1-30']]);
  };
  const [due, overdue] = [
    [50_000, 0],
    [0, 50_000],
  ];
  expect(await overdueAt(last)).toEqual([due, due]);
  const first = instantFromText(last).add({ seconds: 1 });
  expect(await overdueAt(first.toString())).toEqual([overdue, overdue]);
});
