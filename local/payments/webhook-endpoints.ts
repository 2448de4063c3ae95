/**
 * Where events are delivered to, and the secrets that sign them.
 * From: `POST /v1/webhook_endpoints`, the start options. Next: `desk.ts` addresses events, `deliveries.ts` signs.
 * Only loopback addresses: this provider never calls out of the machine.
 */
import { createHash } from 'node:crypto';
import type Stripe from 'stripe';
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { invalid, noSuch } from './errors.ts';
import { newId } from './ids.ts';
import { apiVersion, eventTypes, secondsOf } from './objects.ts';
import type { Stored } from './objects.ts';
import * as p from './params.ts';

const enabledEvents = p.list(p.oneOf(['*', ...eventTypes]));
const shared = {
  description: p.text(5000).optional(),
  metadata: p.metadata().optional(),
  ...p.expand,
};
export const createEndpointParams = z.strictObject({
  url: p.url(),
  enabled_events: enabledEvents,
  api_version: p.oneOf([apiVersion]).optional(),
  ...shared,
});
export const updateEndpointParams = z.strictObject({
  url: p.url().optional(),
  enabled_events: enabledEvents.optional(),
  disabled: p.bool().optional(),
  ...shared,
});

export const isLoopback = (address: string): boolean =>
  ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(address)?.hostname ?? '');

/** The answer to its creation is the only one that tells the secret. */
export const createEndpoint = (
  desk: Desk,
  params: z.output<typeof createEndpointParams>,
  given: { id?: string; secret?: string } = {},
): Stripe.WebhookEndpoint => {
  refuseFarAway(params.url);
  const object: Stripe.WebhookEndpoint = {
    id: given.id ?? newId('we_1'),
    object: 'webhook_endpoint',
    api_version: params.api_version ?? null,
    application: null,
    created: secondsOf(desk.nowMs),
    description: params.description ?? null,
    enabled_events: params.enabled_events,
    livemode: false,
    metadata: params.metadata ?? {},
    status: 'enabled',
    url: params.url,
  };
  const secret = given.secret ?? newId('whsec_', 32);
  desk.put('webhook_endpoint', { object, secrets: [{ secret }] });
  return { ...object, secret };
};

/** Endpoints of the start options keep their name from start to start, so that nothing is doubled. */
export const endpointIdFor = (account: string, url: string): string =>
  `we_1${createHash('sha256').update(`${account} ${url}`).digest('hex').slice(0, 24)}`;

export const updateEndpoint = (
  desk: Desk,
  id: string,
  { disabled, url, enabled_events, description, metadata }: z.output<typeof updateEndpointParams>,
): Stripe.WebhookEndpoint => {
  const row = endpointRow(desk, id);
  if (url !== undefined) refuseFarAway(url);
  const object: Stripe.WebhookEndpoint = {
    ...row.object,
    url: url ?? row.object.url,
    enabled_events: enabled_events ?? row.object.enabled_events,
    description: description ?? row.object.description,
    metadata: { ...row.object.metadata, ...metadata },
    status: disabled === undefined ? row.object.status : disabled ? 'disabled' : 'enabled',
  };
  desk.put('webhook_endpoint', { ...row, object });
  return object;
};

export const deleteEndpoint = (desk: Desk, id: string): Stripe.DeletedWebhookEndpoint => {
  endpointRow(desk, id);
  desk.remove('webhook_endpoint', id);
  return { id, object: 'webhook_endpoint', deleted: true };
};

/** A new secret; the one before signs beside it for `overlapSeconds` (24 hours at most, as there). */
export const rollSecret = (
  desk: Desk,
  id: string,
  overlapSeconds: number,
  secret = newId('whsec_', 32),
): string => {
  const row = endpointRow(desk, id);
  const untilMs = desk.nowMs + overlapSeconds * 1000;
  const before = row.secrets.slice(0, 1).map((one) => ({ ...one, untilMs }));
  desk.put('webhook_endpoint', { ...row, secrets: [{ secret }, ...before] });
  return secret;
};

export const secretsAt = (row: Stored['webhook_endpoint'], nowMs: number): string[] =>
  row.secrets.filter(({ untilMs = Infinity }) => untilMs > nowMs).map(({ secret }) => secret);

const endpointRow = (desk: Desk, id: string): Stored['webhook_endpoint'] => {
  const row = desk.get('webhook_endpoint', id);
  if (!row) throw noSuch('webhook endpoint', id, 'webhook_endpoint');
  return row;
};

const refuseFarAway = (url: string): void => {
  if (!isLoopback(url))
    throw invalid('Invalid URL: this local provider delivers to loopback addresses only.', {
      param: 'url',
      code: 'url_invalid',
    });
};
