/**
 * The wrapper around every queue handler: parse, run, and finish or bring back.
 * From: a Service Bus queue. Next: a piece's workflow.
 * Unreadable or refused: parked with its reason. Failed: a copy comes back after a rest, since the bus
 * itself would redeliver at once and use up its tries within seconds. Failed too often: parked.
 * When even that fails it throws, and the bus redelivers.
 */
import type { InvocationContext } from '@azure/functions';
import type { ActionName } from '../contracts/access.ts';
import type { ProblemCode } from '../contracts/problems.ts';
import { reasonsOf, type Schema } from '../contracts/schema.ts';
import { topology } from '../contracts/topology.ts';
import { mostAttempts, restSeconds, spreadOf } from '../domain/attempts.ts';
import type { Instant } from '../domain/calendar.ts';
import type { Outcome } from '../domain/outcome.ts';
import { platformCompany } from '../domain/parked-work.ts';
import type { Scope } from '../domain/scope.ts';
import { noteFunction, type Edge } from './edge.ts';
import { logInfo, logWarning, messageOf } from './log.ts';

export type QueueHandler<Message> = {
  name: string;
  queue: string;
  /** What the system must be allowed to do to run this. */
  action: ActionName;
  schema: Schema<Message>;
  /** May be called again for the same message at any time. */
  run: (message: Message, call: { now: Instant; scope: Scope }) => Promise<Outcome<unknown, ProblemCode>>;
};

/** Registers the handler with the platform. @throws when the queue or the right for it is missing. */
export const onQueue = <Message>(edge: Edge, handler: QueueHandler<Message>): void => {
  const queue = topology.queues[handler.queue];
  if (!queue) throw new Error(`function ${handler.name}: topology.json has no queue ${handler.queue}`);
  const scope = edge.access.systemScope(handler.action);
  noteFunction(edge.app, {
    ...{ name: handler.name, kind: 'queue', source: handler.queue, action: handler.action },
  });
  const options = { connection: 'SERVICEBUS', queueName: handler.queue, isSessionsEnabled: queue.sessions };
  edge.take({ kind: 'serviceBusQueue', name: handler.name, options }, queueFunction(edge, handler, scope));
};

/** The function the platform calls, without its registration. */
export const queueFunction =
  <Message>(edge: Edge, handler: QueueHandler<Message>, scope: Scope) =>
  (body: unknown, context: InvocationContext): Promise<void> =>
    handle(edge, handler, scope, body, context);

const handle = async <Message>(
  edge: Edge,
  handler: QueueHandler<Message>,
  scope: Scope,
  body: unknown,
  context: InvocationContext,
): Promise<void> => {
  const envelope = envelopeOf(context);
  const work = { edge, handler, scope, body, context, ...envelope };
  const parsed = handler.schema.safeParse(body);
  if (!parsed.success) return park(work, 'message-not-readable', reasonsOf(parsed.error));
  try {
    const outcome = await handler.run(parsed.data, { now: edge.now(), scope });
    if (!outcome.ok) await park(work, outcome.code, outcome.detail);
  } catch (fault) {
    if (envelope.attempt >= mostAttempts) return park(work, 'kept-failing', messageOf(fault));
    await bringBack(work, fault);
  }
};

type Work = {
  edge: Edge;
  handler: { name: string; queue: string };
  scope: Scope;
  body: unknown;
  context: InvocationContext;
} & Envelope;

type Envelope = { id: string; attempt: number; sessionId: string | undefined };

/** A copy of a message is called `<id>#<attempt>`; what the work is called stays the same. */
const envelopeOf = ({ triggerMetadata, invocationId }: InvocationContext): Envelope => {
  const properties = (triggerMetadata?.['applicationProperties'] ?? {}) as Record<string, unknown>;
  const messageId = triggerMetadata?.['messageId'];
  const sessionId = triggerMetadata?.['sessionId'];
  const attempt = properties['attempt'];
  return {
    id: typeof messageId === 'string' ? messageId.replace(/#\d+$/, '') : invocationId,
    attempt: typeof attempt === 'number' ? attempt : 1,
    sessionId: typeof sessionId === 'string' ? sessionId : undefined,
  };
};

const bringBack = async (work: Work, fault: unknown): Promise<void> => {
  const { edge, handler, id, attempt, sessionId, context } = work;
  const rest = restSeconds(attempt, spreadOf(id));
  const copy = {
    id: `${id}#${attempt + 1}`,
    body: work.body as object,
    attempt: attempt + 1,
    dueAt: edge.now().add({ seconds: rest }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  await edge.sender.send(handler.queue, [copy]);
  logWarning(context, 'brought-back', { id, attempt, restSeconds: rest, fault: messageOf(fault) });
};

const park = async (work: Work, code: ProblemCode, detail: string): Promise<void> => {
  const { edge, handler, scope, id, attempt, body, sessionId, context } = work;
  await edge.parked.park(scope, {
    companyId: companyOf(body),
    source: handler.queue,
    workId: id,
    code,
    detail,
    body: JSON.stringify(body ?? null),
    ...(sessionId === undefined ? {} : { sessionId }),
    attempts: attempt,
    parkedAt: edge.now().toString(),
  });
  logInfo(context, 'parked', { id, code, queue: handler.queue });
};

/** The company a message names, else the platform itself. */
export const companyOf = (body: unknown): string => {
  const companyId = (body as { companyId?: unknown } | null)?.companyId;
  return typeof companyId === 'string' && companyId !== '' ? companyId : platformCompany;
};
