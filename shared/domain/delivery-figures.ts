/**
 * From invoice to inbox without reading journals (R15): an account remembers its invoices that have not arrived and how
 * long the last ones took; a company counts how many took how long, by channel, on the day each became known.
 * From: entries of an account, the day from which the company mails its invoices. Next: the account's contribution, and
 * figures of the company; `functions/reporting/read-deliveries.ts`. All invoices of an account that fit are exact; the
 * company's figures are a histogram, each bar known by its upper edge.
 */
import { dayAt, instantFromText, type Day } from './calendar.ts';
import type { Fact } from './facts.ts';
import type { FigureRow, Figures } from './figure-sums.ts';
import {
  deliveryChannels,
  hoursHundredths,
  invoiceNews,
  type DeliveryChannel,
  type InvoiceDelivery,
} from './invoice-delivery.ts';

/** Of one account; the oldest are forgotten first. */
export const mostOnTheWay = 500;
export const mostArrived = 200;

export type Arrived = { on: Day; channel: DeliveryChannel; hoursHundredths: number };
/** Both in the order in which they became known, or arrived. */
export type Deliveries = { onTheWay: readonly InvoiceDelivery[]; arrived: readonly Arrived[] };

const noDeliveries: Deliveries = { onTheWay: [], arrived: [] };

type Told = { at: string; facts: readonly Fact[] };
type Known = { deliveries?: Deliveries; rows: FigureRow[] };

/** What an entry makes of them, and what the company counts. `from`: absent where invoices go out elsewhere. */
export const deliveriesAfter = (
  before: Deliveries | undefined,
  { at, facts }: Told,
  { from, zone }: { from: Day | undefined; zone: string },
): Known => {
  const known = before ?? noDeliveries;
  const items = new Map(known.onTheWay.map((one) => [one.itemId, one]));
  const news = from === undefined ? [] : facts.flatMap((fact) => invoiceNews(items, fact, at, from) ?? []);
  if (news.length === 0) return { ...(before === undefined ? {} : { deliveries: before }), rows: [] };
  const onOf = ({ createdAt }: InvoiceDelivery): Day => dayAt(instantFromText(createdAt), zone);
  const rows: FigureRow[] = [];
  const arrived = [...known.arrived];
  for (const { was, is } of news) {
    const row = (name: string, one: InvoiceDelivery, amount: number): void => {
      rows.push({ name, on: onOf(one), amount, about: one.itemId });
    };
    if (was?.channel !== is?.channel) {
      if (was !== undefined) row(outName(was.channel), was, -1);
      if (is !== undefined) row(outName(is.channel), is, 1);
    }
    const hours = is === undefined ? undefined : hoursHundredths(is);
    if (is === undefined || hours === undefined) continue;
    items.delete(is.itemId);
    row(inName(is.channel, hours), is, 1);
    arrived.push({ on: onOf(is), channel: is.channel, hoursHundredths: hours });
  }
  const onTheWay = [...items.values()].slice(-mostOnTheWay);
  return { deliveries: { onTheWay, arrived: arrived.slice(-mostArrived) }, rows };
};

const outName = (channel: DeliveryChannel): string => `invoiceOut ${channel}`;
const inName = (channel: DeliveryChannel, hours: number): string => `inInbox ${channel} ${edgeOf(hours)}`;

/** Up to an hour by quarters, up to three days by hours, then by days; in hundredths of an hour. */
const widths = [
  { upTo: 100, width: 25 },
  { upTo: 7_200, width: 100 },
] as const;
const dayWidth = 2_400;

/** The upper edge of the bar a time falls into. */
export const edgeOf = (hours: number): number => {
  const width = widths.find(({ upTo }) => hours <= upTo)?.width ?? dayWidth;
  return Math.max(1, Math.ceil(hours / width)) * width;
};

export type DeliverySpread = {
  channel: DeliveryChannel;
  invoices: number;
  undelivered: number;
  medianHoursHundredths: number | null;
  percentile90HoursHundredths: number | null;
};

/** Of a company in a period, by channel; times are upper edges of bars. */
export const spreadsOfFigures = (figures: Figures): DeliverySpread[] =>
  deliveryChannels.flatMap((channel) => {
    const bars = Object.entries(figures)
      .filter(([name]) => name.startsWith(`inInbox ${channel} `))
      .map(([name, count]) => ({ edge: Number(name.split(' ')[2]), count }))
      .toSorted((a, b) => a.edge - b.edge);
    const arrived = bars.reduce((all, { count }) => all + count, 0);
    const invoices = figures[outName(channel)] ?? 0;
    if (invoices === 0 && arrived === 0) return [];
    const rank = (percent: number): number | null => edgeAt(bars, Math.ceil((percent * arrived) / 100));
    const [median, ninetieth] = [rank(50), rank(90)];
    return [
      {
        ...{ channel, invoices, undelivered: invoices - arrived },
        ...{ medianHoursHundredths: median, percentile90HoursHundredths: ninetieth },
      },
    ];
  });

const edgeAt = (bars: readonly { edge: number; count: number }[], rank: number): number | null => {
  let seen = 0;
  return bars.find(({ count }) => (seen += count) >= rank)?.edge ?? null;
};
