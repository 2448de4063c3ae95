/**
 * From invoice to inbox (R14, R15): hours until the mail service confirmed each mailed invoice, of the company, by customer
 * and by channel, without a look into journals;
 * what has not arrived after a day is listed until it has, or until nothing is open of it.
 */
import { describe, expect, it } from 'vitest';
import { applyReport } from '../../../functions/email/apply-report.ts';
import { catchUp } from '../../../functions/reporting/catch-up.ts';
import { readDeliveries } from '../../../functions/reporting/read-deliveries.ts';
import { deliveriesQuery, type DeliveriesAnswer } from '../../../shared/contracts/report-deliveries.ts';
import { parseContribution } from '../../../shared/azure/report-shapes.ts';
import { addDays, textOfInstant } from '../../../shared/domain/calendar.ts';
import type { Fact } from '../../../shared/domain/facts.ts';
import type { Item } from '../../../shared/domain/item.ts';
import { shardOf } from '../../../shared/domain/report-shard.ts';
import { scopeOf } from '../../../shared/domain/scope.ts';
import type { AccountStore } from '../../../shared/ports/account-store.ts';
import { memoryAlerts } from '../../support/memory/alert-store.ts';
import { memoryReports } from '../../support/memory/report-store.ts';
import { everything } from '../../support/test-edge.ts';
import { lookNow } from './desks.ts';
import { payment } from './payment.ts';
import {
  appendTo,
  companyId,
  contact,
  createMailWorld,
  headOf,
  lateItem,
  open,
  run,
  today,
  tuesday,
  type MailWorld,
  type WorldOptions,
} from './mail-world.ts';

type World = Awaited<ReturnType<typeof mailing>>;

const fresh = (who: string, n: number, more: Partial<Item> = {}): Item => ({
  ...{ ...lateItem(who, n, -30), documentOn: today, postedOn: today },
  ...more,
});

const mailing = async (mailInvoicesFrom: string | undefined = today, options: WorldOptions = {}) => {
  const world = { ...(await createMailWorld(options)), reports: memoryReports() };
  const value = {
    goLiveOn: '2025-01-01',
    disclosedFactors: [],
    ...(mailInvoicesFrom && { mailInvoicesFrom }),
  };
  const place = { scope: `company:${companyId}`, name: 'dunning' };
  await world.settings.save(everything, place, 1, {
    ...{ value, by: 'u:crm', at: '2026-01-02T00:00:00Z', reason: 'test' },
  });
  return world;
};

/** Looks at an account and sends whatever new invoices it plans; the operations, in their order. */
const sendAll = async (world: MailWorld, accountId: string): Promise<string[]> => {
  await lookNow(world, accountId, 'event', tuesday);
  const before = world.mailer.posts.length;
  for (const { id } of (await headOf(world, accountId)).dunning.notices ?? [])
    await run(world, accountId, id, tuesday);
  return world.mailer.posts.slice(before);
};

const hear = (world: MailWorld, operationId: string, hours: number, status: string, recipient: string) => {
  const now = tuesday.add({ minutes: Math.round(hours * 60) });
  const data = {
    ...{ recipient, messageId: operationId, status, deliveryAttemptTimestamp: textOfInstant(now) },
    internetMessageId: `<${operationId}@dunwell.example>`,
  };
  const eventType = 'Microsoft.Communication.EmailDeliveryReportReceived' as const;
  const report = { id: `${operationId} ${status} ${recipient}`, eventType, data };
  return applyReport(world.parts, report, { now, scope: everything });
};

const journalOf = (
  { accounts }: MailWorld,
  query: { account?: string },
  ...[scope, key, page]: Parameters<AccountStore['entries']>
) => {
  if (key.accountId !== query.account) throw new Error(`the journal of ${key.accountId} was read`);
  return accounts.entries(scope, key, page);
};

const ask = async (
  world: World,
  hours: number,
  query: { account?: string; accounts?: number; after?: string; firstOn?: string } = {},
  scope = everything,
) => {
  const call = { scope, now: tuesday.add({ hours }) };
  const parts = { ...world, alerts: memoryAlerts(), zoneOf: async () => 'Europe/Berlin' };
  await catchUp(companyId, { scope: everything, now: call.now }, parts);
  return readDeliveries(companyId, deliveriesQuery.parse(query), call, {
    ...parts,
    // all that is told comes from the projection: whoever reads a journal is seen
    accounts: { ...world.accounts, entries: (...asked) => journalOf(world, query, ...asked) },
  });
};
const told = async (...asked: Parameters<typeof ask>) => {
  const answer = await ask(...asked);
  if (!answer.ok) throw new Error(answer.detail);
  return answer.value;
};

