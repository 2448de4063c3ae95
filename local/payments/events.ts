/**
 * The list of what happened, kept for 30 days: whoever missed a webhook finds it here.
 * From: `desk.emit`. Next: `GET /v1/events`, and the bodies of webhooks.
 */
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { invalid, noSuch } from './errors.ts';
import type { ProviderEvent, Stored } from './objects.ts';
import * as p from './params.ts';

export const listEventsParams = z.strictObject({
  ...p.paging,
  type: p.text().optional(),
  types: p.list(p.text(), 20).optional(),
  delivery_success: p.bool().optional(),
});

export const eventsKeptMs = 30 * 86_400_000;

export const isKept = ({ created }: ProviderEvent, nowMs: number): boolean =>
  created * 1000 > nowMs - eventsKeptMs;

export type ShownEvent = ProviderEvent & { pending_webhooks: number };

/** An event with the number of deliveries it still waits for. */
export const showEvent = (desk: Desk, { object }: Stored['event']): ShownEvent => {
  let pending = 0;
  for (const { object: endpoint } of desk.newestFirst('webhook_endpoint'))
    for (const copy of [1, 2]) if (desk.get('delivery', `${object.id} ${endpoint.id} ${copy}`)) pending += 1;
  return { ...object, pending_webhooks: pending };
};

export const retrieveEvent = (desk: Desk, id: string): ShownEvent => {
  const row = desk.get('event', id);
  if (!row || !isKept(row.object, desk.nowMs)) throw noSuch('event', id, 'id');
  return showEvent(desk, row);
};

/** Which events a list asks for. @throws Refusal when it asks by `type` and `types` at once. */
export const eventFilter = (desk: Desk, params: z.output<typeof listEventsParams>) => {
  const { type, types, delivery_success } = params;
  if (type !== undefined && types !== undefined)
    throw invalid('You may only specify one of these parameters: type, types.', { param: 'types' });
  const wanted = types ?? (type === undefined ? ['*'] : [type]);
  return (row: Stored['event']): boolean =>
    isKept(row.object, desk.nowMs) &&
    wanted.some((one) => fits(one, row.object.type)) &&
    (delivery_success === undefined || delivery_success === wasDelivered(desk, row));
};

/** `charge.*` names a group. */
const fits = (wanted: string, type: string): boolean =>
  wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : wanted === type;

const wasDelivered = (desk: Desk, row: Stored['event']): boolean =>
  row.hasFailed !== true && showEvent(desk, row).pending_webhooks === 0;
