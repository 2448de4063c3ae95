/**
 * What a company is watched for, by its own rules: feeds, money nobody posted or knows, mails that come back, problems that
 * come again; each once per breach however often its tick comes, and over when it is over.
 */
import { describe, expect, it } from 'vitest';
import { evaluateAlerts, watchCompany } from '../../../functions/reporting/evaluate-alerts.ts';
import { keepAlertSettings, readAlertSettings } from '../../../functions/reporting/keep-alert-settings.ts';
import { fireTestAlert } from '../../../functions/reporting/keep-mails.ts';
import { planReports } from '../../../functions/reporting/plan-reports.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { alertSettingsBody } from '../../../shared/contracts/alert-settings.ts';
import { instantFromText, type Day } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import { amountOf } from '../../../shared/domain/money.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import type { Receipt } from '../../../shared/domain/receipt.ts';
import { scopeOver } from '../../../shared/domain/scope.ts';
import type { WithheldReason } from '../../../shared/domain/withheld-reasons.ts';
import type { CaseRow } from '../../../shared/ports/case-index.ts';
import { wireOf } from '../../domain/receipt-examples.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { ownBook } from '../../support/own-book.ts';
import { everything } from '../../support/test-edge.ts';
import { fillCompany, people } from './mail-people.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { newReportParts } from './report-parts.ts';

const place = { companyId, zone: 'Europe/Berlin' };
const at = (instant: string) => ({ scope: everything, now: instantFromText(instant) });

const newWatch = async () => {
  const made = newReportParts();
  await fillCompany(made.settings);
  let blocks: WithheldReason[] = [];
  let receipts: { unknown: Receipt[]; waiting: Receipt[] } = { unknown: [], waiting: [] };
  const parts = {
    ...made.parts,
    bookOf: async () => ({ ...(await ownBook()), silentBecause: blocks.map((code) => ({ code, text: '' })) }),
    receipts: {
      list: async (_scope: unknown, _company: unknown, which: object) => ({
        receipts: 'standing' in which ? receipts.waiting : receipts.unknown,
      }),
    },
  };
  const told = (): string[] => made.alerts.raised.map(({ rule }) => rule).toSorted();
  return {
    ...{ ...made, parts, told },
    silent: (...codes: WithheldReason[]) => void (blocks = codes),
    money: (some: Partial<typeof receipts>) => void (receipts = { ...receipts, ...some }),
    watch: (instant: string) => watchCompany(parts, at(instant), place),
    night: (instant: string) => evaluateAlerts(parts, at(instant), place),
  };
};

describe('what cannot wait', () => {
  it('a red reconciliation is told once however often its tick comes, and anew when it is red again', async () => {
    const { silent, watch, told } = await newWatch();
    expect(await watch('2026-03-09T03:00:00Z')).toBe(0);
    silent('reconciliation-red');
    expect([await watch('2026-03-09T03:05:00Z'), await watch('2026-03-09T03:05:00Z')]).toEqual([1, 0]);
    expect(await watch('2026-03-10T03:10:00Z')).toBe(0);
    silent();
    await watch('2026-03-10T04:00:00Z');
    silent('reconciliation-red');
    expect(await watch('2026-03-11T04:05:00Z')).toBe(1);
    expect(told()).toEqual(['reconciliationRed', 'reconciliationRed']);
  });

  it('a feed is missed from seven in the morning on, on business days alone', async () => {
    const { silent, watch, told } = await newWatch();
    silent('feed-stale');
    expect(await watch('2026-03-08T09:00:00Z')).toBe(0); // Sunday
    expect(await watch('2026-03-09T05:55:00Z')).toBe(0); // 06:55 in Berlin
    expect(await watch('2026-03-09T06:00:00Z')).toBe(1);
    expect(await watch('2026-03-10T05:00:00Z')).toBe(0);
    expect(await watch('2026-03-10T06:00:00Z')).toBe(0);
    expect(await watch('2026-03-16T06:00:00Z')).toBe(1); // it stays for a week
    expect(told()).toEqual(['feedMissing', 'feedMissing']);
  });

  it('of 100 mails two that bounce are told, one is not; a single complaint is', async () => {
    const sent = (n: number): Fact => ({
      kind: 'noticeSent',
      messageId: `message:T6:${n}`,
      on: '2026-03-09' as Day,
    });
    const reported = (status: 'bounced' | 'complained', n: number): Fact => ({
      ...{ kind: 'messageReported', messageId: `message:T6:${n}`, status, recipient: 'r' },
      on: '2026-03-09' as Day,
    });
    const { world, watch, told } = await newWatch();
    const facts = async (...some: Fact[]) =>
      projectEvents(await appendFacts(world, 'a', '2026-03-09', some), everything, world);
    await facts(...Array.from({ length: 100 }, (_, n) => sent(n)), reported('bounced', 1));
    expect(await watch('2026-03-09T12:00:00Z')).toBe(0);
    await facts(reported('bounced', 2));
    await watch('2026-03-09T12:05:00Z');
    expect(told()).toEqual(['hardBounces']);
    await facts(reported('complained', 3));
    await watch('2026-03-09T12:10:00Z');
    expect(told()).toEqual(['complaints', 'hardBounces']);
  });
});

