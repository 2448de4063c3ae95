/**
 * Answers "invoice to inbox": median and 90th percentile of the hours until an invoice is confirmed to have arrived, by
 * customer and channel; what has not arrived after a day; where each invoice is.
 * From: `GET api/reports/{company}/invoice-deliveries`. Next: the CFO. Read from the journals, account by account, as the
 * rows behind a tile are: a page costs as much as its accounts have entries.
 */
import { dunningPlaces, dunningSettingFrom } from '../../shared/contracts/dunning-settings.ts';
import type { DeliveriesAnswer, DeliveriesQuery } from '../../shared/contracts/report-deliveries.ts';
import type { AccountKey } from '../../shared/domain/account.ts';
import { addDays, dayAt, instantFromText, type Day, type Instant } from '../../shared/domain/calendar.ts';
import type { Entry } from '../../shared/domain/entry.ts';
import {
  hoursHundredths,
  invoiceDeliveries,
  isUndelivered,
  type InvoiceDelivery,
} from '../../shared/domain/invoice-delivery.ts';
import { timeToSend } from '../../shared/domain/metrics-cases.ts';
import { done, refuse, type Outcome } from '../../shared/domain/outcome.ts';
import { reachInto, type Scope } from '../../shared/domain/scope.ts';
import type { ZoneOf } from '../../shared/edge/read-company.ts';
import type { AccountStore } from '../../shared/ports/account-store.ts';
import type { SettingsStore } from '../../shared/ports/settings-store.ts';

export type DeliveryParts = {
  accounts: AccountStore;
  settings: Pick<SettingsStore, 'read'>;
  zoneOf: ZoneOf;
};
type Delivery = InvoiceDelivery & { accountId: string };
type Asked = Pick<DeliveriesAnswer, 'firstOn' | 'lastOn'> & { zone: string; now: Instant };

const readAtOnce = 8;
const daysShown = 30;
/** Items, and entries, of an account looked at in one read. */
const perRead = 100;

export const readDeliveries = async (
  companyId: string,
  query: DeliveriesQuery,
  { scope, now }: { scope: Scope; now: Instant },
  parts: DeliveryParts,
): Promise<Outcome<DeliveriesAnswer, 'not-found'>> => {
  const zone = reachInto(scope, companyId) === 'all' ? await parts.zoneOf(scope, companyId) : undefined;
  if (zone === undefined) return refuse('not-found', 'There is no such company.');
  const lastOn = query.lastOn ?? dayAt(now, zone);
  const asked = { zone, now, lastOn, firstOn: query.firstOn ?? addDays(lastOn as Day, 1 - daysShown) };
  const { firstOn } = asked;
  const setting = { scope: `company:${companyId}`, name: dunningPlaces.dunning };
  const { mailInvoicesFrom: from } = dunningSettingFrom((await parts.settings.read(scope, setting))?.value);
  const empty = { customers: [], page: [], invoices: [], after: null };
  if (from === undefined) return done({ mailedFromOn: null, firstOn, lastOn, ...empty });
  const { accounts: limit, after } = query;
  const heads = await parts.accounts.heads(scope, companyId, { limit, ...(after && { after }) });
  const all: Delivery[] = [];
  const late = new Set<Delivery>();
  for (let at = 0; at < heads.heads.length; at += readAtOnce) {
    const some = heads.heads.slice(at, at + readAtOnce);
    for (const found of await Promise.all(
      some.map((head) => deliveriesOf(head, { from, now, scope }, parts)),
    )) {
      all.push(...found.all);
      for (const one of found.late) late.add(one);
    }
  }
  const counted = all.filter((one) => isCounted(one, asked));
  const shown = query.show === 'all' ? counted : [...late];
  return done({
    ...{ mailedFromOn: from, firstOn, lastOn },
    customers: [...Map.groupBy(counted, ({ accountId }) => accountId)].flatMap(([accountId, own]) =>
      spreadsOf(own).map((spread) => ({ accountId, ...spread })),
    ),
    page: spreadsOf(counted),
    invoices: shown.map((one) => lineOf(one, late.has(one))),
    after: heads.after ?? null,
  });
};

const isCounted = ({ createdAt }: Delivery, { zone, firstOn, lastOn }: Asked): boolean => {
  const on = dayAt(instantFromText(createdAt), zone);
  return on >= firstOn && on <= lastOn;
};

const spreadsOf = (some: readonly Delivery[]): DeliveriesAnswer['page'] =>
  [...Map.groupBy(some, ({ channel }) => channel)].map(([channel, own]) => {
    const { sent, undelivered } = timeToSend(own.map(hoursHundredths));
    return {
      ...{ channel, invoices: own.length, undelivered },
      medianHoursHundredths: sent?.median ?? null,
      percentile90HoursHundredths: sent?.percentile90 ?? null,
    };
  });

const lineOf = (one: Delivery, isLate: boolean): DeliveriesAnswer['invoices'][number] => {
  const { accountId, itemId, number, channel, state, reasons = [], createdAt, deliveredAt = null } = one;
  return { accountId, itemId, number, channel, state, reasons: [...reasons], isLate, createdAt, deliveredAt };
};

type Reading = { from: Day; now: Instant; scope: Scope };

/** What nothing is open of any more need not arrive: it is no longer late. */
const deliveriesOf = async (
  { companyId, accountId }: AccountKey,
  { from, now, scope }: Reading,
  { accounts }: DeliveryParts,
): Promise<{ all: Delivery[]; late: Delivery[] }> => {
  const key = { companyId, accountId };
  const entries: Entry[] = [];
  let read: Entry[];
  do {
    read = await accounts.entries(scope, key, { afterVersion: entries.length, limit: perRead });
    entries.push(...read);
  } while (read.length === perRead);
  const all = invoiceDeliveries(entries, from).map((one) => ({ accountId, ...one }));
  const overdue = all.filter((one) => isUndelivered(one, now));
  const late: Delivery[] = [];
  for (let at = 0; at < overdue.length; at += perRead) {
    const some = overdue.slice(at, at + perRead);
    const { items } = (
      await accounts.load(
        scope,
        key,
        some.map(({ itemId }) => itemId),
      )
    ).account;
    late.push(...some.filter(({ itemId }) => (items.get(itemId)?.open ?? 0) > 0));
  }
  return { all, late };
};
