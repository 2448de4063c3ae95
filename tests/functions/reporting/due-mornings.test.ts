/**
 * A collector's morning mail: what turned overdue since the morning before (R24), and what falls due in as many days as
 * they set themselves (R23); by the company's calendar, over weekends and when clocks change, and of their own accounts alone.
 * From: mornings of invented months. Next: the mail at half past seven, by the company's clock.
 */
import { describe, expect, it } from 'vitest';
import { keepDueSoon, readDueSoon } from '../../../functions/reporting/keep-due-soon.ts';
import { planReports } from '../../../functions/reporting/plan-reports.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { dueSoonBody } from '../../../shared/contracts/due-soon.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { fillCompany, recipient } from './mail-people.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const ann = recipient('t:ann', 'COL', ['collector']);
const bob = recipient('t:bob', 'COL', ['collector']);

const newTeam = async () => {
  const made = newReportParts();
  await fillCompany(made.settings, [ann, bob]);
  const parts = { ...made.parts, zoneOf: async () => 'Europe/Berlin' };
  const owe = async (accountId: string, to: string, ...days: string[]) => {
    const items = days.map((dueOn) =>
      itemWith({
        ...{ id: `item:invoice:${dueOn}`, original: money(70_000), open: money(70_000) },
        ...{ dueOn: dueOn as Day, firstDueOn: dueOn as Day },
      }),
    );
    const given = { kind: 'accountAssigned' as const, to, on: '2026-03-02' as Day };
    const facts = [given, ...items.flatMap((item) => factsOf(postItem(after(), item)))];
    const ids = items.map(({ id }) => id);
    await projectEvents(await appendFacts(made.world, accountId, '2026-03-02', facts, ids), everything, {
      ...made.world,
    });
  };
  const set = (personId: string, daysAhead: number, version = 0, scope = everything) =>
    keepDueSoon(
      parts,
      { scope, system: everything, now: instantFromText('2026-03-07T10:00:00Z'), personId },
      companyId,
      dueSoonBody.parse({ daysAhead, after: version }),
    );
  /** Of the mails planned at an instant for somebody's day: which due days each list names. */
  const morning = async (at: string, { personId } = ann) => {
    const before = new Set(made.staffMails.all().map(({ id }) => id));
    await planReports(parts, { scope: everything, now: instantFromText(at) });
    const mail = made.staffMails
      .all()
      .find(({ id, report, to }) => report === 'collectorDay' && to === personId && !before.has(id));
    if (mail === undefined) return undefined;
    const bytes = await parts.documents.read(everything, { companyId, name: mail.file });
    const { text } = JSON.parse(new TextDecoder().decode(bytes)) as { text: string };
    return {
      overdue: duesUnder(text, 'Turned overdue'),
      soon: duesUnder(text, 'Due in'),
      text,
    };
  };
  return { ...made, parts, owe, set, morning };
};

/** Items a list of the mail names, up to the next list. */
const duesUnder = (text: string, title: string): string[] => {
  const from = text.indexOf(title);
  if (from < 0) return ['no such list'];
  const [, ...rest] = text.slice(from).split('\n');
  const end = rest.findIndex((line) => /^(Due in|Promises due|Turned overdue)/.test(line));
  return [
    ...rest
      .slice(0, end < 0 ? undefined : end)
      .join('\n')
      .matchAll(/item:invoice:(\S+)/g),
  ].map(([, dueOn]) => dueOn!.replace(/\D+$/, ''));
};

