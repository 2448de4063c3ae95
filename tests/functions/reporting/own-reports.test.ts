/**
 * Whoever has a report of their own looks at it and has it sent, as far as they see; rates a company sets hold from then on.
 */
import { describe, expect, it } from 'vitest';
import { keepRates } from '../../../functions/reporting/keep-rates.ts';
import { previewOwn, sendMeOwn } from '../../../functions/reporting/keep-mails.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { ceilingsPlace } from '../../../shared/contracts/team-settings.ts';
import { defaultForecastRules } from '../../../shared/domain/cash-forecast.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import { defaultProvisionRules } from '../../../shared/domain/metrics-money.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { everything } from '../../support/test-edge.ts';
import { fillCompany, people, recipient } from './mail-people.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';
import { readSectionsFor } from './section-calls.ts';

const now = instantFromText('2026-03-09T07:10:00Z');
const call = { scope: everything, now };
const ann = recipient('t:ann', 'COL', ['collector']);
const sam = recipient('t:sam', 'SAL', ['salesOwner']);
const readerOf = ({ personId, principal }: typeof ann) =>
  ({ id: personId, principals: [principal] }) as Parameters<typeof previewOwn>[2]['reader'];

const newTeam = async () => {
  const made = newReportParts();
  await fillCompany(made.settings, [ann, sam]);
  for (const [accountId, to, cents] of [
    ['acct-ann', 't:ann', 70_000],
    ['acct-bob', 't:bob', 990_000],
  ] as const) {
    const item = itemWith({
      ...{ id: `item:invoice:${accountId}`, original: money(cents), open: money(cents) },
      dueOn: '2026-03-05' as Day,
    });
    const assigned = { kind: 'accountAssigned' as const, to, on: '2026-03-02' as Day };
    const facts = [...factsOf(postItem(after(), item)), assigned];
    const events = await appendFacts(made.world, accountId, '2026-03-02', facts, [item.id]);
    await projectEvents(events, everything, made.world);
  }
  return made;
};

describe('a report of somebody’s own', () => {
  it('is shown to a collector with their accounts alone, and nothing of the company', async () => {
    const { parts } = await newTeam();
    const reader = readerOf(ann);
    const look = (report: string) => previewOwn(parts, call, { company: companyId, report, reader });
    const shown = await look('collectorDay');
    expect(shown.ok && shown.value.subject).toContain('Your day');
    expect(JSON.stringify(shown)).not.toContain('acct-bob');
    for (const report of ['monthEnd', 'onePage', 'cashForecast', 'reconciliation'])
      expect(await look(report), report).toMatchObject({ ok: false, code: 'not-found' });
  });

  it('is shown to a seller, and nothing of it to whom the company does not know', async () => {
    const { parts } = await newTeam();
    const look = (reader: ReturnType<typeof readerOf>) =>
      previewOwn(parts, call, { company: companyId, report: 'salesWeek', reader });
    expect((await look(readerOf(sam))).ok).toBe(true);
    expect(await look({ id: people.ended, principals: ['SAL'] })).toMatchObject({ code: 'not-found' });
  });

  it('is sent to the address of the list, once for each request, and not to who is not on it', async () => {
    const { parts, staffMails } = await newTeam();
    const send = (personId: string, requestId: string) =>
      sendMeOwn(parts, call, { company: companyId, report: 'collectorDay', personId, requestId });
    await send('t:ann', 'r1');
    await send('t:ann', 'r1');
    expect(staffMails.all().map(({ to, report }) => [to, report])).toEqual([['t:ann', 'collectorDay']]);
    expect(await send('t:nobody', 'r2')).toMatchObject({ ok: false, code: 'not-found' });
  });
});

it('the week of the team tells what each collector’s customers owe beside their goal', async () => {
  const { parts, settings } = await newTeam();
  const place = ceilingsPlace(companyId);
  const value = { ceilings: [{ collector: 't:bob', amount: 900_000 }] };
  const change = { value, by: 't:manager', at: '2026-03-02T08:00:00Z', reason: 'goal' };
  await settings.save(everything, place, 0, change);
  const [goal] = await readSectionsFor(parts, 'goal');
  expect(goal!.rows.map((row) => row.map((cell) => (cell.is === 'blank' ? '' : cell.text)))).toEqual([
    ['t:ann', '', '700.00', '700.00', 'no goal set'],
    ['t:bob', '9000.00', '9900.00', '9900.00', '900.00'],
  ]);
});

it('rates of the company are what is provided for and forecast by; another version is not overwritten', async () => {
  const { parts } = await newTeam();
  const period = { firstOn: '2026-03-01' as Day, lastOn: '2026-03-09' as Day };
  const provided = async () => {
    const [section] = await readSectionsFor(parts, 'provision', period);
    const total = section!.rows.find((row) => row[1]!.is !== 'blank' && row[1]!.text === 'total')!;
    return [total.map((cell) => (cell.is === 'blank' ? '' : cell.text)).at(-1), section!.note];
  };
  expect(await provided()).toEqual(['106.00', 'Rates as delivered.']);
  const buckets = { notDue: 0, '1-30': 1_000, '31-60': 0, '61-90': 0, '91+': 0 };
  const forecast = { ...defaultForecastRules, shares: [{ fromDaysPast: 0, percentHundredths: 10_000 }] };
  const body = {
    ...{ provision: { ...defaultProvisionRules, buckets }, forecast, reason: 'own losses' },
    after: 0,
  };
  const by = { scope: everything, now, by: 't:boss' };
  expect(await keepRates(parts, by, companyId, body)).toMatchObject({ ok: true, value: { version: 1 } });
  const late = { ...body, reason: 'from an older page' };
  expect(await keepRates(parts, by, companyId, late)).toMatchObject({ code: 'setting-changed' });
  const foreign = { ...by, scope: scopeOver(['another']) };
  expect(await keepRates(parts, foreign, companyId, body)).toMatchObject({ code: 'not-found' });
  expect(await provided()).toEqual(['1060.00', 'Rates of the company, version 1.']);
  const [expected] = await readSectionsFor(parts, 'forecast', { isLook: true });
  expect(expected!.rows[0]!.map((cell) => (cell.is === 'blank' ? '' : cell.text))).toEqual([
    ...['2026-03-09', 'EUR', '0.00', '10600.00', '0.00', '10600.00'],
  ]);
});
