/**
 * What stands around Bicep: rights per app, what azd deploys, the settings of one machine.
 * From: azure.yaml, local.settings.example.json, `scripts/generate/grants.ts`. Next: deployments and `func` users.
 */
import { describe, expect, it } from 'vitest';
import { settingsFor } from '../../local/settings.ts';
import { grantLists } from '../../scripts/generate/grants.ts';
import { parseSettings } from '../../shared/contracts/settings.ts';
import { parseTopology, topology } from '../../shared/contracts/topology.ts';
import { repositoryFiles } from '../tidy/repository.ts';

const textOf = (path: string): string => repositoryFiles().find((file) => file.path === path)?.text ?? '';

describe('an app is granted what its surfaces need and nothing else', () => {
  const queue = { sessions: false, lockDuration: 'PT1M', maxDeliveryCount: 5 };
  const app = { localPort: 1, memoryMB: 512, maximumInstances: 40 };
  const lists = grantLists(
    parseTopology({
      database: 'd',
      apps: {
        left: { ...app, surfaces: ['one.staffHttp', 'two.work'] },
        right: { ...app, surfaces: ['two.staffHttp'] },
        idle: { ...app, surfaces: [] },
      },
      pieces: {
        one: { staffHttp: { reads: ['a', 'b'], sends: ['q', 't'], blobs: ['files'] } },
        two: {
          staffHttp: { reads: ['b'] },
          work: { writes: ['b'], feeds: ['c'], listens: ['q', 't/s'], sends: ['q'], email: true },
        },
      },
      jobs: {},
      queues: { q: queue },
      topics: { t: { subscriptions: { s: queue } } },
      containers: {
        a: { keys: ['/k'], indexed: [] },
        b: { keys: ['/k'], indexed: [] },
        c: { keys: ['/k'], indexed: [] },
      },
      blobContainers: { files: {} },
      limits: {},
    }),
  );

  it('two surfaces that send to one queue make one right', () => {
    expect(lists.queueSenders).toEqual([{ app: 'left', queue: 'q' }]);
  });

  it('a topic is sent to apart from queues', () => {
    expect(lists.topicSenders).toEqual([{ app: 'left', topic: 't' }]);
  });

  it('queues and subscriptions are received from', () => {
    expect(lists.queueReceivers).toEqual([{ app: 'left', queue: 'q' }]);
    expect(lists.subscriptionReceivers).toEqual([{ app: 'left', topic: 't', subscription: 's' }]);
  });

  it('writing wins over reading in the same app only', () => {
    expect(lists.containers).toEqual([
      { app: 'left', container: 'a', role: 'reader' },
      { app: 'left', container: 'b', role: 'contributor' },
      { app: 'left', container: 'c', role: 'reader' },
      { app: 'right', container: 'b', role: 'reader' },
    ]);
  });

  it('blobs and mail go to those who asked', () => {
    expect(lists.blobContainers).toEqual([{ app: 'left', container: 'files' }]);
    expect(lists.mailSenders).toEqual([{ app: 'left' }]);
  });
});

describe('azure.yaml', () => {
  it('deploys one service per app of the topology', () => {
    const services = [...textOf('azure.yaml').matchAll(/^ {2}([a-z-]+): \{ project: dist,/gm)].map(
      ([, name]) => name,
    );
    expect(services).toEqual(Object.keys(topology.apps));
  });

  it('never installs packages in the cloud: the package is complete', () => {
    expect(textOf('azure.yaml').match(/remoteBuild: false/g)).toHaveLength(Object.keys(topology.apps).length);
  });
});

describe('local.settings.example.json', () => {
  const { Values: values } = JSON.parse(textOf('local.settings.example.json')) as {
    Values: Record<string, string>;
  };

  it('holds settings an app can start with', () => {
    expect(parseSettings(values).app).toBe('staff');
  });

  it('holds what the local Azure gives an app, keys included', () => {
    const given = settingsFor('staff', {
      processId: 1,
      admin: 'http://127.0.0.1:7070',
      cosmos: 'http://127.0.0.1:8081',
      serviceBus: 'sb://127.0.0.1:5672',
      blob: 'http://127.0.0.1:10000/dunwelllocal',
      email: 'http://127.0.0.1:8085',
      identity: {
        issuer: values['IDENTITY_ISSUER'] ?? '',
        audience: values['IDENTITY_AUDIENCE'] ?? '',
        keysUrl: values['IDENTITY_KEYS_URL'] ?? '',
      },
      payments: 'http://127.0.0.1:8087',
    });
    expect(values).toEqual(given);
  });

  it('reaches this machine only', () => {
    const hosts = Object.values(values).flatMap((value) =>
      [...value.matchAll(/\w+:\/\/([^:/;]+)/g)].map(([, host]) => host),
    );
    expect(new Set(hosts)).toEqual(new Set(['127.0.0.1', 'localhost']));
  });
});
