/**
 * From invoice to inbox: when each invoice became known here, where it is on its way, when its arrival was confirmed.
 * From: the journal of an account. Next: `functions/reporting` answers by customer and channel. What goes to a customer's
 * own system has arrived with the first word of that system which is no refusal; a mail, when its report says so.
 */
import { instantFromText, type Day, type Instant } from './calendar.ts';
import { directDebit } from './debit-returns.ts';
import type { Fact, PostedItem } from './facts.ts';
import { isRejected } from './item-waits.ts';

export type DeliveryChannel = 'mail' | 'customerSystem';
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
type Known = { items: Map<string, InvoiceDelivery>; itemsOf: Map<string, readonly string[]> };

const goesOut = (item: PostedItem, from: Day): boolean =>
  item.kind === 'invoice' && item.postedOn >= from && !item.isIntercompany && item.method !== directDebit;

/** Every invoice of a journal that goes out from here, in its order. `from`: the posting day of the first. */
export const invoiceDeliveries = (entries: readonly Told[], from: Day): InvoiceDelivery[] => {
  const known: Known = { items: new Map(), itemsOf: new Map() };
  for (const { at, facts } of entries) for (const fact of facts) note(known, fact, at, from);
  return [...known.items.values()];
};

const note = ({ items, itemsOf }: Known, fact: Fact, at: string, from: Day): void => {
  const change = (itemId: string, news: Partial<InvoiceDelivery>): void => {
    const before = items.get(itemId);
    if (before !== undefined && before.deliveredAt === undefined) items.set(itemId, { ...before, ...news });
  };
  const toldBySystem = (itemId: string, apStatus: string): void =>
    change(itemId, {
      channel: 'customerSystem',
      ...(isRejected({ apStatus }) ? { state: 'refused' } : { state: 'delivered', deliveredAt: at }),
    });
  if (fact.kind === 'itemPosted') {
    const { id: itemId, number, apStatus } = fact.item;
    if (!goesOut(fact.item, from) || items.has(itemId)) return;
    items.set(itemId, { itemId, number, createdAt: at, channel: 'mail', state: 'waiting' });
    if (apStatus !== undefined) toldBySystem(itemId, apStatus);
  } else if (fact.kind === 'itemAmended') {
    const { apStatus, method } = fact.amendment;
    if (apStatus !== undefined) toldBySystem(fact.itemId, apStatus);
    // from now on it is collected, and announced by its own text
    if (method === directDebit && items.get(fact.itemId)?.state === 'waiting') items.delete(fact.itemId);
  } else {
    const mailed = mailNews(fact, at);
    if (fact.kind === 'noticePlanned' && mailed !== undefined)
      itemsOf.set(mailed.messageId, fact.notice.itemIds ?? []);
    for (const itemId of itemsOf.get(mailed?.messageId ?? '') ?? []) change(itemId, mailed?.news ?? {});
  }
};

type MailNews = { messageId: string; news: Partial<InvoiceDelivery> };

/** What is told of a copy says nothing of whoever the invoice was written to. */
const mailNews = (fact: Fact, at: string): MailNews | undefined => {
  switch (fact.kind) {
    case 'noticePlanned':
      return fact.notice.text === 'T0'
        ? { messageId: fact.notice.id, news: { channel: 'mail', state: 'planned' } }
        : undefined;
    case 'noticeSent':
      return { messageId: fact.messageId, news: { state: 'sent' } };
    case 'noticeInDoubt':
      return { messageId: fact.messageId, news: { state: 'inDoubt' } };
    case 'noticeWithheld':
      return { messageId: fact.messageId, news: { state: 'withheld', reasons: fact.reasons } };
    case 'messageReported': {
      const { messageId, status, isCopy = false } = fact;
      if (isCopy || status === 'complained') return undefined;
      return { messageId, news: { state: status, ...(status === 'delivered' ? { deliveredAt: at } : {}) } };
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
