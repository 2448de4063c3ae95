/**
 * What the real provider's customers, banks and dashboard do, as routes: for tests and the demo.
 * From: `POST /local/…` with JSON. Next: the same handlers the checkout page uses. Not part of the API.
 */
import { z } from 'zod';
import type { HttpAnswer, HttpCall } from '../kit/http-service.ts';
import { comesFromOurPage, successUrl, type CheckoutParts } from './checkout.ts';
import { openDesk, type Desk } from './desk.ts';
import { closeDispute, closeDisputeParams, openDispute, openDisputeParams } from './disputes.ts';
import { invalid, jsonAnswer, noSuch, Refusal, unrecognizedUrl } from './errors.ts';
import { mishap, type Mishaps } from './mishaps.ts';
import type { Kind, WebhookCourse } from './objects.ts';
import { attemptPayment, outcomes, settleDelayed } from './payments.ts';
import { failRefund } from './refunds.ts';
import { rollSecret } from './webhook-endpoints.ts';

const seconds = z
  .int()
  .min(0)
  .max(90 * 86_400);
const payParams = z.strictObject({
  outcome: z.enum(outcomes).default('paid'),
  email: z.string().optional(),
  /** How often each webhook of this payment is sent, and how late by the business clock. */
  webhook_copies: z.union([z.literal(0), z.literal(1), z.literal(2)]).default(1),
  webhook_delay_seconds: seconds.default(0),
  settle_after_seconds: seconds.optional(),
});
const settleParams = z.strictObject({ outcome: z.enum(['paid', 'failed']) });
const rollParams = z.strictObject({
  overlap_seconds: seconds.max(86_400).default(0),
  secret: z.string().optional(),
});

type Act = {
  path: RegExp;
  kind: Kind;
  schema: z.ZodType;
  courseOf?: (params: never) => WebhookCourse;
  run: (desk: Desk, id: string, params: never) => object;
};

const act = <T extends z.ZodType>(
  path: string,
  kind: Kind,
  schema: T,
  run: (desk: Desk, id: string, params: z.output<T>) => object,
  courseOf?: (params: z.output<T>) => WebhookCourse,
): Act => ({
  path: new RegExp(`^/local/${path.replace(':id', '([^/]+)')}$`),
  kind,
  schema,
  run,
  ...(courseOf ? { courseOf } : {}),
});

const acts: Act[] = [
  act(
    'sessions/:id/pay',
    'checkout.session',
    payParams,
    (desk, id, { outcome, email, settle_after_seconds }) => {
      const session = attemptPayment(desk, id, { outcome, email, settleAfterSeconds: settle_after_seconds });
      return { session, redirect_to: session.status === 'complete' ? successUrl(session) : null };
    },
    (params) => ({ copies: params.webhook_copies, delaySeconds: params.webhook_delay_seconds }),
  ),
  act('payment_intents/:id/settle', 'payment_intent', settleParams, (desk, id, { outcome }) => {
    const row = desk.get('payment_intent', id)!;
    if (!row.settles) throw invalid(`PaymentIntent ${id} is ${row.object.status}; nothing is on its way.`);
    settleDelayed(desk, { ...row, settles: { ...row.settles, succeeds: outcome === 'paid' } });
    return desk.get('payment_intent', id)!.object;
  }),
  act('charges/:id/dispute', 'charge', openDisputeParams, (desk, id, params) =>
    openDispute(desk, id, params),
  ),
  act('disputes/:id/close', 'dispute', closeDisputeParams, (desk, id, { outcome }) =>
    closeDispute(desk, id, outcome),
  ),
  act('refunds/:id/fail', 'refund', z.strictObject({}), (desk, id) => failRefund(desk, id)),
  act('webhook_endpoints/:id/roll-secret', 'webhook_endpoint', rollParams, (desk, id, params) => ({
    secret: rollSecret(desk, id, params.overlap_seconds, params.secret),
  })),
];

/** Answers `/local/…`; a browser on another site cannot send JSON here. */
export const answerLocal = async (
  parts: CheckoutParts & { mishaps: Mishaps },
  call: HttpCall,
): Promise<HttpAnswer> => {
  try {
    const found = acts
      .map((one) => ({ one, id: one.path.exec(call.path)?.[1] }))
      .find(({ id }) => id !== undefined);
    if (call.method !== 'POST' || (!found && call.path !== '/local/mishaps'))
      throw unrecognizedUrl(call.method, call.path.slice(0, 200));
    const body = jsonOf(call);
    if (!found?.id) {
      parts.mishaps.order(checked(mishap, body));
      return jsonAnswer(200, {});
    }
    const { one, id } = found;
    const row = parts.store.anywhere(one.kind, id);
    if (!row) throw noSuch(one.kind, id, 'id');
    const params = checked(one.schema, body) as never;
    const webhooks = one.courseOf?.(params);
    const result = parts.store.transact(() => {
      const { store, clock } = parts;
      const desk = openDesk({
        store,
        clock,
        account: row.account,
        baseUrl: parts.baseUrl(),
        ...(webhooks && { webhooks }),
      });
      return one.run(desk, id, params);
    });
    await parts.store.flush();
    return jsonAnswer(200, result);
  } catch (error) {
    if (error instanceof Refusal) return jsonAnswer(error.status, { error: error.body });
    throw error;
  }
};

const jsonOf = (call: HttpCall): unknown => {
  if (!comesFromOurPage(call)) throw invalid('Requests from other sites are refused.', { status: 403 });
  if (!(call.headers['content-type'] ?? '').startsWith('application/json'))
    throw invalid('Send JSON with content-type application/json.', { status: 415 });
  try {
    return call.body.length === 0 ? {} : (JSON.parse(call.body.toString('utf8')) as unknown);
  } catch {
    throw invalid('The body is not JSON.');
  }
};

const checked = <T extends z.ZodType>(schema: T, body: unknown): z.output<T> => {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
  return parsed.data;
};
