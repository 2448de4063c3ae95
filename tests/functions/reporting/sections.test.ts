/**
 * Lists of reports: each says what it is meant to, to who may see it, and of nobody else's accounts.
 */
import { describe, expect, it } from 'vitest';
import { composeReport } from '../../../functions/reporting/compose-report.ts';
import { whoWrites, planReports } from '../../../functions/reporting/plan-reports.ts';
import { callerOf, sightOf } from '../../../functions/reporting/mail-parts.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { addDays, instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { reportSchedules } from '../../../shared/domain/report-schedules.ts';
import type { WorklistRow } from '../../../shared/domain/worklist-row.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { fillCompany, people, recipient } from './mail-people.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const ann = recipient('t:ann', 'COL', ['collector']);
const sam = recipient('t:sam', 'SAL', ['salesOwner']);
const clerk = recipient('t:clerk', 'ARC', ['arClerk']);
const auditor = recipient('t:it', 'ADM', ['it']);
const boss = recipient(people.boss, 'EXE', ['cfo']);
const monday = instantFromText('2026-03-09T07:10:00Z');

const newLists = async () => {
  const made = newReportParts();
  await fillCompany(made.settings, [ann, sam, clerk, auditor]);
  const post = async (accountId: string, cents: number, dueOn: string, more: readonly Fact[] = []) => {
    const item = itemWith({
      ...{ id: `item:invoice:${accountId}`, original: money(cents), open: money(cents) },
      dueOn: dueOn as Day,
    });
    const facts = [...factsOf(postItem(after(), item)), ...more];
    await projectEvents(
      await appendFacts(made.world, accountId, '2026-03-02', facts, [item.id]),
      everything,
      made.world,
    );
  };
  const on = '2026-03-02' as Day;
  const to = (collector: string): Fact => ({ kind: 'accountAssigned', to: collector, on });
  const soldBy = (owner: string): Fact => ({ kind: 'salesOwnersNamed', owners: [owner], on });
  await post('acct-ann', 70_000, '2026-01-05', [to('t:ann'), soldBy('t:sam')]);
  await post('acct-bob', 990_000, '2026-01-05', [to('t:bob'), soldBy('t:sue')]);
  const row = (accountId: string, collectorId: string): WorklistRow => ({
    ...{ companyId, accountId, collectorId, salesOwners: [], currency: 'EUR', version: 1, stage: 0 },
    ...{ writtenOn: '2026-03-09' as Day, turnsOn: '2026-03-20' as Day, best: money(5) },
    phases: [{ from: '2026-03-09' as Day, claim: money(70_000), points: money(5), parts: [] }],
    dues: accountId === 'acct-ann' ? [{ id: 'd', kind: 'reply', on: '2026-03-09' as Day }] : [],
    visibleFrom: '2026-03-09' as Day,
  });
  for (const [account, collector] of [
    ['acct-ann', 't:ann'],
    ['acct-bob', 't:bob'],
  ] as const)
    await made.worklist.put(everything, row(account, collector));
  const caseOf = (id: string, accountId: string, owner: string) => ({
    ...{ id, companyId, accountId, as: 'dispute', code: 'price', state: 'opened', isOpen: true, owner },
    ...{ department: 'sales', amount: money(1_234), currency: 'EUR', openedOn: '2026-02-10' as Day },
    ...{ missingPapers: ['order'], version: 1, assignedTo: accountId === 'acct-ann' ? 't:ann' : 't:bob' },
  });
  for (const [id, account] of [
    ['case-ann', 'acct-ann'],
    ['case-bob', 'acct-bob'],
  ] as const)
    await made.cases.put(everything, caseOf(id, account, 't:owner') as never);
  const made2 = {
    ...made,
    read: (name: string, who: typeof ann, now = monday) => readAs(made, name, who, now),
  };
  return made2;
};

/** What somebody gets of a report, as text; undefined where nothing. */
const readAs = async (
  { parts }: ReturnType<typeof newReportParts>,
  name: string,
  who: typeof ann,
  now = monday,
) => {
  const schedule = reportSchedules.find((one) => one.name === name)!;
  const sight = await sightOf(parts, companyId, callerOf(who), schedule, now);
  const writes = await whoWrites(parts, { scope: everything }, companyId);
  if (sight === undefined || writes === undefined) return undefined;
  const dueOn = '2026-03-09' as Day;
  const mail = await composeReport(parts, { scope: everything, now }, writes, {
    ...{ schedule, dueOn, email: 'x@house.example' },
    sight,
  });
  expect(mail?.files.at(-1)?.name).toMatch(/\.xlsx$/);
  return mail?.text;
};