describe('what a night finds', () => {
  const waiting = wireOf(500, { standing: 'provisional', companyId, receivedAt: '2026-03-04T10:00:00Z' });

  it('money not posted after three business days, and to the manager after five', async () => {
    const { money, night, told, alerts } = await newWatch();
    money({ waiting: [waiting] });
    expect(await night('2026-03-07T00:05:00Z')).toBe(0); // Saturday: two business days
    expect(await night('2026-03-09T23:30:00Z')).toBe(1); // already Tuesday in Berlin: four
    await night('2026-03-11T00:05:00Z');
    expect(told()).toEqual(['receiptNotPosted', 'receiptNotPostedLong']);
    expect(alerts.raised.map(({ to }) => to)).toEqual([['arClerk'], ['creditManager']]);
  });

  it('unidentified money above 10,000 at once, any after five business days', async () => {
    const { money, night, told } = await newWatch();
    const unknown = (id: string, amount: number) =>
      wireOf(amount, { id, companyId, receivedAt: '2026-03-04T10:00:00Z' });
    money({ unknown: [unknown('w1', 1_000_001), unknown('w2', 1_000_000)] });
    await night('2026-03-05T00:05:00Z');
    expect(told()).toEqual(['unidentifiedLarge']);
    await night('2026-03-11T00:05:00Z');
    expect(told()).toEqual(['unidentifiedLarge']);
    await night('2026-03-12T00:05:00Z');
    expect(told()).toEqual(
      ['unidentifiedLarge', 'unidentifiedOld', 'unidentifiedOld', 'unidentifiedLarge'].toSorted(),
    );
  });

  it('one problem of one customer three times in 90 days, told on a Monday', async () => {
    const { cases, night, told } = await newWatch();
    const row = (id: string, openedOn: string, accountId = 'a'): CaseRow => ({
      ...{ id, companyId, accountId, as: 'dispute', code: 'price', state: 'closed', isOpen: false },
      ...{ owner: 'o', department: 'sales', amount: amountOf(1), currency: 'EUR', openedOn: openedOn as Day },
      ...{ missingPapers: [], version: 1 },
    });
    for (const [n, on] of ['2026-01-05', '2026-02-05', '2025-12-01'].entries())
      await cases.put(everything, row(`c${n}`, on));
    for (const n of [1, 2]) await cases.put(everything, row(`b${n}`, '2026-02-06', 'b'));
    expect(await night('2026-03-09T00:05:00Z')).toBe(0);
    await cases.put(everything, row('c9', '2026-03-10'));
    expect(await night('2026-03-11T00:05:00Z')).toBe(0);
    expect(await night('2026-03-16T00:05:00Z')).toBe(1);
    expect(told()).toEqual(['sameProblemAgain']);
  });

  it('mails that take more than a day to go out', async () => {
    const { parts, night, told, world } = await newWatch();
    const planned = (n: number): Fact =>
      ({
        ...{ kind: 'noticePlanned', on: '2026-03-09' as Day },
        notice: {
          id: `message:T6:${n}`,
          text: 'T6',
          causeId: `${n}`,
          codes: {},
          state: 'planned',
          plannedOn: '2026-03-09' as Day,
        },
      }) as never;
    await appendFacts(
      world,
      'a',
      '2026-03-09',
      Array.from({ length: 3 }, (_, n) => planned(n)),
    );
    Object.assign(parts, { mailsPerHour: 3 / 24 });
    expect(await night('2026-03-10T00:05:00Z')).toBe(0);
    Object.assign(parts, { mailsPerHour: 2.9 / 24 });
    await night('2026-03-11T00:05:00Z');
    expect(told()).toEqual(['mailLate']);
  });
});

