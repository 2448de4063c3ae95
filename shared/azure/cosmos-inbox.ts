/**
 * `InboxStore` on Cosmos DB, container `inbox`, key /eventId.
 * From: webhooks and queues. Next: one partition per event and per name that stands for a message, with the events that are
 * told of it by that name; one partition per company, `triage:<company>`, for what people have to place.
 */
import type { Container } from '@azure/cosmos';
import { z } from 'zod';
import { isInScope, type Scope } from '../domain/scope.ts';
import type { InboxStore, MessagePlace, TriageItem } from '../ports/inbox-store.ts';
import { sha256 } from './entry-hash.ts';
import { readMarked, removeDocument, writeMarked } from './optimistic.ts';

const eventDocument = z.object({
  ...{ eventId: z.string(), kind: z.enum(['report', 'mail', 'payment']), receivedAt: z.string() },
  state: z.enum(['new', 'done', 'dropped']),
  content: z.looseObject({}),
  result: z.string().exactOptional(),
});
const placeDocument = z.object({
  place: z.object({
    ...{ companyId: z.string(), accountId: z.string(), messageId: z.string() },
    operationId: z.string().exactOptional(),
  }),
});
const placedEvent = z.object({ event: eventDocument });
const triageDocument = z.object({
  item: z.object({
    ...{ companyId: z.string(), id: z.string(), eventId: z.string(), receivedAt: z.string() },
    content: z.looseObject({}),
  }),
});

const [eventDocId, placeDocId] = ['event', 'place'];
const placedId = (eventId: string): string => `event:${sha256(eventId)}`;
const placeKey = (name: string): string => `name:${name}`;
const queueKey = (companyId: string): string => `triage:${companyId}`;
const parseItem = (document: unknown): TriageItem => triageDocument.parse(document).item;
const mostTries = 8;

const placeIn = (scope: Scope, found: unknown): MessagePlace | undefined => {
  const place = found === undefined ? undefined : placeDocument.parse(found).place;
  return place !== undefined && isInScope(scope, place.companyId) ? place : undefined;
};

/** Events of a message stand under its name, each with its place. */
const anyOf = async (container: Container, partitionKey: string): Promise<unknown> => {
  const answer = await container.items
    .query<unknown>({ query: 'SELECT TOP 1 * FROM c' }, { partitionKey })
    .fetchAll();
  return answer.resources[0];
};

const assertInScope = (scope: Parameters<InboxStore['queue']>[0], companyId: string): void => {
  if (!isInScope(scope, companyId)) throw new Error(`queue of ${companyId} is out of scope`);
};

export const cosmosInbox = (container: () => Container): InboxStore => ({
  keep: async (_scope, event) => {
    const document = { id: eventDocId, ...event };
    return (await writeMarked(container(), document, event.eventId, undefined)) ? 'kept' : 'known';
  },
  read: async (_scope, eventId) => {
    const found = await readMarked(container(), eventDocId, eventId);
    return found === undefined ? undefined : eventDocument.parse(found.document);
  },
  keepPlaced: async (_scope, event, { name, place }) => {
    const document = { id: placedId(event.eventId), eventId: placeKey(name), event, place };
    return (await writeMarked(container(), document, document.eventId, undefined)) ? 'kept' : 'known';
  },
  readPlaced: async (_scope, name, eventId) => {
    const found = await readMarked(container(), placedId(eventId), placeKey(name));
    return found === undefined ? undefined : placedEvent.parse(found.document).event;
  },
  end: async (_scope, eventId, state, result) => {
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const found = await readMarked(container(), eventDocId, eventId);
      if (found === undefined) return;
      const document = { id: eventDocId, ...eventDocument.parse(found.document), state, result };
      if (await writeMarked(container(), document, eventId, found.mark)) return;
    }
    throw new Error(`event ${eventId} is being changed by others`);
  },
  point: async (_scope, name, place) => {
    await container().items.upsert({ id: placeDocId, eventId: placeKey(name), place });
  },
  placeOf: async (scope, name) => {
    return placeIn(scope, (await readMarked(container(), placeDocId, placeKey(name)))?.document);
  },
  placeByEvents: async (scope, name) => placeIn(scope, await anyOf(container(), placeKey(name))),
  queue: async (scope, item) => {
    assertInScope(scope, item.companyId);
    await container().items.upsert({ id: item.id, eventId: queueKey(item.companyId), item });
  },
  queued: async (scope, companyId, { limit, after = '' }) => {
    if (!isInScope(scope, companyId)) return { items: [] };
    const query = 'SELECT TOP @limit * FROM c WHERE c.id > @after ORDER BY c.id';
    const parameters = [
      { name: '@limit', value: limit },
      { name: '@after', value: after },
    ];
    const answer = await container()
      .items.query<unknown>({ query, parameters }, { partitionKey: queueKey(companyId) })
      .fetchAll();
    const items = answer.resources.map(parseItem);
    const last = items.length < limit ? undefined : items.at(-1);
    return last === undefined ? { items } : { items, after: last.id };
  },
  queuedOne: async (scope, companyId, id) => {
    if (!isInScope(scope, companyId)) return undefined;
    const found = await readMarked(container(), id, queueKey(companyId));
    return found === undefined ? undefined : parseItem(found.document);
  },
  unqueue: async (scope, companyId, id) => {
    assertInScope(scope, companyId);
    await removeDocument(container(), id, queueKey(companyId));
  },
});
