/**
 * The admin routes of the local Azure: the clock, the fault switches, what has been counted.
 * From: people and tests, at the admin address and under `/admin` of each app's own. Next: the clock, the switches.
 *
 *   GET  /admin/status                      where everything is and what it counted
 *   GET  /admin/clock                       {now, offsetMs}
 *   POST /admin/clock {to, asleep}          an ISO instant or a duration such as P3D; answers when all is quiet.
 *                                           asleep: at once, what was due on the way comes late and once
 *   GET  /admin/faults                      what is switched on, and how often it struck
 *   POST /admin/faults {service, seed, rules}  replaces a service's rules; no rules switch it off
 *   POST /admin/clock/followers/{id}        how other processes follow this clock (`clock-link.ts`)
 */
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import type { ClockLeader } from './clock-link.ts';
import { faultPlan, type FaultSwitch } from './kit/faults.ts';
import type { HttpAnswer, HttpCall } from './kit/http-service.ts';

export type AdminParts = {
  clock: Clock;
  leader: ClockLeader;
  faults: Record<string, FaultSwitch>;
  /** Counts by service. */
  status: () => Record<string, unknown>;
};

export type Admin = (call: HttpCall) => Promise<HttpAnswer>;

const followersPath = '/admin/clock/followers/';

export const createAdmin = (parts: AdminParts): Admin => {
  const routes: Record<string, (body: unknown) => HttpAnswer | Promise<HttpAnswer>> = {
    'GET /admin/status': () => json(200, { now: nowText(parts.clock), ...parts.status() }),
    'GET /admin/clock': () => json(200, clockState(parts.clock)),
    'POST /admin/clock': (body) => moveClock(parts.clock, body),
    'GET /admin/faults': () => json(200, faultState(parts.faults)),
    'POST /admin/faults': (body) => setFaults(parts.faults, body),
  };
  return async (call) => {
    if (call.headers['origin'] !== undefined)
      return refusal(403, 'pages of a browser may not use admin routes');
    const body = parseBody(call.body);
    if (body === unreadable) return refusal(400, 'the body is not JSON');
    if (call.method === 'POST' && call.path.startsWith(followersPath))
      return parts.leader.answer(call.path.slice(followersPath.length), body);
    const route = routes[`${call.method} ${call.path}`];
    return route ? route(body) : refusal(404, `no admin route ${call.method} ${call.path}`);
  };
};

const json = (status: number, value: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

const refusal = (status: number, detail: string): HttpAnswer => json(status, { detail });

const unreadable = Symbol('unreadable');

const parseBody = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString());
  } catch {
    return unreadable;
  }
};

const nowText = (clock: Clock): string => new Date(clock.now()).toISOString();

const clockState = (clock: Clock) => ({ now: nowText(clock), offsetMs: clock.offsetMs() });

const moveBody = z.strictObject({
  to: z.union([z.iso.datetime({ offset: true }), z.iso.duration()]),
  asleep: z.boolean().default(false),
});

const moveClock = async (clock: Clock, body: unknown): Promise<HttpAnswer> => {
  const parsed = moveBody.safeParse(body);
  if (!parsed.success)
    return refusal(400, 'to must be an ISO instant such as 2026-12-01T09:00:00Z, or a duration such as P3D');
  try {
    const { to, asleep } = parsed.data;
    const toMs = targetMs(clock.now(), to);
    await (asleep ? clock.sleepTo(toMs, quietMs) : clock.moveTo(toMs, quietMs));
    return json(200, clockState(clock));
  } catch (error) {
    if (error instanceof RangeError) return refusal(409, error.message);
    return json(504, { detail: (error as Error).message, ...clockState(clock) });
  }
};

/** How long a move may wait at one stop for queues and feeds to become quiet. */
const quietMs = 60_000;

const targetMs = (nowMs: number, to: string): number =>
  to.startsWith('P')
    ? Temporal.Instant.fromEpochMilliseconds(nowMs).toZonedDateTimeISO('UTC').add(to).epochMilliseconds
    : Temporal.Instant.from(to).epochMilliseconds;

const faultState = (faults: Record<string, FaultSwitch>) =>
  Object.fromEntries(
    Object.entries(faults).map(([name, one]) => [name, { ...one.plan(), struck: one.counts() }]),
  );

const faultsBody = z.looseObject({ service: z.string() });

const setFaults = (faults: Record<string, FaultSwitch>, body: unknown): HttpAnswer => {
  const { service, ...plan } = faultsBody.catch({ service: '' }).parse(body);
  const target = Object.hasOwn(faults, service) ? faults[service] : undefined;
  if (!target) return refusal(400, `service must be one of ${Object.keys(faults).join(', ')}`);
  const parsed = faultPlan.safeParse(plan);
  if (!parsed.success) return refusal(400, parsed.error.issues.map((issue) => issue.message).join('; '));
  target.set(parsed.data);
  return json(200, faultState(faults));
};
