/**
 * The switches of this service, for tests and for people with curl: settings, faults, suppressed addresses.
 * From: `routes.ts`, for paths under /admin. Next: the settings, the fault switch, the store.
 */
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { FaultPlan, FaultSwitch } from '../kit/faults.ts';
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { mailboxOf } from './addresses.ts';
import { json } from './refusal.ts';
import { suppressionMs } from './rules.ts';
import type { Settings } from './settings.ts';
import type { EmailStore } from './store.ts';

type AdminParts = { settings: Settings; faults: FaultSwitch; store: EmailStore; clock: Clock };

const suppressionChange = z.strictObject({ address: z.string().min(3), suppressed: z.boolean() });

/**
 * `/admin/settings`, `/admin/faults`, `/admin/suppressions`: GET shows, POST changes (JSON).
 * What does not fit is answered 400 and changes nothing.
 */
export const createAdmin = (parts: AdminParts): ((call: HttpCall) => Promise<HttpAnswer>) => {
  const { settings, faults, store, clock } = parts;
  const show: Record<string, () => unknown> = {
    '/admin/settings': () => settings.current(),
    '/admin/faults': () => ({ ...faults.plan(), counts: faults.counts() }),
    '/admin/suppressions': () =>
      [...store.suppressions.values()].filter(({ untilMs }) => untilMs > clock.now()),
  };
  const change: Record<string, (value: unknown) => void | Promise<void>> = {
    '/admin/settings': (value) => void settings.change(value),
    '/admin/faults': (value) => faults.set(value as FaultPlan), // checked by the switch itself
    '/admin/suppressions': (value) => changeSuppression(parts, value),
  };
  return async (call) => {
    const showing = show[call.path];
    if (!showing) return problem(404, `There is no ${call.path}.`);
    if (call.method === 'GET') return json(200, showing());
    if (call.method !== 'POST') return problem(405, `${call.path} takes GET and POST.`);
    if (!/^application\/json\b/i.test(call.headers['content-type'] ?? ''))
      return problem(415, 'The content type must be application/json.');
    try {
      await change[call.path]?.(JSON.parse(call.body.toString('utf8')));
    } catch (error) {
      if (error instanceof SyntaxError) return problem(400, 'The body is not JSON.');
      if (error instanceof z.ZodError) return problem(400, z.prettifyError(error));
      throw error;
    }
    return json(200, showing());
  };
};

const problem = (status: number, message: string): HttpAnswer =>
  json(status, { error: { code: String(status), message } });

const changeSuppression = async ({ store, clock }: AdminParts, value: unknown): Promise<void> => {
  const { address, suppressed } = suppressionChange.parse(value);
  const now = clock.now();
  const entry = { address: mailboxOf(address), untilMs: suppressed ? now + suppressionMs(0) : 0 };
  store.record({ is: 'suppressed', suppressed: { ...entry, bounces: suppressed ? 1 : 0 } });
  await store.flush();
};
