/**
 * A process with a host that has every kind of trigger, for `host-process.test.ts`.
 * From: the addresses of the stand-ins as arguments. Next: messages back about what ran; `end` closes the host.
 * It never calls `process.exit`: when something is left behind, it does not end.
 */
import { app } from '@azure/functions';
import { createClock } from '../../../local/clock.ts';
import { startHost } from '../../../local/functions-host/start.ts';

const [serviceBus = '', cosmos = '', stateDir = ''] = process.argv.slice(2);
const tell = (what: object): void => void process.send?.(what);

const register = (): void => {
  app.get('health', () => ({ body: `${process.pid}` }));
  app.timer('tick', { schedule: '0 0 * * * *', handler: () => undefined });
  const bus = { connection: 'SERVICEBUS', handler: () => undefined };
  app.serviceBusQueue('plain', { ...bus, queueName: 'plain' });
  app.serviceBusQueue('many', { ...bus, queueName: 'many', cardinality: 'many' });
  app.serviceBusQueue('session', { ...bus, queueName: 'session', isSessionsEnabled: true });
  app.serviceBusTopic('audit', { ...bus, topicName: 'events', subscriptionName: 'audit' });
  app.cosmosDB('follow', {
    connection: 'COSMOS',
    databaseName: 'dunwell',
    containerName: 'rows',
    startFromBeginning: true,
    leaseAcquireInterval: 100,
    maxItemsPerInvocation: 1,
    handler: (rows: unknown[]) => tell({ rows: (rows as { id: string }[]).map(({ id }) => id) }),
  });
};

const clock = createClock();
const host = await startHost({
  apps: [{ name: 'work', port: 0, settings: { SERVICEBUS: serviceBus, COSMOS: cosmos }, register }],
  hostJson: { version: '2.0', extensions: { http: { routePrefix: '' } } },
  clock,
  stateDir,
  log: (line) => tell({ line }),
});
tell({ url: host.urls['work'], summary: host.summary });
process.once('message', () => {
  void host.close().then(() => {
    clock.close();
    process.disconnect();
  });
});
