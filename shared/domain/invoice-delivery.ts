/**
 * From invoice to inbox: when each invoice became known here, where it is on its way, when its arrival was confirmed.
 * From: the journal of an account. Next: `functions/reporting` answers by customer and channel. What goes to a customer's
 * own system has arrived with the first word of that system which is no refusal; a mail, when its report says so.
 */
import { instantFromText, type Day, type Instant } from './calendar.ts';
import { directDebit } from './debit-returns.ts';
import type { Fact, PostedItem } from './facts.ts';
import { isRejected } from './item-waits.ts';
import { noticeIdOf } from './plan-notice.ts';

export const deliveryChannels = ['mail', 'customerSystem'] as const;
export type DeliveryChannel = (typeof deliveryChannels)[number];
export const deliveryStates = [
  ...(['waiting', 'planned', 'sent', 'inDoubt', 'withheld', 'delayed', 'bounced', 'suppressed'] as const),
  ...(['refused', 'delivered'] as const),
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export type InvoiceDelivery = {
  itemId: string;
  number: string;
  /** ISO instant of the entry that told of it first. */
  createdAt: string;
  channel: DeliveryChannel;
  state: DeliveryState;
  /** Why its mail was withheld. */
  reasons?: readonly string[];
  /** ISO instant of the entry that confirmed it; it stays, whatever comes later. */
  deliveredAt?: string;
};

type Told = { at: string; facts: readonly Fact[] };
type Items = Map<string, InvoiceDelivery>;

const goesOut = (item: PostedItem, from: Day): boolean =>
  item.kind === 'invoice' && item.postedOn >= from && !item.isIntercompany && item.method !== directDebit;

/** Every invoice of a journal that goes out from here, in its order. `from`: the posting day of the first. */
export const invoiceDeliveries = (entries: readonly Told[], from: Day): InvoiceDelivery[] => {
  const items: Items = new Map();
  for (const { at, facts } of entries) for (const fact of facts) invoiceNews(items, fact, at, from);
  return [...items.values()];
};

/** What of one invoice was, and is: neither before it is known, nor once it goes out from here no more. */
export type InvoiceNews = { was?: InvoiceDelivery; is?: InvoiceDelivery };

/** Changes `items`, which nobody else has; undefined where a fact tells nothing of one that has not arrived. */
export const invoiceNews = (items: Items, fact: Fact, at: string, from: Day): InvoiceNews | undefined => {
  if (fact.kind === 'itemPosted') return postedNews(items, fact.item, at, from);
  const news = fact.kind === 'itemAmended' ? amendedNews(fact, at) : mailNews(fact, at);
  const was = items.get(news?.itemId ?? '');
  if (news === undefined || was === undefined || was.deliveredAt !== undefined) return undefined;
  if (news.news === 'collected') {
    // from now on it is collected, and announced by its own text
    if (was.state !== 'waiting') return undefined;
    items.delete(news.itemId);
    return { was };
  }
  const is = { ...was, ...news.news };
  items.set(news.itemId, is);
  return { was, is };
};

const postedNews = (items: Items, item: PostedItem, at: string, from: Day): InvoiceNews | undefined => {
  const { id: itemId, number, apStatus } = item;
  if (!goesOut(item, from) || items.has(itemId)) return undefined;
  const told = apStatus === undefined ? {} : toldBySystem(apStatus, at);
  const is: InvoiceDelivery = { itemId, number, createdAt: at, channel: 'mail', state: 'waiting', ...told };
  items.set(itemId, is);
  return { is };
};

type News = { itemId: string; news: Partial<InvoiceDelivery> | 'collected' };

const toldBySystem = (apStatus: string, at: string): Partial<InvoiceDelivery> => ({
  channel: 'customerSystem',
  ...(isRejected({ apStatus }) ? { state: 'refused' } : { state: 'delivered', deliveredAt: at }),
});

const amendedNews = (
  { itemId, amendment: { apStatus, method } }: Extract<Fact, { kind: 'itemAmended' }>,
  at: string,
): News | undefined => {
  if (apStatus !== undefined) return { itemId, news: toldBySystem(apStatus, at) };
  return method === directDebit ? { itemId, news: 'collected' } : undefined;
};

const ofInvoice = noticeIdOf('T0', '');
const itemOf = (messageId: string): string =>
  messageId.startsWith(ofInvoice) ? messageId.slice(ofInvoice.length) : '';

/** What is told of a copy says nothing of whoever the invoice was written to. */
const mailNews = (fact: Fact, at: string): News | undefined => {
  switch (fact.kind) {
    case 'noticePlanned':
      return { itemId: itemOf(fact.notice.id), news: { channel: 'mail', state: 'planned' } };
    case 'noticeSent':
      return { itemId: itemOf(fact.messageId), news: { state: 'sent' } };
    case 'noticeInDoubt':
      return { itemId: itemOf(fact.messageId), news: { state: 'inDoubt' } };
    case 'noticeWithheld':
      return { itemId: itemOf(fact.messageId), news: { state: 'withheld', reasons: fact.reasons } };
    case 'messageReported': {
      const { messageId, status, isCopy = false } = fact;
      if (isCopy || status === 'complained') return undefined;
      const news = { state: status, ...(status === 'delivered' ? { deliveredAt: at } : {}) };
      return { itemId: itemOf(messageId), news };
    }
    default:
      return undefined;
  }
};

const msOf = (at: string): number => instantFromText(at).epochMilliseconds;
const hourMs = 3_600_000;
/** After so many hours without a confirmation it is listed. */
const lateAfterHours = 24;

export const isUndelivered = ({ createdAt, deliveredAt }: InvoiceDelivery, now: Instant): boolean =>
  deliveredAt === undefined && now.epochMilliseconds - msOf(createdAt) >= lateAfterHours * hourMs;

/** Undefined while nothing is confirmed. */
export const hoursHundredths = ({ createdAt, deliveredAt }: InvoiceDelivery): number | undefined =>
  deliveredAt === undefined ? undefined : Math.round(((msOf(deliveredAt) - msOf(createdAt)) * 100) / hourMs);
