/**
 * Delivery reports as the mail service sends them, and what they come to here.
 * From: queue `delivery-reports`, filled by Event Grid. Next: `functions/email/apply-report.ts`.
 */
import { z } from 'zod';
import type { ReportedStatus } from '../domain/dunning-facts.ts';

const id = z.string().min(1).max(400);

/** One event per recipient; members that are not used may be there and are not kept. */
export const deliveryReport = z.object({
  id,
  eventType: z.literal('Microsoft.Communication.EmailDeliveryReportReceived'),
  data: z.object({
    recipient: z.string().min(3).max(320),
    messageId: id,
    internetMessageId: z.string().max(998).optional(),
    status: z.string().max(40),
    deliveryStatusDetails: z.object({ statusMessage: z.string().max(2_000).optional() }).optional(),
    deliveryAttemptTimestamp: z.iso.datetime({ offset: true }),
  }),
});
export type DeliveryReport = z.infer<typeof deliveryReport>;

/** A bounce with a code of 4.x.x passes; one with 5.x.x or none is for good. */
export const reportedAs = ({ data }: DeliveryReport): ReportedStatus => {
  const words = data.deliveryStatusDetails?.statusMessage ?? '';
  switch (data.status) {
    case 'Delivered':
    case 'Expanded':
      return 'delivered';
    case 'Bounced':
      return /\b4\.\d+\.\d+\b/.test(words) && !/\b5\.\d+\.\d+\b/.test(words) ? 'delayed' : 'bounced';
    case 'Suppressed':
      return 'suppressed';
    case 'FilteredSpam':
      return 'complained';
    default:
      return 'delayed';
  }
};

/** Work on at an inbound mail whose bytes are kept. */
export const inboundMailMessage = z.strictObject({
  v: z.literal(1),
  eventId: z.string().min(1).max(200),
  /** Told by a person, for a mail nobody could place. */
  company: z.string().max(200).optional(),
  account: z.string().max(200).optional(),
});
export type InboundMailMessage = z.infer<typeof inboundMailMessage>;

/** Of a route without places. */
export const noParams = z.strictObject({});
