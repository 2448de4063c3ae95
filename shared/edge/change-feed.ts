/**
 * The wrapper around every change-feed handler: nothing the feed showed is lost.
 * From: documents written to one container. Next: a piece's workflow.
 * The platform drops a batch whose handler throws unless a retry policy holds it, so it is held for ever;
 * and since that stops the whole range, a document that keeps failing is parked and the rest goes on.
 */
import type { InvocationContext } from '@azure/functions';
import type { ActionName } from '../contracts/access.ts';
import { reasonsOf, type Schema } from '../contracts/schema.ts';
import { topology } from '../contracts/topology.ts';
import { mostAttempts } from '../domain/attempts.ts';
import type { Instant } from '../domain/calendar.ts';
import { platformCompany } from '../domain/parked-work.ts';
import type { Scope } from '../domain/scope.ts';
import { noteFunction, registeredHandlers, type Edge } from './edge.ts';
import { logWarning, messageOf } from './log.ts';

export type ChangesHandler<Document> = {
  name: string;
  container: string;
  action: ActionName;
  /** Which documents this handler reads; those of other kinds it never sees. */
  concerns: (document: Record<string, unknown>) => boolean;
  schema: Schema<Document>;
  /** May be called again with the same documents. Throws when they must come back. */
  run: (documents: Document[], call: { now: Instant; scope: Scope }) => Promise<void>;
};

/** Registers the handler with the platform. @throws when the container or the right for it is missing. */
export const onChanges = <Document>(edge: Edge, handler: ChangesHandler<Document>): void => {
  if (!(handler.container in topology.containers))
    throw new Error(`function ${handler.name}: topology.json has no container ${handler.container}`);
  const scope = edge.access.systemScope(handler.action);
  noteFunction(edge.app, {
    ...{ name: handler.name, kind: 'changes', source: handler.container, action: handler.action },
    again: (document) => workAgain(edge, handler, scope, document),
  });
  edge.take(
    { kind: 'cosmosDB', name: handler.name, options: feedOf(handler) },
    changesFunction(edge, handler, scope),
  );
};

const feedOf = ({ name, container }: { name: string; container: string }) => ({
  connection: 'COSMOS',
  databaseName: topology.database,
  containerName: container,
  leaseContainerName: 'leases',
  leaseContainerPrefix: `${name}-`,
  startFromBeginning: true,
  maxItemsPerInvocation: 100,
  retry: {
    strategy: 'exponentialBackoff' as const,
    maxRetryCount: -1,
    minimumInterval: { seconds: 2 },
    maximumInterval: { minutes: 2 },
  },
});

/** The function the platform calls, without its registration. */
export const changesFunction =
  <Document>(edge: Edge, handler: ChangesHandler<Document>, scope: Scope) =>
  (documents: unknown[], context: InvocationContext): Promise<void> =>
    handle(edge, handler, scope, documents, context);

const handle = async <Document>(
  edge: Edge,
  handler: ChangesHandler<Document>,
  scope: Scope,
  documents: unknown[],
  context: InvocationContext,
): Promise<void> => {
  const readable: { raw: Raw; document: Document }[] = [];
  for (const raw of documents as Raw[]) {
    if (!handler.concerns(raw)) continue;
    const parsed = handler.schema.safeParse(raw);
    if (parsed.success) readable.push({ raw, document: parsed.data });
    else await park(edge, handler, scope, raw, 'message-not-readable', reasonsOf(parsed.error));
  }
  if (readable.length === 0) return;
  const run = (some: Document[]) => handler.run(some, { now: edge.now(), scope });
  const failures = context.retryContext?.retryCount ?? 0;
  if (failures < mostAttempts) return run(readable.map(({ document }) => document));
  for (const { raw, document } of readable) {
    try {
      await run([document]);
    } catch (fault) {
      await park(edge, handler, scope, raw, 'kept-failing', messageOf(fault));
      logWarning(context, 'parked', { id: String(raw['id']), code: 'kept-failing' });
    }
  }
};

type Raw = Record<string, unknown>;

/** One document alone, and nothing is parked of it: whoever asked is told. @throws when it cannot be worked. */
const workAgain = async <Document>(
  edge: Edge,
  { concerns, schema, run }: ChangesHandler<Document>,
  scope: Scope,
  raw: Raw,
): Promise<void> => {
  if (!concerns(raw)) return;
  const parsed = schema.safeParse(raw);
  if (!parsed.success) throw new Error(reasonsOf(parsed.error));
  await run([parsed.data], { now: edge.now(), scope });
};

const sourceOf = ({ name, container }: { name: string; container: string }): string =>
  `${container} (${name})`;

/**
 * Works a document again that a feed's handler of this app gave up on; `source` is what it was parked under.
 * @throws when it fails again, or no handler of this app has that name.
 */
export const workDocumentAgain = async (app: string, source: string, document: Raw): Promise<void> => {
  const handler = registeredHandlers(app).find(
    (one) => one.kind === 'changes' && sourceOf({ name: one.name, container: one.source }) === source,
  );
  if (handler?.again === undefined) throw new Error(`nothing here follows ${source}`);
  await handler.again(document);
};

const park = (
  edge: Edge,
  handler: { name: string; container: string },
  scope: Scope,
  raw: Raw,
  code: 'message-not-readable' | 'kept-failing',
  detail: string,
): Promise<void> =>
  edge.parked.park(scope, {
    companyId: typeof raw['companyId'] === 'string' ? raw['companyId'] : platformCompany,
    source: sourceOf(handler),
    workId: `${String(raw['id'])} ${String(raw['_etag'])}`,
    code,
    detail,
    body: JSON.stringify(raw),
    attempts: code === 'kept-failing' ? mostAttempts : 1,
    parkedAt: edge.now().toString(),
  });
