/**
 * The local payment provider: the part of the Stripe REST API that Dunwell uses, with a checkout page.
 * From: `local/main.ts` and the tests. Next: `router.ts` (`/v1/…`), `checkout.ts` (`/c/pay/…`),
 * `local-routes.ts` (`/local/…`), webhooks to the merchant. One account per company; its key names it.
 */
import { join } from 'node:path';
import { serveHttp, type HttpAnswer, type HttpCall } from '../kit/http-service.ts';
import type { LocalService, ServiceOptions } from '../kit/service.ts';
import { keepAlarms } from './alarms.ts';
import { answerCheckout } from './checkout.ts';
import { startDeliveries } from './deliveries.ts';
import { openDesk } from './desk.ts';
import { jsonAnswer, refuseOutside, unrecognizedUrl } from './errors.ts';
import { isKept } from './events.ts';
import { answersKeptMs, openIdempotencyKeys } from './idempotency.ts';
import { apiKeyOf, newId } from './ids.ts';
import { answerLocal } from './local-routes.ts';
import { openMishaps } from './mishaps.ts';
import type { EventType, Kind, Row } from './objects.ts';
import { answerApi } from './router.ts';
import { openStore, type Store } from './store.ts';
import { createEndpoint, endpointIdFor, rollSecret } from './webhook-endpoints.ts';

export type WebhookTarget = {
  account: string;
  /** On loopback. */
  url: string;
  /** `whsec_…` */
  secret: string;
  /** All events when absent. */
  events?: readonly EventType[];
};

export type PaymentsOptions = ServiceOptions & { webhooks?: readonly WebhookTarget[] };

export type PaymentsService = LocalService & {
  /** The secret key of an account; an account exists as soon as its key is used. @throws RangeError */
  apiKey(account: string): string;
  /** Sets an endpoint up, or gives the same address its secret anew; answers with its id. @throws Refusal */
  addWebhook(target: WebhookTarget): Promise<string>;
  /** Nothing due, nothing on the way. */
  isQuiet(): boolean;
};

const maxBodyBytes = 1024 * 1024;

/** @throws PortTaken, DamagedState */
export const startPayments = async (options: PaymentsOptions): Promise<PaymentsService> => {
  const { clock, log, stateDir } = options;
  const store = openStore(stateDir === undefined ? undefined : join(stateDir, 'payments.jsonl'), (row) =>
    isWorthKeeping(row, clock.now()),
  );
  const counts: Record<string, number> = {};
  const count = (operation: string) => void (counts[operation] = (counts[operation] ?? 0) + 1);
  let url = '';
  const parts = {
    store,
    clock,
    count,
    mishaps: openMishaps(),
    keys: openIdempotencyKeys(store),
    baseUrl: () => url,
  };
  for (const target of options.webhooks ?? []) setUpWebhook(store, options, target);
  const http = await serveHttp({
    name: 'payments',
    port: options.port,
    maxBodyBytes,
    faults: options.faults,
    answer: (call) => answer(parts, call),
    refuse: (kind, _call, retryAfterMs) => refuseOutside(kind, newId('req_', 14), retryAfterMs),
    onCrash: (error, call) => log(`payments: ${call.method} ${call.path}: ${String(error)}`),
  });
  url = http.url;
  const cancelAlarms = keepAlarms(store, clock, log);
  const deliveries = startDeliveries({ store, clock, faults: options.faults, count, log });
  const removeQuietCheck = clock.addQuietCheck(() => deliveries.isQuiet());
  return {
    url,
    port: http.port,
    summary: summaryOf(store),
    counts: () => ({ ...counts }),
    apiKey: apiKeyOf,
    addWebhook: async (target) => {
      const id = setUpWebhook(store, options, target);
      await store.flush();
      return id;
    },
    isQuiet: () => deliveries.isQuiet(),
    close: async () => {
      removeQuietCheck();
      cancelAlarms();
      deliveries.close();
      await http.close();
      store.close();
    },
  };
};

type Parts = Parameters<typeof answerApi>[0];

const answer = (parts: Parts, call: HttpCall): HttpAnswer | Promise<HttpAnswer> => {
  if (call.path.startsWith('/c/')) return answerCheckout(parts, call);
  if (call.path.startsWith('/local/')) return answerLocal(parts, call);
  if (call.path.startsWith('/v1/')) return answerApi(parts, call);
  const { status, body } = unrecognizedUrl(call.method, call.path.slice(0, 200));
  return jsonAnswer(status, { error: body }, { 'request-id': newId('req_', 14) });
};

const setUpWebhook = (store: Store, { clock }: PaymentsOptions, target: WebhookTarget): string => {
  const { account, url, secret, events = ['*' as const] } = target;
  const id = endpointIdFor(account, url);
  store.transact(() => {
    const desk = openDesk({ store, clock, account, baseUrl: '' });
    const there = desk.get('webhook_endpoint', id);
    if (!there) createEndpoint(desk, { url, enabled_events: [...events] }, { id, secret });
    else if (there.secrets[0]?.secret !== secret) rollSecret(desk, id, 0, secret);
  });
  return id;
};

const isWorthKeeping = (row: Row<Kind>, nowMs: number): boolean => {
  if (row.kind === 'event') return isKept((row as Row<'event'>).value.object, nowMs);
  if (row.kind === 'answer') return (row as Row<'answer'>).value.object.atMs > nowMs - answersKeptMs;
  return true;
};

const summaryOf = (store: Store): string =>
  `${store.count('checkout.session')} checkouts, ${store.count('charge')} charges, ` +
  `${store.count('delivery')} webhooks waiting`;
