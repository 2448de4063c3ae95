/**
 * What a handler works with: one account's books, the time, and the way to tell the world.
 * From: `router.ts`, `local-routes.ts`, `checkout.ts`, `alarms.ts`. Next: events, and their deliveries.
 */
import type { Clock } from '../clock.ts';
import { newId } from './ids.ts';
import { apiVersion, secondsOf } from './objects.ts';
import type { EventType, Kind, ProviderEvent, Stored, WebhookCourse } from './objects.ts';
import type { Store } from './store.ts';

export type Desk = {
  account: string;
  nowMs: number;
  /** `http://127.0.0.1:port`, where checkout pages are. */
  baseUrl: string;
  webhooks: WebhookCourse;
  get<K extends Kind>(kind: K, id: string): Stored[K] | undefined;
  newestFirst<K extends Kind>(kind: K): Generator<Stored[K]>;
  put<K extends Kind>(kind: K, value: Stored[K]): void;
  remove(kind: Kind, id: string): void;
  /** Records an event and puts its deliveries to every endpoint that wants it in the out-tray. */
  emit(type: EventType, object: object, previous?: object): void;
};

export type DeskOptions = {
  store: Store;
  clock: Clock;
  account: string;
  baseUrl: string;
  /** The API request that causes what happens, if one does. */
  request?: { id: string; idempotency_key: string | null };
  webhooks?: WebhookCourse;
};

export const sentOnce: WebhookCourse = { copies: 1, delaySeconds: 0 };

/** Opens an account's books for one piece of work; to be used inside `store.transact`. */
export const openDesk = (options: DeskOptions): Desk => {
  const { store, account } = options;
  const desk: Desk = {
    account,
    nowMs: options.clock.now(),
    baseUrl: options.baseUrl,
    webhooks: options.webhooks ?? sentOnce,
    get: (kind, id) => store.get(kind, account, id),
    newestFirst: (kind) => store.newestFirst(kind, account),
    put: (kind, value) => store.put(kind, account, value),
    remove: (kind, id) => store.remove(kind, id),
    emit: (type, object, previous) => {
      const event = eventOf(desk, options.request, type, object, previous);
      record(desk, event);
      // Now and then the real provider makes two events of one happening: same object, another event id.
      if (desk.webhooks.copies === 2 && type === 'checkout.session.completed')
        record(desk, { ...event, id: newId('evt_1') });
    },
  };
  return desk;
};

const eventOf = (
  desk: Desk,
  request: DeskOptions['request'],
  type: EventType,
  object: object,
  previous: object | undefined,
): ProviderEvent => ({
  id: newId('evt_1'),
  object: 'event',
  api_version: apiVersion,
  created: secondsOf(desk.nowMs),
  data: previous ? { object, previous_attributes: previous } : { object },
  livemode: false,
  request: request ?? { id: null, idempotency_key: null },
  type,
});

const record = (desk: Desk, event: ProviderEvent): void => {
  desk.put('event', { object: event });
  const nextAtMs = desk.nowMs + desk.webhooks.delaySeconds * 1000;
  for (const { object: endpoint } of desk.newestFirst('webhook_endpoint')) {
    if (endpoint.status !== 'enabled' || !wants(endpoint.enabled_events, event.type)) continue;
    for (let copy = 1; copy <= desk.webhooks.copies; copy++) {
      const id = `${event.id} ${endpoint.id} ${copy}`;
      const delivery = {
        id,
        event: event.id,
        endpoint: endpoint.id,
        attempts: 0,
        nextAtMs,
        bornAtMs: desk.nowMs,
      };
      desk.put('delivery', { object: delivery });
    }
  }
};

const wants = (enabled: string[], type: string): boolean => enabled.includes('*') || enabled.includes(type);
