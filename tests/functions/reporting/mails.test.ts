/**
 * Report mails (R116): at the local time somebody set, never a figure to who may not see it, never twice, and none lost in a crash between any two effects.
 */
import { describe, expect, it } from 'vitest';
import { sendStaffMail } from '../../../functions/email/send-staff-mail.ts';
import { keepMails, listSent } from '../../../functions/reporting/keep-mails.ts';
import { planReports } from '../../../functions/reporting/plan-reports.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { workTick } from '../../../functions/reporting/work-tick.ts';
import type { EvaluateParts } from '../../../functions/reporting/evaluate-alerts.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { reportMailsBody } from '../../../shared/contracts/report-mails.ts';
import { staffMailToSend } from '../../../shared/contracts/messages.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { crashAt, gateOf, withFaults, type Gate } from '../../support/faults.ts';
import { memoryPacing } from '../../support/memory/mail-pacing.ts';
import { memoryMailer, type MailerOptions } from '../../support/memory/mailer.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId } from './projection-support.ts';
import { fillCompany, people, recipient } from './mail-people.ts';
import { newReportParts } from './report-parts.ts';

type Wire = { mails: EvaluateParts; sent: { id: string; body: object }[] };

const newMails = async (gate?: Gate) => {
  const { parts, world, settings, ...kept } = newReportParts();
  await fillCompany(settings);
  const item = itemWith({ id: 'item:invoice:1', original: money(12_345), open: money(12_345) });
  const events = await appendFacts(world, 'a', '2026-03-02', factsOf(postItem(after(), item)), [item.id]);
  await projectEvents(events, everything, world);
  const sent: Wire['sent'] = [];
  const stores = {
    ...{ ...kept, settings },
    sender: {
      send: async (_queue: string, messages: readonly { id: string; body: object }[]) =>
        void sent.push(...messages),
    },
  };
  const under =
    gate === undefined
      ? stores
      : {
          ...stores,
          staffMails: withFaults(stores.staffMails, gate, 'mails'),
          documents: withFaults(stores.documents, gate, 'documents'),
          sender: withFaults(stores.sender, gate, 'sender'),
        };
  const mails: EvaluateParts = { ...parts, ...under, zoneOf: async () => 'Europe/Berlin' };
  return { mails, sent, stores };
};

/** Monday 9 March, 08:10 in Berlin: the team's week and the one-page summary are due. */
const monday = instantFromText('2026-03-09T07:10:00Z');
const call = { scope: everything, now: monday };

const deliver = async (
  { stores, sent }: Awaited<ReturnType<typeof newMails>>,
  options: MailerOptions = {},
  times = 2,
) => {
  const mailer = memoryMailer(options);
  const parts = {
    ...{ ...stores, mailer, hashText: sha256 },
    pacing: memoryPacing({ perMinute: 90, perHour: 900 }),
  };
  for (let time = 0; time < times; time += 1)
    for (const { body } of [...sent])
      await sendStaffMail(parts, staffMailToSend.parse(body), {
        scope: everything,
        now: monday.add({ seconds: 70 * time }),
      });
  return mailer;
};

describe('who gets a report', () => {
  it('is who has its part, may see the whole company by the matrix, reaches it and is not ended', async () => {
    const world = await newMails();
    await planReports(world.mails, call);
    const mailer = await deliver(world);
    const got = mailer.accepted.map(({ mail }) => `${mail.to[0]?.address} ${mail.subject}`).toSorted();
    expect(got).toEqual([
      'boss@house.example Canary Ltd: Cash expected in 13 weeks, 2026-03-08',
      'boss@house.example Canary Ltd: One-page summary, 2026-03-08',
      'collector@house.example Canary Ltd: Open problems, 2026-03-09', // of their own accounts alone
      'manager@house.example Canary Ltd: Open problems, 2026-03-09',
      'manager@house.example Canary Ltd: Reconciliation and feeds, 2026-03-09',
      'manager@house.example Canary Ltd: The week of the team, 2026-03-08',
    ]);
  });

  it('is told alerts only with a right to accounts and cases, and those of other companies never', async () => {
    const world = await newMails();
    const alert = { rule: 'largeReceipt', to: ['creditManager', 'collector'], at: '2026-03-09T06:00:00Z' };
    await world.stores.alerts.raise(everything, { ...alert, id: 'a1', companyId, accountId: 'acct-own' });
    await world.stores.alerts.raise(everything, {
      ...alert,
      id: 'a2',
      companyId: 'another',
      accountId: 'acct-foreign',
    });
    await planReports(world.mails, call);
    const { accepted } = await deliver(world);
    const alerts = accepted.filter(({ mail }) => mail.subject.includes('Alert'));
    expect(alerts.map(({ mail }) => mail.to[0]?.address)).toEqual(['manager@house.example']);
    expect(alerts[0]?.mail.text).toContain('acct-own');
    expect(JSON.stringify(accepted)).not.toContain('acct-foreign');
  });
});

