/**
 * The wrapper around webhooks: raw bytes, a signature that makes the sender, then the work. No Idempotency-Key: what is
 * sent again is known by its own id.
 * From: machines of others. Next: a piece's workflow. Nothing is parsed before its signature holds.
 */
import { createHash } from 'node:crypto';
import type { HttpRequest } from '@azure/functions';
import type { ActionName, Principal } from '../contracts/access.ts';
import type { ProblemCode } from '../contracts/problems.ts';
import type { Schema } from '../contracts/schema.ts';
import { topology } from '../contracts/topology.ts';
import type { Instant } from '../domain/calendar.ts';
import { done, refuse, type Outcome } from '../domain/outcome.ts';
import type { Scope } from '../domain/scope.ts';
import { bytesOf } from './body.ts';
import type { Edge } from './edge.ts';
import { logWarning, messageOf, logError } from './log.ts';
import { registerRoute, type HttpFunction } from './http-call.ts';
import { plainHeaders, problemAnswer, problemOfFault } from './problem.ts';

const usualBytes = topology.limits['webhookBytes'] ?? 262_144;

export type Webhook<Params, Event> = {
  name: string;
  route: string;
  action: ActionName;
  /** Who sends it, once the signature holds. */
  sender: Principal;
  params: Schema<Params>;
  /** When its signature was made, where each delivery is signed anew: the same bytes signed then are a replay. */
  signedAt?: (header: (name: string) => string | null) => string;
  /** Where a body may be larger than `webhookBytes` of the topology. */
  mostBytes?: number;
  /** The event in the bytes, or why it is none of the sender's. */
  verify: (sent: {
    params: Params;
    bytes: Uint8Array;
    header: (name: string) => string | null;
    now: Instant;
  }) => Promise<Outcome<Event, ProblemCode>>;
  /** Finished when the event is kept for good: the sender hears of it only then. */
  run: (
    event: Event,
    call: { params: Params; now: Instant; scope: Scope },
  ) => Promise<Outcome<unknown, ProblemCode>>;
};

/** Registers a webhook. @throws when the matrix does not know its action. */
export const onWebhook = <Params, Event>(edge: Edge, webhook: Webhook<Params, Event>): void =>
  registerRoute(edge, webhook, ['POST'], webhookFunction(edge, webhook));

/** The function the platform calls, without its registration. */
export const webhookFunction =
  <Params, Event>(edge: Edge, webhook: Webhook<Params, Event>): HttpFunction =>
  async (request, context) => {
    try {
      const outcome = await answered(edge, webhook, request);
      if (outcome.ok) return { status: 200, headers: plainHeaders, jsonBody: { received: true } };
      logWarning(context, 'denied', { route: webhook.name, action: webhook.action, code: outcome.code });
      return problemAnswer(outcome.code, outcome.detail);
    } catch (fault) {
      logError(context, 'route-failed', { route: webhook.name, fault: messageOf(fault) });
      return problemOfFault(fault);
    }
  };

const answered = async <Params, Event>(
  edge: Edge,
  webhook: Webhook<Params, Event>,
  request: HttpRequest,
): Promise<Outcome<unknown, ProblemCode>> => {
  const { params: schema, sender, action, name, verify, run, mostBytes = usualBytes } = webhook;
  const params = schema.safeParse(request.params);
  if (!params.success) return refuse('not-found', 'There is nothing at this address.');
  const bytes = await bytesOf(request, mostBytes);
  if (!bytes.ok) return bytes;
  const now = edge.now();
  const header = (one: string): string | null => request.headers.get(one);
  const event = await verify({ params: params.data, bytes: bytes.value, header, now });
  if (!event.ok) return event;
  const scope = await edge.access.scopeFor({ id: `webhook:${name}`, principals: [sender] }, action, now);
  if (!scope.ok) return scope;
  const work = () => run(event.value, { params: params.data, now, scope: scope.value });
  const delivery = webhook.signedAt && hashOf(webhook.signedAt(header), bytes.value);
  const outcome = await (delivery === undefined ? work() : notReplayed(edge, { name, delivery, now }, work));
  return outcome.ok ? done(undefined) : outcome;
};

const hashOf = (signedAt: string, bytes: Uint8Array): string =>
  createHash('sha256').update(`${signedAt}\n`).update(bytes).digest('hex');

/** Longer than any event takes to be kept; a delivery that died half-way may then come again as it was. */
const holdSeconds = 60;

/** Kept among requests, where it ends long after the signature is too old to hold. @throws what `work` throws. */
const notReplayed = async (
  { requests }: Edge,
  { name, delivery: hash, now }: { name: string; delivery: string; now: Instant },
  work: () => Promise<Outcome<unknown, ProblemCode>>,
): Promise<Outcome<unknown, ProblemCode>> => {
  const key = { callerId: `delivery:${hash}`, key: name };
  const begun = await requests.begin(key, { hash, now, holdUntil: now.add({ seconds: holdSeconds }) });
  if (begun.is !== 'begun') return refuse('signature-used', 'This delivery came before.');
  try {
    const outcome = await work();
    await (outcome.ok
      ? requests.end(key, { hash, mark: begun.mark }, { ok: true, status: 200, json: '{}' })
      : requests.forget(key, begun.mark));
    return outcome;
  } catch (fault) {
    await requests.forget(key, begun.mark);
    throw fault;
  }
};
