/**
 * The words of the local mail service: a mail, its recipients, its delivery reports, the events made of them.
 * From: `message.ts` (what a caller sent) and `rules.ts` (what becomes of it). Next: store, reports, pages.
 */

/** What Event Grid says about one recipient of one mail. */
export const deliveryStatuses = [
  'Delivered',
  'Bounced',
  'Failed',
  'FilteredSpam',
  'Quarantined',
  'Suppressed',
  'Expanded',
] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

export type Address = { address: string; displayName?: string | undefined };

export type Attachment = {
  name: string;
  contentType: string;
  contentInBase64: string;
  contentId?: string | undefined;
};

/** A message that passed every check of the service. */
export type Message = {
  senderAddress: string;
  subject: string;
  plainText?: string | undefined;
  html?: string | undefined;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  replyTo: Address[];
  headers: Record<string, string>;
  attachments: Attachment[];
};

export type Recipient = Address & { kind: 'to' | 'cc' | 'bcc'; status: DeliveryStatus };

/** One line of a mail's history, for people; `reported` is whose delivery report was handed over. */
export type Happening = { atMs: number; what: string; reported?: string };

export type Mail = {
  /** A short number, good for an address bar. */
  id: string;
  /** What the caller knows it by; `messageId` in delivery reports. */
  operationId: string;
  internetMessageId: string;
  acceptedAtMs: number;
  /** SHA-256 of the request's bytes: whether a repeat is the same request. */
  bodyHash: string;
  /** The app whose key signed. */
  sentBy: string;
  message: Message;
  recipients: Recipient[];
  /** Why the operation failed, when it did. */
  failure?: { code: string; message: string } | undefined;
  happenings: Happening[];
};

/** A delivery report that waits for its hour, or for somebody to take it. */
export type Report = {
  id: string;
  mailId: string;
  operationId: string;
  internetMessageId: string;
  sender: string;
  recipient: string;
  status: DeliveryStatus;
  statusMessage: string;
  attemptedAtMs: number;
  dueAtMs: number;
  /** How often the same event is handed over. */
  copies: number;
};

/** The Event Grid schema of `Microsoft.Communication.EmailDeliveryReportReceived`. */
export type EventGridEvent = {
  id: string;
  topic: string;
  subject: string;
  eventType: 'Microsoft.Communication.EmailDeliveryReportReceived';
  eventTime: string;
  data: {
    sender: string;
    recipient: string;
    messageId: string;
    internetMessageId: string;
    status: DeliveryStatus;
    deliveryStatusDetails: { statusMessage: string; recipientMailServerHostName: string };
    deliveryAttemptTimestamp: string;
  };
  dataVersion: '1.0';
  metadataVersion: '1';
};