describe('what an entry says', () => {
  const held = (code: string, id: string): Fact => ({
    ...{ kind: 'holdPlaced', hold: { id, code, placedOn: '2026-03-09' as Day }, on: '2026-03-09' as Day },
  });

  it('a customer that is insolvent is told once, however often its event comes', async () => {
    const { world, told } = await newWatch();
    const events = await appendFacts(world, 'a', '2026-03-09', [
      held('insolvent', 'h1'),
      held('legal', 'h2'),
    ]);
    for (const some of [events, events]) await projectEvents(some, everything, world);
    expect(told()).toEqual(['insolvency']);
  });

  it('the CFO hears of an insolvent customer that owes 10,000 or more', async () => {
    const { world, alerts } = await newWatch();
    for (const [accountId, cents] of [
      ['large', 1_000_000],
      ['small', 999_999],
    ] as const) {
      const item = itemWith({ id: 'item:invoice:1', original: money(cents), open: money(cents) });
      const events = [
        ...(await appendFacts(world, accountId, '2026-03-02', factsOf(postItem(after(), item)), [item.id])),
        ...(await appendFacts(world, accountId, '2026-03-09', [held('insolvent', 'h1')])),
      ];
      for (const some of [events, events]) await projectEvents(some, everything, world);
    }
    expect(alerts.raised.map(({ rule, accountId, amount, to }) => [rule, accountId, amount, to])).toEqual([
      ['insolvency', 'large', undefined, ['collector', 'creditManager', 'legal']],
      ['insolvencyLarge', 'large', 1_000_000, ['cfo']],
      ['insolvency', 'small', undefined, ['collector', 'creditManager', 'legal']],
    ]);
  });

  it('by the rules of the company: a muted one says nothing, a lower limit says more', async () => {
    const { parts, world, told } = await newWatch();
    const body = { rules: [{ rule: 'insolvency', isMuted: true }], after: 0, reason: 'told elsewhere' };
    const call = { scope: everything, now: instantFromText('2026-03-09T08:00:00Z'), by: 't:boss' };
    await keepAlertSettings(parts, call, companyId, alertSettingsBody.parse(body));
    await projectEvents(
      await appendFacts(world, 'a', '2026-03-09', [held('insolvent', 'h1')]),
      everything,
      world,
    );
    expect(told()).toEqual([]);
  });
});

describe('the settings of a company: limits, silence, people, a test (R117)', () => {
  const call = { scope: everything, now: instantFromText('2026-03-09T08:00:00Z'), by: 't:boss' };
  const body = (after: number, rules: object[]) => alertSettingsBody.parse({ rules, after, reason: 'r' });

  it('are kept in versions, and an old one does not win', async () => {
    const { parts } = await newWatch();
    const saved = await keepAlertSettings(
      parts,
      call,
      companyId,
      body(0, [{ rule: 'largeReceipt', limits: { amount: 7 } }]),
    );
    expect(saved).toMatchObject({ ok: true, value: { version: 1 } });
    expect(await keepAlertSettings(parts, call, companyId, body(0, []))).toMatchObject({
      code: 'setting-changed',
    });
    const read = await readAlertSettings(parts, everything, companyId);
    const rule = read.ok ? read.value.rules.find(({ name }) => name === 'largeReceipt') : undefined;
    expect(rule).toMatchObject({ isMuted: false, when: [{ measure: 'amount', is: 'from', limit: 7 }] });
  });

  it('of a company somebody sees a part of, or none of, are not there', async () => {
    const { parts } = await newWatch();
    expect(await readAlertSettings(parts, scopeOver(['another']), companyId)).toMatchObject({
      code: 'not-found',
    });
  });

  it.each([
    ['a rule nobody knows', [{ rule: 'never' }]],
    ['a measure it does not have', [{ rule: 'largeReceipt', limits: { days: 3 } }]],
    ['silence about broken glass', [{ rule: 'breakGlass', isMuted: true }]],
    ['one rule twice', [{ rule: 'largeReceipt' }, { rule: 'largeReceipt' }]],
  ])('%s is refused', (_what, rules) => {
    expect(alertSettingsBody.safeParse({ rules, after: 0, reason: 'r' }).success).toBe(false);
  });

  it('a rule put into the digest is not mailed at once, one given to others goes to them', async () => {
    const { parts, alerts, staffMails } = await newWatch();
    const alert = { companyId, rule: 'reconciliationRed', to: ['creditManager'], at: '2026-03-09T07:00:00Z' };
    await alerts.raise(everything, { ...alert, id: 'r1' });
    await keepAlertSettings(parts, call, companyId, body(0, [{ rule: 'reconciliationRed', at: 'digest' }]));
    await planReports(parts, at('2026-03-09T08:05:00Z'));
    const toldOf = (id: string) =>
      staffMails.all().filter(({ report, to }) => report === 'alert' && to === id);
    expect([toldOf(people.manager), toldOf(people.boss)]).toEqual([[], []]);
    await keepAlertSettings(parts, call, companyId, body(1, [{ rule: 'reconciliationRed', to: ['cfo'] }]));
    await planReports(parts, at('2026-03-09T08:10:00Z'));
    await planReports(parts, at('2026-03-09T08:10:00Z'));
    expect([toldOf(people.manager).length, toldOf(people.boss).length]).toEqual([0, 1]);
  });

  it('a test goes to who fires it and to nobody else, once for each request', async () => {
    const { parts, staffMails, alerts } = await newWatch();
    const fire = (requestId: string, personId = people.boss) =>
      fireTestAlert(parts, call, { company: companyId, rule: 'insolvency', personId, requestId }, everything);
    await fire('one');
    await fire('one');
    await fire('two');
    expect(staffMails.all().map(({ to, report }) => [to, report])).toEqual(
      Array(2).fill([people.boss, 'alert']),
    );
    expect(alerts.raised).toEqual([]);
    expect(await fire('three', 't:nobody')).toMatchObject({ code: 'not-found' });
  });
});