const toldOf = (world: World, account?: string) => told(world, 30, account === undefined ? {} : { account });

describe('from invoice to inbox', () => {
  it('median and 90th percentile by customer and channel, from the entry to the confirmation', async () => {
    const world = await mailing();
    await open(
      world,
      'north',
      [1, 2, 3, 4].map((n) => fresh('north', n)),
    );
    await open(
      world,
      'south',
      [fresh('south', 1), fresh('south', 2, { apStatus: 'received' })],
      contact('ap@south.example'),
    );
    const north = await sendAll(world, 'north');
    const [south] = await sendAll(world, 'south');
    for (const [n, hours] of [1, 2.5, 30].entries())
      await hear(world, north[n]!, hours, 'Delivered', 'ap@north.example');
    await hear(world, south!, 4, 'Delivered', 'ap@south.example');
    await hear(world, south!, 9, 'Delivered', 'ap@south.example');
    const { customers, company, invoices } = await told(world, 48);
    expect(invoices.map(({ number }) => number)).toEqual(['north-4']);
    const mail = { channel: 'mail' };
    expect(customers.toSorted((a, b) => (a.accountId < b.accountId ? -1 : 1))).toEqual([
      {
        ...{ accountId: 'north', ...mail, invoices: 4, undelivered: 1 },
        ...{ medianHoursHundredths: 250, percentile90HoursHundredths: 3_000 },
      },
      {
        ...{ accountId: 'south', ...mail, invoices: 1, undelivered: 0 },
        ...{ medianHoursHundredths: 400, percentile90HoursHundredths: 400 },
      },
      {
        ...{ accountId: 'south', channel: 'customerSystem', invoices: 1, undelivered: 0 },
        ...{ medianHoursHundredths: 0, percentile90HoursHundredths: 0 },
      },
    ]);
    // of the company: up to full hours
    expect(company).toEqual([
      {
        ...{ ...mail, invoices: 5, undelivered: 1 },
        ...{ medianHoursHundredths: 300, percentile90HoursHundredths: 3_000 },
      },
      {
        ...{ channel: 'customerSystem', invoices: 1, undelivered: 0 },
        ...{ medianHoursHundredths: 25, percentile90HoursHundredths: 25 },
      },
    ]);
  });

  it('lists what did not arrive in a day with where it is, until it arrives or is paid', async () => {
    const world = await mailing();
    await open(
      world,
      'north',
      [1, 2, 3].map((n) => fresh('north', n)),
    );
    const [first, second] = await sendAll(world, 'north');
    await hear(world, first!, 1, 'Bounced', 'ap@north.example');
    await hear(world, second!, 1, 'Quarantined', 'ap@north.example');
    expect((await told(world, 23)).invoices).toEqual([]);
    const { invoices } = await told(world, 24);
    expect(invoices.map(({ number, state, isLate }) => [number, state, isLate])).toEqual([
      ['north-1', 'bounced', true],
      ['north-2', 'delayed', true],
      ['north-3', 'sent', true],
    ]);
    await payment(world, 'north', 'item:invoice:north-3', 50_000);
    expect((await told(world, 24)).invoices.map(({ number }) => number)).toEqual(['north-1', 'north-2']);
    const all = await told(world, 24, { account: 'north' });
    expect(all.invoices.map(({ number, state }) => [number, state])[2]).toEqual(['north-3', 'sent']);
  });

  it('is of the whole company on every page, customer by customer through all of them', async () => {
    const world = await mailing();
    const names = Array.from({ length: 20 }, (_, n) => `shop-${n}`);
    for (const name of names) {
      await open(world, name, [fresh(name, 1)], contact(`ap@${name}.example`));
      const [operation] = await sendAll(world, name);
      if (name !== 'shop-6') await hear(world, operation!, 2, 'Delivered', `ap@${name}.example`);
    }
    const seen: string[] = [];
    const late: string[] = [];
    let after: string | null = null;
    do {
      const page: DeliveriesAnswer = await told(world, 30, { accounts: 1, ...(after && { after }) });
      expect(page.company).toMatchObject([{ invoices: 20, undelivered: 1, medianHoursHundredths: 200 }]);
      expect(page.customers.length).toBeLessThanOrEqual(1);
      seen.push(...page.customers.map(({ accountId }) => accountId));
      late.push(...page.invoices.map(({ number }) => number));
      ({ after } = page);
    } while (after !== null);
    expect(seen.toSorted()).toEqual(names.toSorted());
    expect(late).toEqual(['shop-6-1']);
    expect(await told(world, 30, { firstOn: addDays(today, 1) })).toMatchObject({
      company: [],
      customers: [],
    });
  });

  it('counts an invoice once where it was mailed and the customer’s system told of it, too', async () => {
    const world = await mailing();
    await open(world, 'north', [fresh('north', 1), fresh('north', 2)]);
    const [first] = await sendAll(world, 'north');
    const amended = (apStatus: string): Fact => ({
      ...{ kind: 'itemAmended', itemId: 'item:invoice:north-2', amendment: { apStatus }, on: today },
    });
    await appendTo(world, 'north', [amended('accepted')]);
    await appendTo(world, 'north', [amended('approved')]);
    await hear(world, first!, 1, 'Delivered', 'ap@north.example');
    expect((await told(world, 30)).company).toMatchObject([
      { channel: 'mail', invoices: 1, undelivered: 0 },
      { channel: 'customerSystem', invoices: 1, undelivered: 0 },
    ]);
    expect((await told(world, 30)).company).toHaveLength(2);
    // what is kept of the customer is read back as it was written
    const place = { companyId, shard: shardOf('north') };
    const { contributions } = await world.reports.contributionPage(everything, place, { limit: 5 });
    for (const contribution of contributions)
      expect(parseContribution({ contribution })).toEqual(contribution);
    expect(contributions[0]?.deliveries?.arrived).toHaveLength(2);
  });

  it('1,000 posted invoices go out by themselves, each to its own contact with its PDF, each with its state (R14)', async () => {
    const world = await mailing(today, { limits: { perMinute: 2_000, perHour: 2_000 } });
    const names = Array.from({ length: 50 }, (_, n) => `shop-${n}`);
    for (const name of names) {
      const items = Array.from({ length: 20 }, (_, n) => fresh(name, n + 1));
      await open(world, name, items, contact(`ap@${name}.example`));
      for (const round of [1, 2])
        for (const operation of await sendAll(world, name))
          await hear(world, operation, round, 'Delivered', `ap@${name}.example`);
    }
    const { accepted } = world.mailer;
    expect(accepted).toHaveLength(1_000);
    const told = new Set<string>();
    for (const { mail } of accepted) {
      const [number] = /shop-\d+-\d+/.exec(mail.subject) ?? [''];
      told.add(number);
      expect(mail.to.map(({ address }) => address)).toEqual([`ap@${number.replace(/-\d+$/, '')}.example`]);
      expect(mail.files.map(({ name }) => name)).toEqual([`${number}.pdf`]);
    }
    expect(told.size).toBe(1_000);
    for (const account of [names[0]!, names[49]!]) {
      const { invoices } = await toldOf(world, account);
      expect(invoices.map(({ state }) => state)).toEqual(Array.from({ length: 20 }, () => 'delivered'));
    }
    const { company, invoices } = await toldOf(world);
    expect(company).toMatchObject([{ channel: 'mail', invoices: 1_000, undelivered: 0 }]);
    expect(invoices).toEqual([]);
  }, 60_000);

  it('a copy that arrived confirms nothing', async () => {
    const world = await mailing();
    const cc = { name: 'Cora', email: 'cfo@north.example', role: 'CFO' };
    const kim = { name: 'Kim Ap', email: 'ap@north.example', role: 'Accounts Payable' };
    await open(world, 'north', [fresh('north', 1)], contact('', { contacts: [kim, cc] }));
    const [operation] = await sendAll(world, 'north');
    await hear(world, operation!, 1, 'Delivered', 'cfo@north.example');
    expect((await told(world, 25)).invoices).toMatchObject([{ state: 'sent', deliveredAt: null }]);
    await hear(world, operation!, 26, 'Delivered', 'ap@north.example');
    expect((await told(world, 27)).invoices).toEqual([]);
  });

  it('a company that mails none has nothing to tell; what its customers’ systems refused has not arrived', async () => {
    const elsewhere = await mailing('');
    await open(elsewhere, 'north', [fresh('north', 1)]);
    expect(await told(elsewhere, 48)).toMatchObject({ mailedFromOn: null, customers: [], invoices: [] });
    const world = await mailing();
    await open(world, 'north', [fresh('north', 1, { apStatus: 'rejected' })]);
    expect((await told(world, 48)).invoices).toMatchObject([{ channel: 'customerSystem', state: 'refused' }]);
  });

  it('is nothing for somebody who sees but a part of the company', async () => {
    const world = await mailing();
    await open(world, 'north', [fresh('north', 1)]);
    const part = scopeOf([{ companies: 'all', accounts: { by: 'collector', ids: ['ann'] } }]);
    expect((await ask(world, 48, {}, part)).ok).toBe(false);
  });
});
