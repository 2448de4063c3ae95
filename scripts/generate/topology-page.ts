/**
 * The topology as a page that a person reads: apps and their rights, queues, topics, containers, limits.
 * From: `infra/topology.json` in its typed view. Next: `docs/reference/topology.md`.
 */
import { grantsOf, type Topology } from '../../shared/contracts/topology.ts';

/** The whole page. The same topology gives the same text. */
export const topologyPage = (of: Topology): string =>
  [
    '# Topology',
    'Generated from `infra/topology.json` by `npx node scripts/make-reference.ts`; change the list, not this page.',
    '## Apps',
    'Each app is a function app with an identity of its own. Its rights are the union of what its surfaces need.',
    appTable(of),
    ...Object.keys(of.apps).map((app) => appRights(app, of)),
    '## Recurring work',
    table(
      ['job', 'every', 'queue'],
      entries(of.jobs, (job) => [`${job.everyMinutes} minutes`, code(job.queue)]),
    ),
    '## Queues',
    queueTable(of),
    '## Topics',
    ...Object.entries(of.topics).map(([name, topic]) => topicSection(name, topic)),
    '## Containers',
    `Database ${code(of.database)}. A path that is not indexed cannot be searched by.`,
    containerTable(of),
    '## Blob containers',
    table(
      ['container', 'immutable'],
      entries(of.blobContainers, (one) => [yesNo(one.immutable)]),
    ),
    '## Limits',
    table(
      ['limit', 'value'],
      entries(of.limits, (value) => [value.toLocaleString('en-US')]),
    ),
  ].join('\n\n') + '\n';

const appTable = (of: Topology): string =>
  table(
    ['app', 'surfaces', 'local port', 'memory (MB)', 'instances at most'],
    entries(of.apps, (app) => [
      list(app.surfaces),
      `${app.localPort}`,
      `${app.memoryMB}`,
      `${app.maximumInstances}`,
    ]),
  );

const appRights = (app: string, of: Topology): string => {
  const { email, ...granted } = grantsOf(app, of);
  const rows = Object.entries(granted).map(([right, names]) => [right, list(names.toSorted())]);
  return `### Rights of ${code(app)}\n\n${table(['right', 'on'], [...rows, ['email', yesNo(email)]])}`;
};

const queueTable = (of: Topology): string =>
  table(
    ['queue', 'sessions', 'same id dropped within', 'lock', 'deliveries', 'time to live'],
    entries(of.queues, (queue) => [
      yesNo(queue.sessions),
      queue.duplicateDetection ?? '–',
      queue.lockDuration,
      `${queue.maxDeliveryCount}`,
      queue.timeToLive ?? '–',
    ]),
  );

const topicSection = (name: string, topic: Topology['topics'][string]): string => {
  const rows = entries(topic.subscriptions, (one) => [
    yesNo(one.sessions),
    one.lockDuration,
    `${one.maxDeliveryCount}`,
    one.filter === undefined ? 'everything' : code(one.filter),
  ]);
  const heading = `### ${code(name)}\n\nSame id dropped within: ${topic.duplicateDetection ?? '–'}.`;
  return `${heading}\n\n${table(['subscription', 'sessions', 'lock', 'deliveries', 'receives'], rows)}`;
};

const containerTable = (of: Topology): string =>
  table(
    ['container', 'partition key', 'indexed', 'ordered by', 'time to live'],
    entries(of.containers, (one) => [
      list(one.keys),
      list(one.indexed),
      one.composite.map((paths) => paths.map(code).join(' then ')).join('; ') || '–',
      timeToLive(one.defaultTtlSeconds),
    ]),
  );

const timeToLive = (seconds: number | undefined): string => {
  if (seconds === undefined) return '–';
  return seconds === -1 ? 'each item says' : `${seconds.toLocaleString('en-US')} s`;
};

const entries = <One>(of: Record<string, One>, cells: (one: One) => string[]): string[][] =>
  Object.entries(of).map(([name, one]) => [code(name), ...cells(one)]);

const table = (columns: string[], rows: string[][]): string =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const code = (text: string): string => `\`${text}\``;
const list = (names: string[]): string => names.map(code).join(', ') || '–';
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