describe('a report', () => {
  it('is sent once, however often its tick and its message come', async () => {
    const world = await newMails();
    for (const minutes of [0, 5, 60, 1_440])
      await planReports(world.mails, { ...call, now: monday.add({ minutes }) });
    const { accepted } = await deliver(world, {}, 4);
    const subjects = accepted.map(({ mail }) => `${mail.to[0]?.address} ${mail.subject}`);
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(subjects.filter((text) => text.includes('One-page'))).toHaveLength(1);
  });

  it('is made up for within days, and not after', async () => {
    const world = await newMails();
    await planReports(world.mails, { ...call, now: monday.add({ hours: 48 }) });
    expect((await deliver(world)).accepted.some(({ mail }) => mail.subject.includes('One-page'))).toBe(true);
    const late = await newMails();
    await planReports(late.mails, { ...call, now: monday.add({ hours: 24 * 4 }) });
    expect((await deliver(late)).accepted.some(({ mail }) => mail.subject.includes('One-page'))).toBe(false);
  });

  it('scheduled by the CFO comes at its local time; what failed is seen as such, tried again and sent', async () => {
    const world = await newMails();
    const by = { scope: everything, now: monday.subtract({ hours: 24 }), by: people.boss };
    const recipients = [recipient(people.boss, 'EXE', ['ceo', 'cfo'])];
    const times = [{ report: 'onePage', at: '06:45', isOff: false }];
    const set = reportMailsBody.parse({ recipients, times, after: 1, reason: 'before the call' });
    expect(await keepMails(world.mails, by, companyId, set)).toMatchObject({ ok: true });
    const onePage = async () => {
      const sent = await listSent(world.mails, everything, companyId, { limit: 50 });
      return sent.ok ? sent.value.mails.filter(({ report }) => report === 'onePage') : [];
    };
    // 06:44 and 06:45 in Berlin
    await planReports(world.mails, { ...call, now: instantFromText('2026-03-09T05:44:00Z') });
    expect(await onePage()).toEqual([]);
    await planReports(world.mails, { ...call, now: instantFromText('2026-03-09T05:45:00Z') });
    expect(await onePage()).toMatchObject([{ to: people.boss, state: 'planned' }]);
    const mailer = await deliver(world, { fault: (_id, post) => (post === 1 ? 'never' : undefined) }, 1);
    expect([mailer.accepted.length, (await onePage())[0]?.state]).toEqual([0, 'claimed']);
    const { accepted } = await deliver(world, {}, 4);
    expect(accepted.filter(({ mail }) => mail.subject.includes('One-page'))).toHaveLength(1);
    expect(await onePage()).toMatchObject([{ state: 'sent' }]);
  });

  it('goes out once when the answer of the mail service is lost, or it never got there', async () => {
    for (const fault of ['lost', 'never'] as const) {
      const world = await newMails();
      await planReports(world.mails, call);
      const mailer = await deliver(world, { fault: (_id, post) => (post === 1 ? fault : undefined) }, 4);
      expect([fault, mailer.accepted.length]).toEqual([fault, 6]);
      expect(world.stores.staffMails.all().map(({ state }) => state)).toEqual(Array(6).fill('sent'));
    }
  });

  it('shows figures in text and HTML as people read them, and brings its pictures and its workbook', async () => {
    const world = await newMails();
    await planReports(world.mails, call);
    const { accepted } = await deliver(world);
    const page = accepted.find(({ mail }) => mail.subject.includes('One-page'))!.mail;
    for (const part of [page.text, page.html]) {
      expect(part).toContain('EUR 123.45');
      expect(part).toContain('no sales data');
    }
    expect(page.files.map(({ name }) => name)).toEqual(['aging.png', 'c1-onePage-2026-03-08.xlsx']);
    expect(page.files.map(({ contentId }) => contentId)).toEqual(['chart-aging', undefined]);
    expect(page.html).toContain(
      '<img src="cid:chart-aging" alt="Receivables on 2026-03-08, EUR: not due 123; ',
    );
    expect(page.text).toContain('Receivables on 2026-03-08, EUR: not due 123; overdue to 90 days 0; ');
  });
});

describe('a crash between any two effects', () => {
  it.each(['before', 'after'] as const)('crashing %s each of them ends in the same mails', async (when) => {
    const counting = gateOf();
    const expected = await newMails(counting);
    await planReports(expected.mails, call);
    expect(counting.calls).toHaveLength(18);
    for (let number = 1; number <= counting.calls.length; number += 1) {
      const crash = crashAt(number, when);
      const world = await newMails(crash);
      await planReports(world.mails, call).catch(() => crash.restart());
      await planReports(world.mails, { ...call, now: monday.add({ minutes: 5 }) });
      const { accepted } = await deliver(world);
      const got = accepted.map(({ mail }) => mail.to[0]?.address).toSorted();
      expect([counting.calls[number - 1], got]).toEqual([
        counting.calls[number - 1],
        ['boss', 'boss', 'collector', 'manager', 'manager', 'manager'].map((name) => `${name}@house.example`),
      ]);
    }
  });
});

it('a tick of a job nobody knows is refused', async () => {
  const { mails } = await newMails();
  const tick = { v: 1, job: 'nap', slot: '2026-03-09T07:10:00Z' } as const;
  expect((await workTick(tick, call, mails, mails)).ok).toBe(false);
});