describe('each report', () => {
  it.each<[string, typeof ann, string[], string[]]>([
    [
      'collectorDay',
      ann,
      ['Due today', '| reply 2026-03-09 | EUR | 700.00', '700.00'],
      ['acct-bob', '9900.00'],
    ],
    ['salesWeek', sam, ['acct-ann | EUR | 700.00 | 700.00 | 2026-01-05'], ['acct-bob']],
    ['openProblems', ann, ['case-ann', 't:owner'], ['case-bob', 'acct-bob']],
    ['openProblems', boss, ['case-ann', 'case-bob', 't:owner | EUR | 2 | 24.68 | 27'], []],
    ['reconciliation', clerk, ['mode | Dunwell led', 'Not posted', 'Unidentified', 'Morning check'], []],
    ['cashForecast', boss, ['Expected', '2026-03-09 | EUR', 'Forecast against actual'], []],
    ['problemCauses', boss, ['sales | price | EUR | 2 | 24.68 | 2 | 24.68'], []],
    ['accessReview', auditor, ['t:ann', 't:manager', 'Grants'], ['acct-ann', '700.00', 't:stranger']],
    [
      'monthEnd',
      boss,
      [
        'Aging',
        'Roll-forward',
        'Control account',
        'Provision',
        'Agency and legal',
        'Largest overdue',
        'Causes',
      ],
      [],
    ],
  ])('%s tells what it is for', async (name, who, words, never) => {
    const { read } = await newLists();
    const text = await read(name, who);
    for (const word of words) expect(text).toContain(word);
    for (const word of never) expect(text).not.toContain(word);
  });

  it.each<[string, typeof ann]>([
    ['monthEnd', ann],
    ['cashForecast', clerk],
    ['accessReview', ann],
    ['reconciliation', auditor],
    ['salesWeek', auditor],
    ['onePage', clerk],
    ['problemCauses', sam],
  ])('%s is not for whom the matrix denies it', async (name, who) => {
    const { read } = await newLists();
    expect(await read(name, who)).toBeUndefined();
  });

  it('goes out once to each of its own on its day, whatever its ticks do', async () => {
    const { parts, staffMails } = await newLists();
    for (const minutes of [0, 0, 5, 60])
      await planReports(parts, { scope: everything, now: monday.add({ minutes }) });
    const got = staffMails
      .all()
      .map(({ report, to }) => `${report} ${to}`)
      .toSorted();
    expect(got.filter((one) => /ann|sam|clerk|:it$/.test(one))).toEqual([
      'collectorDay t:ann',
      'reconciliation t:clerk',
      'salesWeek t:sam',
    ]);
    expect(new Set(got).size).toBe(got.length);
  });
});

it('cases are counted by code and owner from open to resolved, with what is open and past its day beside it (R81)', async () => {
  const { read, cases } = await newLists();
  const resolved = ([4, 6, 9, 12, 29] as const).map((days, n) => ({
    ...{ id: `closed-${n}`, companyId, accountId: 'acct-ann', as: 'dispute', code: 'qty', state: 'closed' },
    ...{ isOpen: false, owner: 't:lo', department: 'logistics', amount: money(100), currency: 'EUR' },
    ...{
      openedOn: '2026-01-05',
      closedOn: addDays('2026-01-05' as Day, days),
      missingPapers: [],
      version: 1,
    },
  }));
  const late = { ...resolved[0]!, id: 'late', state: 'opened', isOpen: true, dueOn: '2026-03-06' };
  const { closedOn: _never, ...open } = late;
  for (const row of [...resolved, open]) await cases.put(everything, row as never);
  const text = await read('openProblems', boss);
  expect(text).toContain('code | qty | 5 | 9 | 29 | 1 | 63 | 1');
  expect(text).toContain('owner | t:lo | 5 | 9 | 29 | 1 | 63 | 1');
  expect(text).toContain('code | price | 0 |  |  | 2 | 27 | 0');
});

describe('a forecast', () => {
  it('stays as it was on its Monday, and the week after is held against it', async () => {
    const { read, world } = await newLists();
    const shown = (cents: number) => (cents / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
    await read('cashForecast', boss);
    const first = (await world.reports.forecast(everything, companyId, '2026-03-09' as Day))![0]!;
    expect(first).toMatchObject({ fromOn: '2026-03-09', currency: 'EUR', promised: 0 });
    const payment = itemWith({
      ...{
        id: 'item:paymentOnAccount:p',
        kind: 'paymentOnAccount',
        original: money(-100),
        open: money(-100),
      },
      postedOn: '2026-03-10' as Day,
    });
    const cash: Fact = {
      ...{ kind: 'paymentReceived', item: payment, on: '2026-03-10' as Day },
      posting: { debit: 'cash', credit: 'unapplied', amount: money(100), currency: 'EUR' },
    } as never;
    await projectEvents(
      await appendFacts(world, 'acct-ann', '2026-03-10', [cash], [payment.id]),
      everything,
      world,
    );
    expect(await read('cashForecast', boss, instantFromText('2026-03-11T07:10:00Z'))).toContain(
      `2026-03-09 | EUR | 0.00 | ${shown(first.open)}`,
    );
    const text = await read('cashForecast', boss, instantFromText('2026-03-16T07:10:00Z'));
    expect(text).toContain(`2026-03-09 | EUR | ${shown(first.total)} | 1.00`);
  });
});
