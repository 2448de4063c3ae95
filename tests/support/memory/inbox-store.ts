/**
 * `InboxStore` in memory; documents are kept as JSON, so that only what survives writing comes back.
 * From and next: workflows under test.
 */
import { isInScope, type Scope } from '../../../shared/domain/scope.ts';
import type { InboxEvent, InboxStore, MessagePlace, TriageItem } from '../../../shared/ports/inbox-store.ts';

const placeIn = (scope: Scope, text: string | undefined): MessagePlace | undefined => {
  const place = text === undefined ? undefined : (JSON.parse(text) as MessagePlace);
  return place !== undefined && isInScope(scope, place.companyId) ? place : undefined;
};

const placedKey = (name: string, eventId: string): string => `${name}\n${eventId}`;

export const memoryInbox = (): InboxStore => {
  const events = new Map<string, string>();
  const [places, placesByEvents] = [new Map<string, string>(), new Map<string, string>()];
  const queues = new Map<string, Map<string, string>>();
  const queueOf = (companyId: string): Map<string, string> => {
    const queue = queues.get(companyId) ?? new Map<string, string>();
    queues.set(companyId, queue);
    return queue;
  };
  const eventOf = (eventId: string): InboxEvent | undefined => {
    const text = events.get(eventId);
    return text === undefined ? undefined : (JSON.parse(text) as InboxEvent);
  };
  return {
    keep: async (_scope, event) => {
      if (events.has(event.eventId)) return 'known';
      events.set(event.eventId, JSON.stringify(event));
      return 'kept';
    },
    read: async (_scope, eventId) => eventOf(eventId),
    keepPlaced: async (_scope, event, { name, place }) => {
      if (events.has(placedKey(name, event.eventId))) return 'known';
      events.set(placedKey(name, event.eventId), JSON.stringify(event));
      placesByEvents.set(name, JSON.stringify(place));
      return 'kept';
    },
    readPlaced: async (_scope, name, eventId) => eventOf(placedKey(name, eventId)),
    end: async (_scope, eventId, state, result) => {
      const event = eventOf(eventId);
      if (event !== undefined) events.set(eventId, JSON.stringify({ ...event, state, result }));
    },
    point: async (_scope, name, place) => void places.set(name, JSON.stringify(place)),
    placeOf: async (scope, name) => placeIn(scope, places.get(name)),
    placeByEvents: async (scope, name) => placeIn(scope, placesByEvents.get(name)),
    queue: async (scope, item) => {
      if (!isInScope(scope, item.companyId)) throw new Error(`queue of ${item.companyId} is out of scope`);
      queueOf(item.companyId).set(item.id, JSON.stringify(item));
    },
    queued: async (scope, companyId, { limit, after = '' }) => {
      if (!isInScope(scope, companyId)) return { items: [] };
      const ids = [...queueOf(companyId).keys()].filter((id) => id > after).toSorted();
      const items = ids.slice(0, limit).map((id) => JSON.parse(queueOf(companyId).get(id)!) as TriageItem);
      const last = items.length < limit ? undefined : items.at(-1);
      return last === undefined ? { items } : { items, after: last.id };
    },
    queuedOne: async (scope, companyId, id) => {
      const text = isInScope(scope, companyId) ? queueOf(companyId).get(id) : undefined;
      return text === undefined ? undefined : (JSON.parse(text) as TriageItem);
    },
    unqueue: async (scope, companyId, id) => {
      if (!isInScope(scope, companyId)) throw new Error(`queue of ${companyId} is out of scope`);
      queueOf(companyId).delete(id);
    },
  };
};
