/**
 * The typed view of `infra/topology.json`: apps, pieces, queues, topics, containers, limits.
 * From: the one list in infra/. Next: code, local Azure, Bicep generator and tests read it here.
 * A list that does not fit, or names something that does not exist, stops whoever reads it.
 */
import { z } from 'zod';
import list from '../../infra/topology.json' with { type: 'json' };

const isoDuration = z.iso.duration();
const names = z.array(z.string()).default([]);

const queue = z.strictObject({
  /** One consumer at a time per session id, in order. */
  sessions: z.boolean(),
  /** How long a message id is remembered; a second one within it is dropped. */
  duplicateDetection: isoDuration.optional(),
  lockDuration: isoDuration,
  maxDeliveryCount: z.int().min(1),
  timeToLive: isoDuration.optional(),
});

const topic = z.strictObject({
  duplicateDetection: isoDuration.optional(),
  subscriptions: z.record(
    z.string(),
    queue.omit({ duplicateDetection: true }).extend({ filter: z.string().optional() }),
  ),
});

const path = z.string().regex(/^\/[A-Za-z_][\w]*(\/[A-Za-z_][\w]*)*$/);

const container = z.strictObject({
  /** Partition key paths, outermost first; more than one makes a hierarchical key. */
  keys: z.array(path).min(1).max(3),
  /** Indexed paths as the service spells them (`/kind/?`); everything else is not indexed. */
  indexed: z.array(z.string().regex(/^\/.+\/(\?|\*)$|^\/\*$/)),
  /** Each list is one composite index, ascending. */
  composite: z.array(z.array(path).min(2)).default([]),
  /** -1: items say themselves when they end; a number: seconds after the last write. */
  defaultTtlSeconds: z.int().min(-1).optional(),
  uniqueKeys: z.array(z.array(path).min(1)).default([]),
});

const surface = z.strictObject({
  reads: names,
  writes: names,
  /** Containers whose change feed this surface follows. */
  feeds: names,
  /** Queues and topics it sends to. */
  sends: names,
  /** Queues, or `topic/subscription`, it receives from. */
  listens: names,
  blobs: names,
  /** Whether it may send mail. */
  email: z.boolean().default(false),
});

const piece = z.strictObject({
  staffHttp: surface.optional(),
  portalHttp: surface.optional(),
  work: surface.optional(),
});

const app = z.strictObject({
  /** `piece.surface`, in the order of the walk. */
  surfaces: z.array(z.string().regex(/^[a-z-]+\.(staffHttp|portalHttp|work)$/)),
  localPort: z.int(),
  memoryMB: z.union([z.literal(512), z.literal(2048), z.literal(4096)]),
  maximumInstances: z.int().min(1),
});

/** Recurring work: every slot, a tick goes to the queue. */
const job = z.strictObject({ everyMinutes: z.int().min(1).max(1440), queue: z.string() });

const topologySchema = z.strictObject({
  $comment: z.string().optional(),
  database: z.string(),
  apps: z.record(z.string(), app),
  pieces: z.record(z.string(), piece),
  jobs: z.record(z.string(), job),
  queues: z.record(z.string(), queue),
  topics: z.record(z.string(), topic),
  containers: z.record(z.string(), container),
  blobContainers: z.record(z.string(), z.strictObject({ immutable: z.boolean().default(false) })),
  limits: z.record(z.string(), z.number()),
});

export type Topology = z.infer<typeof topologySchema>;
export type AppTopology = z.infer<typeof app>;
export type QueueTopology = z.infer<typeof queue>;
export type TopicTopology = z.infer<typeof topic>;
export type ContainerTopology = z.infer<typeof container>;
export type SurfaceGrants = z.infer<typeof surface>;

/** Reads a list of the same shape. @throws when it does not fit or names something absent. */
export const parseTopology = (value: unknown): Topology => {
  const parsed = topologySchema.parse(value);
  const missing = [...missingNames(parsed)];
  if (missing.length > 0) throw new Error(`topology.json names what it does not list: ${missing.join(', ')}`);
  return parsed;
};

/** Everything one app may do: the union of what its surfaces are granted. */
export const grantsOf = (appName: string, of: Topology): SurfaceGrants => {
  const surfaces = of.apps[appName]?.surfaces ?? [];
  const granted = surfaces.map((name) => surfaceOf(name, of) ?? surface.parse({}));
  const union = (key: 'reads' | 'writes' | 'feeds' | 'sends' | 'listens' | 'blobs') => [
    ...new Set(granted.flatMap((one) => one[key])),
  ];
  return {
    reads: union('reads'),
    writes: union('writes'),
    feeds: union('feeds'),
    sends: union('sends'),
    listens: union('listens'),
    blobs: union('blobs'),
    email: granted.some((one) => one.email),
  };
};

const surfaceOf = (name: string, of: Topology): SurfaceGrants | undefined => {
  const [pieceName = '', surfaceName] = name.split('.');
  return of.pieces[pieceName]?.[surfaceName as keyof Topology['pieces'][string]];
};

function* missingNames(of: Topology): Generator<string> {
  for (const [name, one] of Object.entries(of.jobs))
    if (!(one.queue in of.queues)) yield `${name}: ${one.queue}`;
  const receivable = new Set(Object.keys(of.queues));
  for (const [name, one] of Object.entries(of.topics))
    for (const subscription of Object.keys(one.subscriptions)) receivable.add(`${name}/${subscription}`);
  for (const [name, one] of Object.entries(of.apps))
    for (const hosted of one.surfaces) if (!surfaceOf(hosted, of)) yield `${name}: ${hosted}`;
  for (const [pieceName, surfaces] of Object.entries(of.pieces))
    for (const one of Object.values(surfaces)) {
      if (!one) continue;
      const absent = [
        ...[...one.reads, ...one.writes, ...one.feeds].filter((name) => !(name in of.containers)),
        ...one.sends.filter((name) => !(name in of.queues) && !(name in of.topics)),
        ...one.listens.filter((name) => !receivable.has(name)),
        ...one.blobs.filter((name) => !(name in of.blobContainers)),
      ];
      for (const name of absent) yield `${pieceName}: ${name}`;
    }
}

/** The list of this deployment. */
export const topology: Topology = parseTopology(list);