describe('five days before an invoice is due (R23)', () => {
  it.each([
    [
      'on the Friday before clocks change in March',
      '2026-03-27T06:29:59Z',
      '2026-03-27T06:30:00Z',
      ['2026-04-01'],
    ],
    [
      'on the Monday after, with Saturday and the Sunday of 23 hours',
      '2026-03-30T05:29:59Z',
      '2026-03-30T05:30:00Z',
      ['2026-04-02', '2026-04-03', '2026-04-04'],
    ],
    ['on the Tuesday after', '2026-03-31T05:29:59Z', '2026-03-31T05:30:00Z', ['2026-04-05']],
    [
      'on the Monday after clocks change in October, with the Sunday of 25 hours',
      '2026-10-26T06:29:59Z',
      '2026-10-26T06:30:00Z',
      ['2026-10-29', '2026-10-30', '2026-10-31'],
    ],
  ])('the collector who set it reads of it %s, at half past seven there', async (_when, early, at, dues) => {
    const { owe, set, morning } = await newTeam();
    const april = ['2026-04-01', '2026-04-02', '2026-04-03', '2026-04-04', '2026-04-05', '2026-04-06'];
    const october = ['2026-10-28', '2026-10-29', '2026-10-30', '2026-10-31', '2026-11-01'];
    await owe('acct-ann', 't:ann', ...april, ...october);
    expect(await set('t:ann', 5)).toMatchObject({ ok: true, value: { version: 1, daysAhead: 5 } });
    await morning(early);
    const told = await morning(at);
    expect(told?.soon).toEqual(dues);
    expect(told?.overdue).not.toEqual(expect.arrayContaining(dues));
  });

  it('each collector sets their own days and reads of their own accounts alone', async () => {
    const { owe, set, morning } = await newTeam();
    await owe('acct-ann', 't:ann', '2026-03-13', '2026-03-17', '2026-03-20');
    await owe('acct-bob', 't:bob', '2026-03-13', '2026-03-17', '2026-03-20');
    await set('t:ann', 10);
    await set('t:bob', 3);
    const at = '2026-03-10T06:30:00Z';
    const [anns, bobs] = [await morning(at), await morning(at, bob)];
    expect([anns?.soon, bobs]).toEqual([['2026-03-20'], undefined]); // one tick plans both mails
    const next = '2026-03-17T06:30:00Z';
    expect((await morning(next, bob))?.soon).toEqual(['2026-03-20']);
    expect(anns?.text).not.toContain('acct-bob');
  });

  it('is told of an account of very many items, too, and what turned overdue of it', async () => {
    const { owe, morning } = await newTeam();
    const dayOf = (n: number) => addDays('2026-02-01' as Day, n);
    for (const [from, to] of [
      [0, 45],
      [45, 90],
    ] as const)
      await owe('acct-ann', 't:ann', ...Array.from({ length: to - from }, (_, n) => dayOf(from + n)));
    const told = await morning('2026-03-10T06:30:00Z');
    expect([told?.overdue, told?.soon]).toEqual([['2026-03-09'], ['2026-03-15']]);
  });

  it('is what who set nothing reads; an older page overwrites nothing, and who does not reach it sets nothing', async () => {
    const { parts, set } = await newTeam();
    const call = { system: everything, now: instantFromText('2026-03-07T10:00:00Z'), personId: 't:ann' };
    const shown = () => readDueSoon(parts, { ...call, scope: everything }, companyId);
    expect(await shown()).toEqual({ ok: true, value: { version: 0, daysAhead: 5 } });
    await set('t:ann', 8);
    expect(await set('t:ann', 9)).toMatchObject({ code: 'setting-changed' });
    expect(await set('t:ann', 9, 1, scopeOver(['another']))).toMatchObject({ code: 'not-found' });
    expect(await shown()).toEqual({ ok: true, value: { version: 1, daysAhead: 8 } });
    const foreign = await readDueSoon(parts, { ...call, scope: scopeOver(['another']) }, companyId);
    expect(foreign).toMatchObject({ code: 'not-found' });
  });
});

describe('what turned overdue (R24)', () => {
  it.each([
    ['the day after it was due', '2026-03-11T06:30:00Z', ['2026-03-10']],
    ['after the Sunday of 23 hours', '2026-03-30T05:30:00Z', ['2026-03-27', '2026-03-28', '2026-03-29']],
    ['after the Sunday of 25 hours', '2026-10-26T06:30:00Z', ['2026-10-23', '2026-10-24', '2026-10-25']],
  ])('is in the morning mail %s, and in none of the mornings after', async (_when, at, dues) => {
    const { owe, morning } = await newTeam();
    const others = ['2026-03-09', '2026-03-11', '2026-03-26', '2026-03-30', '2026-10-22', '2026-10-26'];
    await owe('acct-ann', 't:ann', ...[...dues, ...others].toSorted());
    await owe('acct-bob', 't:bob', ...dues);
    const told = await morning(at);
    expect(told?.overdue).toEqual(dues);
    expect(told?.text).not.toContain('acct-bob');
    const next = await morning(instantFromText(at).add({ hours: 24 }).toString());
    for (const due of dues) expect(next?.overdue).not.toContain(due);
  });
});
