/**
 * What came from outside by machine, once each: delivery reports, inbound mails, events of the payment provider. And the
 * way back: which message an operation, an internet message id or a reply token stands for.
 * From: webhooks and queues. Next: `shared/azure/cosmos-inbox.ts`, in memory `tests/support/memory`.
 */
import type { Scope } from '../domain/scope.ts';

export type InboxKind = 'report' | 'mail' | 'payment';

export type InboxEvent = {
  /** Of whoever sent it, else of its content. */
  eventId: string;
  kind: InboxKind;
  /** ISO instant. */
  receivedAt: string;
  state: 'new' | 'done' | 'dropped';
  /** Ids, codes and places of blobs: no names, no text of people. */
  content: object;
  /** What came of it. */
  result?: string;
};

/** A message of an account. */
export type MessagePlace = { companyId: string; accountId: string; messageId: string; operationId?: string };

/** A message by a name, such as the internet message id of its mail. */
export type NamedPlace = { name: string; place: MessagePlace };

/** Something a person has to place: a mail nobody can tell the account of. */
export type TriageItem = {
  companyId: string;
  /** Sorts by time: ISO instant and hash. */
  id: string;
  eventId: string;
  receivedAt: string;
  content: object;
};
export type TriagePage = { items: TriageItem[]; after?: string };

export interface InboxStore {
  /** Keeps an event; `known` when it came before, which stays as it is. */
  keep(scope: Scope, event: InboxEvent): Promise<'kept' | 'known'>;
  read(scope: Scope, eventId: string): Promise<InboxEvent | undefined>;
  /**
   * Keeps an event of a message together with what came of it: from then on `name` stands for the message. `known` when it
   * came before under this name, which stays as it is.
   */
  keepPlaced(scope: Scope, event: InboxEvent, named: NamedPlace): Promise<'kept' | 'known'>;
  /** What `keepPlaced` said of a name: a little dearer than `placeOf`, and as narrow. */
  placeByEvents(scope: Scope, name: string): Promise<MessagePlace | undefined>;
  /** An event that was kept with its message, under the name. */
  readPlaced(scope: Scope, name: string, eventId: string): Promise<InboxEvent | undefined>;
  /** What came of it, over what stood there. */
  end(scope: Scope, eventId: string, state: 'done' | 'dropped', result: string): Promise<void>;
  /** From then on `name` stands for the message; the same again is harmless. */
  point(scope: Scope, name: string, place: MessagePlace): Promise<void>;
  /** Undefined when nothing is known by that name, or it lies outside the scope. */
  placeOf(scope: Scope, name: string): Promise<MessagePlace | undefined>;
  /** Puts it into its company's queue for people; the same again is harmless. @throws outside the scope. */
  queue(scope: Scope, item: TriageItem): Promise<void>;
  /** Oldest first; none outside the scope. */
  queued(scope: Scope, companyId: string, page: { limit: number; after?: string }): Promise<TriagePage>;
  queuedOne(scope: Scope, companyId: string, id: string): Promise<TriageItem | undefined>;
  /** Out of the queue; what is not in it is fine. @throws outside the scope. */
  unqueue(scope: Scope, companyId: string, id: string): Promise<void>;
}
