/**
 * Who may do what with which entity, as flat lists that Bicep can loop over: one role assignment per row.
 * From: what the topology grants the surfaces of each app. Next: `infra/bicep/generated/grants.json`,
 * read by the role modules. The local Azure asks the same `grantsOf`, so both refuse the same things.
 */
import { grantsOf, type Topology } from '../../shared/contracts/topology.ts';

type ContainerRole = 'contributor' | 'reader';

export type Grants = {
  queueSenders: { app: string; queue: string }[];
  topicSenders: { app: string; topic: string }[];
  queueReceivers: { app: string; queue: string }[];
  subscriptionReceivers: { app: string; topic: string; subscription: string }[];
  containers: { app: string; container: string; role: ContainerRole }[];
  blobContainers: { app: string; container: string }[];
  mailSenders: { app: string }[];
};

/** The union of the surfaces' grants per app; writing includes reading and following the feed. */
export const grantLists = (of: Topology): Grants => {
  const lists: Grants = {
    queueSenders: [],
    topicSenders: [],
    queueReceivers: [],
    subscriptionReceivers: [],
    containers: [],
    blobContainers: [],
    mailSenders: [],
  };
  for (const app of Object.keys(of.apps)) addApp(lists, app, of);
  return lists;
};

const addApp = (lists: Grants, app: string, of: Topology): void => {
  const { sends, listens, blobs, email } = grantsOf(app, of);
  for (const entity of sends.toSorted())
    if (entity in of.queues) lists.queueSenders.push({ app, queue: entity });
    else lists.topicSenders.push({ app, topic: entity });
  for (const entity of listens.toSorted()) {
    const [topic = '', subscription] = entity.split('/');
    if (subscription === undefined) lists.queueReceivers.push({ app, queue: entity });
    else lists.subscriptionReceivers.push({ app, topic, subscription });
  }
  for (const [container, role] of containerRoles(app, of)) lists.containers.push({ app, container, role });
  for (const container of blobs.toSorted()) lists.blobContainers.push({ app, container });
  if (email) lists.mailSenders.push({ app });
};

const containerRoles = (app: string, of: Topology): [string, ContainerRole][] => {
  const { reads, writes, feeds } = grantsOf(app, of);
  const named = [...new Set([...reads, ...writes, ...feeds])].sort();
  return named.map((name) => [name, writes.includes(name) ? 'contributor' : 'reader']);
};

export const grantsText = (of: Topology): string => `${JSON.stringify(grantLists(of), null, 2)}\n`;
