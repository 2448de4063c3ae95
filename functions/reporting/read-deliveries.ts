/**
 * Answers "invoice to inbox" (R15): median and 90th percentile of the hours until an invoice is confirmed to have arrived,
 * of the company by channel and of each customer; what has not arrived after a day; of one customer where each invoice is.
 * From: `GET api/reports/{company}/invoice-deliveries`. Next: the CFO. The company's figures are kept ones and whole on
 * every page; customers and what is late are read from what accounts contribute to reports, a page of them a call. No
 * journal is read but that of the one customer asked for.
 */
import { dunningPlaces, dunningSettingFrom } from '../../shared/contracts/dunning-settings.ts';
import type { DeliveriesAnswer, DeliveriesQuery } from '../../shared/contracts/report-deliveries.ts';
import { addDays, dayAt, instantFromText, type Day, type Instant } from '../../shared/domain/calendar.ts';
import { spreadsOfFigures } from '../../shared/domain/delivery-figures.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import { figuresIn } from '../../shared/domain/figures-kept.ts';
import {
  invoiceDeliveries,
  isUndelivered,
  type InvoiceDelivery,
} from '../../shared/domain/invoice-delivery.ts';
import { timeToSend } from '../../shared/domain/metrics-cases.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import type { Contribution } from '../../shared/domain/report-shard.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { ReportStore } from '../../shared/ports/report-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';
import { pageOfContributions } from './contribution-pages.ts';
import { keptFigures } from './read-figures.ts';

export type DeliveryParts = {
  accounts: AccountStore;
  settings: Pick<SettingsStore, 'read'>;
  reports: ReportStore;
  zoneOf: ZoneOf;
};
type Line = DeliveriesAnswer['invoices'][number];
type Asked = { companyId: string; scope: Scope; now: Instant; zone: string; firstOn: Day; lastOn: Day };

const [daysShown, perRead] = [30, 100];

export const readDeliveries = async (
  companyId: string,
  query: DeliveriesQuery,
  { scope, now }: { scope: Scope; now: Instant },
  parts: DeliveryParts,
): Promise<Outcome<DeliveriesAnswer, 'not-found'>> => {
  const zone = reachInto(scope, companyId) === 'all' ? await parts.zoneOf(scope, companyId) : undefined;
  if (zone === undefined) return refuse('not-found', 'There is no such company.');
  const lastOn = (query.lastOn as Day | undefined) ?? dayAt(now, zone);
  const firstOn = (query.firstOn as Day | undefined) ?? addDays(lastOn, 1 - daysShown);
  const asked = { companyId, scope, now, zone, firstOn, lastOn };
  const setting = { scope: `company:${companyId}`, name: dunningPlaces.dunning };
  const { mailInvoicesFrom: from } = dunningSettingFrom((await parts.settings.read(scope, setting))?.value);
  const empty = { company: [], customers: [], invoices: [], after: null };
  if (from === undefined) return done({ mailedFromOn: null, firstOn, lastOn, ...empty });
  const head = { mailedFromOn: from, firstOn, lastOn, company: await companyOf(asked, parts) };
  if (query.account !== undefined) {
    const invoices = await invoicesOf(query.account, from, asked, parts);
    return done({ ...head, customers: [], invoices, after: null });
  }
  const page = await pageOfContributions(asked, { limit: query.accounts, after: query.after }, parts.reports);
  const lines = await Promise.all(page.contributions.map((one) => lateOf(one, asked, parts)));
  const customers = page.contributions.flatMap((one) => customerOf(one, asked));
  return done({ ...head, customers, invoices: lines.flat(), after: page.after ?? null });
};

/** Null where the period begins or ends among days that are kept as months alone. */
const companyOf = async (
  { companyId, scope, firstOn, lastOn }: Asked,
  { reports }: DeliveryParts,
): Promise<DeliveriesAnswer['company']> => {
  const figures = figuresIn(await keptFigures(companyId, scope, reports), firstOn, lastOn);
  return figures === undefined ? null : spreadsOfFigures(figures);
};

const isWithin = (on: Day, { firstOn, lastOn }: Asked): boolean => on >= firstOn && on <= lastOn;
const dayOf = ({ createdAt }: InvoiceDelivery, { zone }: Asked): Day =>
  dayAt(instantFromText(createdAt), zone);

const customerOf = ({ accountId, deliveries }: Contribution, asked: Asked): DeliveriesAnswer['customers'] => {
  const arrived = (deliveries?.arrived ?? []).filter(({ on }) => isWithin(on, asked));
  const onTheWay = (deliveries?.onTheWay ?? []).filter((one) => isWithin(dayOf(one, asked), asked));
  const all = [...onTheWay.map(({ channel }) => ({ channel, hoursHundredths: undefined })), ...arrived];
  return [...Map.groupBy(all, ({ channel }) => channel)]
    .toSorted(([a], [b]) => (a < b ? 1 : -1))
    .map(([channel, own]) => {
      const { sent, undelivered } = timeToSend(own.map((one) => one.hoursHundredths));
      return {
        ...{ accountId, channel, invoices: own.length, undelivered },
        medianHoursHundredths: sent?.median ?? null,
        percentile90HoursHundredths: sent?.percentile90 ?? null,
      };
    });
};

/** What nothing is open of any more need not arrive: it is no longer late. */
const lateOf = async (
  { accountId, deliveries }: Contribution,
  asked: Asked,
  parts: DeliveryParts,
): Promise<Line[]> => {
  const overdue = (deliveries?.onTheWay ?? []).filter((one) => isUndelivered(one, asked.now));
  const open = await openOf(accountId, overdue, asked, parts);
  return overdue.filter(({ itemId }) => open.has(itemId)).map((one) => lineOf(accountId, one, true));
};

const openOf = async (
  accountId: string,
  some: readonly InvoiceDelivery[],
  { companyId, scope }: Asked,
  { accounts }: DeliveryParts,
): Promise<ReadonlySet<string>> => {
  const open = new Set<string>();
  for (let at = 0; at < some.length; at += perRead) {
    const ids = some.slice(at, at + perRead).map(({ itemId }) => itemId);
    const { account } = await accounts.load(scope, { companyId, accountId }, ids);
    for (const id of ids) if ((account.items.get(id)?.open ?? 0) > 0) open.add(id);
  }
  return open;
};

const lineOf = (accountId: string, one: InvoiceDelivery, isLate: boolean): Line => {
  const { itemId, number, channel, state, reasons = [], createdAt, deliveredAt = null } = one;
  return { accountId, itemId, number, channel, state, reasons: [...reasons], isLate, createdAt, deliveredAt };
};

/** Every invoice of one customer that became known in the period, by its journal. */
const invoicesOf = async (
  accountId: string,
  from: Day,
  asked: Asked,
  parts: DeliveryParts,
): Promise<Line[]> => {
  const { companyId, scope, now } = asked;
  const entries: Entry[] = [];
  let read: Entry[];
  do {
    const page = { afterVersion: entries.length, limit: perRead };
    read = await parts.accounts.entries(scope, { companyId, accountId }, page);
    entries.push(...read);
  } while (read.length === perRead);
  const all = invoiceDeliveries(entries, from).filter((one) => isWithin(dayOf(one, asked), asked));
  const overdue = all.filter((one) => isUndelivered(one, now));
  const open = await openOf(accountId, overdue, asked, parts);
  return all.map((one) => lineOf(accountId, one, overdue.includes(one) && open.has(one.itemId)));
};
