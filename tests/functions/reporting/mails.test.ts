/**
 * Report mails: never a figure to who may not see it, never twice, and none lost in a crash between any two effects.
 */
import { describe, expect, it } from 'vitest';
import { sendStaffMail } from '../../../functions/email/send-staff-mail.ts';
import { planReports } from '../../../functions/reporting/plan-reports.ts';
import { projectEvents } from '../../../functions/reporting/project-events.ts';
import { workTick } from '../../../functions/reporting/work-tick.ts';
import type { ReportMailParts } from '../../../functions/reporting/mail-parts.ts';
import { sha256 } from '../../../shared/azure/entry-hash.ts';
import { staffMailToSend } from '../../../shared/contracts/messages.ts';
import { reachPlace } from '../../../shared/contracts/reach.ts';
import { reportMailsPlace } from '../../../shared/contracts/report-mails.ts';
import { instantFromText } from '../../../shared/domain/calendar.ts';
import { postItem } from '../../../shared/domain/post-item.ts';
import { after, factsOf, itemWith, money } from '../../support/account-examples.ts';
import { crashAt, gateOf, withFaults, type Gate } from '../../support/faults.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryFiles } from '../../support/memory/file-store.ts';
import { memoryPacing } from '../../support/memory/mail-pacing.ts';
import { memoryMailer, type MailerOptions } from '../../support/memory/mailer.ts';
import { memoryReferences } from '../../support/memory/reference-store.ts';
import type { SettingsStore } from '../../../shared/ports/settings-store.ts';
import { memoryAccounts } from '../../support/memory/account-store.ts';
import { memorySettings } from '../../support/memory/settings-store.ts';
import { memoryStaffMails } from '../../support/memory/staff-mail-store.ts';
import { ownBook } from '../../support/own-book.ts';
import { everything } from '../../support/test-edge.ts';
import { appendFacts, companyId, newWorld } from './projection-support.ts';

/** A Saturday: Friday's reports were due before. */
const change = { by: 'test', at: '2026-03-07T10:00:00Z', reason: 'test' };
const people = {
  boss: 't:boss',
  manager: 't:manager',
  collector: 't:collector',
  stranger: 't:stranger',
  ended: 't:ended',
};
const recipient = (personId: string, principal: string, roles: string[]) => ({
  ...{ personId, principal, roles, email: `${personId.slice(2)}@house.example` },
});

type Wire = { mails: ReportMailParts; sent: { id: string; body: object }[] };

const fillSettings = async (settings: SettingsStore): Promise<void> => {
  const keep = (scope: string, name: string, value: unknown) =>
    settings.save(everything, { scope, name }, 0, { ...change, value });
  const company = {
    companyId,
    legalName: 'Canary Ltd',
    mode: 'dunwellLed',
    zone: 'Europe/Berlin',
    country: 'DE',
  };
  await keep(`company:${companyId}`, 'company', { ...company, currency: 'EUR' });
  await keep('deployment', `company:${companyId}`, {});
  await keep(`company:${companyId}`, 'mail', {
    ...{ from: 'ar@house.example', replyDomain: 'reply.house.example', address: ['Street 1'] },
    sender: { name: 'AR', email: 'ar@house.example', phone: '1', hours: '9-5' },
    linkOrigin: 'https://pay.house.example',
  });
  const reach = { companyIds: [companyId], teams: [], covers: [], grants: [], isDisabled: false };
  for (const id of Object.values(people))
    await keep(reachPlace(id).scope, 'reach', {
      ...reach,
      ...(id === people.stranger ? { companyIds: ['another'] } : {}),
      ...(id === people.ended ? { isDisabled: true } : {}),
    });
  const place = reportMailsPlace(companyId);
  await keep(place.scope, place.name, {
    recipients: [
      recipient(people.boss, 'EXE', ['ceo', 'cfo']),
      recipient(people.manager, 'CRM', ['creditManager']),
      recipient(people.collector, 'COL', ['creditManager', 'cfo']),
      recipient(people.stranger, 'CRM', ['creditManager', 'cfo']),
      recipient(people.ended, 'EXE', ['ceo', 'cfo']),
    ],
    times: [],
  });
};

const newMails = async (gate?: Gate) => {
  const world = newWorld();
  const settings = memorySettings();
  await fillSettings(settings);
  const item = itemWith({ id: 'item:invoice:1', original: money(12_345), open: money(12_345) });
  const events = await appendFacts(world, 'a', '2026-03-02', factsOf(postItem(after(), item)), [item.id]);
  await projectEvents(events, everything, world);
  const sent: Wire['sent'] = [];
  const stores = {
    ...{ staffMails: memoryStaffMails(), documents: memoryFiles(), alerts: memoryAlerts() },
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
  const mails: ReportMailParts = {
    ...{ ...world, ...under, settings, references: memoryReferences(), bookOf: ownBook, hashText: sha256 },
    calendarOf: async () => ({ weekend: [6, 7], holidays: new Set() }),
    draw: async () => new Uint8Array([1, 2, 3]),
    zoneOf: async () => 'Europe/Berlin',
  };
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
      'boss@house.example Canary Ltd: One-page summary, 2026-03-08',
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

  it('goes out once when the answer of the mail service is lost, or it never got there', async () => {
    for (const fault of ['lost', 'never'] as const) {
      const world = await newMails();
      await planReports(world.mails, call);
      const mailer = await deliver(world, { fault: (_id, post) => (post === 1 ? fault : undefined) }, 4);
      expect([fault, mailer.accepted.length]).toEqual([fault, 2]);
      expect(world.stores.staffMails.all().map(({ state }) => state)).toEqual(['sent', 'sent']);
    }
  });

  it('shows figures in text and HTML, and brings its pictures and its workbook', async () => {
    const world = await newMails();
    await planReports(world.mails, call);
    const { accepted } = await deliver(world);
    const page = accepted.find(({ mail }) => mail.subject.includes('One-page'))!.mail;
    for (const part of [page.text, page.html]) {
      expect(part).toContain('EUR 123.45');
      expect(part).toContain('no-sales-data');
    }
    expect(page.files.map(({ name }) => name)).toEqual(['aging.png', 'c1-onePage-2026-03-08.xlsx']);
  });
});

describe('a crash between any two effects', () => {
  it.each(['before', 'after'] as const)('crashing %s each of them ends in the same mails', async (when) => {
    const counting = gateOf();
    const expected = await newMails(counting);
    await planReports(expected.mails, call);
    expect(counting.calls).toHaveLength(6);
    for (let number = 1; number <= counting.calls.length; number += 1) {
      const crash = crashAt(number, when);
      const world = await newMails(crash);
      await planReports(world.mails, call).catch(() => crash.restart());
      await planReports(world.mails, { ...call, now: monday.add({ minutes: 5 }) });
      const { accepted } = await deliver(world);
      const got = accepted.map(({ mail }) => mail.to[0]?.address).toSorted();
      expect([counting.calls[number - 1], got]).toEqual([
        counting.calls[number - 1],
        ['boss@house.example', 'manager@house.example'],
      ]);
    }
  });
});

it('a tick of a job nobody knows is refused', async () => {
  const { mails } = await newMails();
  const tick = { v: 1, job: 'nap', slot: '2026-03-09T07:10:00Z' } as const;
  expect((await workTick(tick, call, mails, { ...mails, accounts: memoryAccounts() })).ok).toBe(false);
});
