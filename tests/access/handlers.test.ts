/**
 * Every function there is (A3), of every app: routes, queues, subscriptions, feeds and timers. Each names its action in
 * the matrix, whoever calls it; one that names none, or one the system may not do, does not start.
 * Made from what the apps register and from `infra/topology.json`, so that it grows with both.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registerApp } from '../../functions/main.ts';
import type { Parts } from '../../functions/parts.ts';
import { actionNames, cellOf, isActionName, type ActionName } from '../../shared/contracts/access.ts';
import { grantsOf, topology } from '../../shared/contracts/topology.ts';
import { done } from '../../shared/domain/outcome.ts';
import { onChanges } from '../../shared/edge/change-feed.ts';
import {
  forgetFunctions,
  registeredHandlers,
  registeredRoutes,
  type RegisteredFunction,
} from '../../shared/edge/edge.ts';
import { onDownload, onUpload } from '../../shared/edge/http-files.ts';
import { onWrite } from '../../shared/edge/http-write.ts';
import { onRead } from '../../shared/edge/http.ts';
import { onQueue } from '../../shared/edge/queue.ts';
import { onTimer } from '../../shared/edge/timer.ts';
import { onTopic } from '../../shared/edge/topic.ts';
import { appSettings } from '../support/app-settings.ts';
import { tenOClock, testEdge } from '../support/test-edge.ts';

const apps = Object.keys(topology.apps);

let opened: Parts[] = [];
beforeAll(async () => {
  opened = await Promise.all(apps.map((app) => registerApp(appSettings(app), () => tenOClock)));
});
afterAll(async () => {
  await Promise.all(opened.map((parts) => parts.close()));
  for (const app of apps) forgetFunctions(app);
});

const handlers = (app: string, kind?: RegisteredFunction['kind']): readonly RegisteredFunction[] =>
  registeredHandlers(app).filter((one) => kind === undefined || one.kind === kind);
const sources = (app: string, kind: RegisteredFunction['kind']): string[] =>
  handlers(app, kind)
    .map(({ source }) => source)
    .toSorted();

describe.each(apps)('the app %s', (app) => {
  it('has no function whose action the matrix does not have', () => {
    const strange = handlers(app).filter(({ action }) => !isActionName(action));
    expect(strange).toEqual([]);
  });

  it('lets the system do, and only that, what no person calls', () => {
    const jobs = handlers(app).filter(({ kind }) => kind !== 'http');
    for (const { name, action } of jobs) expect([name, cellOf(action, 'SYS').scope]).not.toEqual([name, '-']);
  });

  it('answers routes that are all registered under their action', () => {
    const routes = registeredRoutes().filter((route) => route.app === app);
    const http = handlers(app, 'http').map(({ name, action }) => `${name} ${action}`);
    expect(routes.map(({ name, action }) => `${name} ${action}`).toSorted()).toEqual(http.toSorted());
  });

  it('works every queue and subscription the topology lets it receive from, each once, and no other', () => {
    const expected = grantsOf(app, topology).listens.toSorted();
    expect([...sources(app, 'queue'), ...sources(app, 'topic')].toSorted()).toEqual(expected);
  });

  it('follows every feed the topology lets it, and no other', () => {
    expect(sources(app, 'changes')).toEqual(grantsOf(app, topology).feeds.toSorted());
  });
});

it('there are functions of every kind, and every job of the topology has a worker', () => {
  const all = apps.flatMap((app) => handlers(app));
  expect(new Set(all.map(({ kind }) => kind))).toEqual(
    new Set(['http', 'queue', 'topic', 'timer', 'changes']),
  );
  const worked = new Set(all.filter(({ kind }) => kind === 'queue').map(({ source }) => source));
  expect(Object.values(topology.jobs).filter(({ queue }) => !worked.has(queue))).toEqual([]);
});

/** Done inside other functions, by the scope they ask for themselves. */
const withoutFunction = ['sys.reach.keep'];

it('every action of the system itself has a function', () => {
  const named = new Set(apps.flatMap((app) => handlers(app).map(({ action }) => action)));
  const later = ['sys.openapi.read'];
  const own = actionNames.filter((action) => action.startsWith('sys.'));
  expect(own.filter((action) => !named.has(action)).toSorted()).toEqual(
    [...withoutFunction, ...later].toSorted(),
  );
});

describe('a function', () => {
  const edge = { ...testEdge(), app: 'strange' };
  const answer = z.strictObject({});
  const read = async () => done({});
  const nothing = { schema: answer, run: async () => done(0) };
  const kinds: Record<string, (action: ActionName) => void> = {
    'a route that reads': (action) => onRead(edge, { name: 'a', route: 'api/a', action, answer, run: read }),
    'a route that writes': (action) =>
      onWrite(edge, {
        ...{ name: 'b', method: 'POST', route: 'api/b', action, body: answer, answer, run: read },
      }),
    'a route that takes a file': (action) =>
      onUpload(edge, {
        ...{ name: 'c', method: 'PUT', route: 'api/c', action, mostBytes: 1, answer, run: read },
      }),
    'a route that hands out a file': (action) =>
      onDownload(edge, {
        ...{ name: 'd', route: 'api/d', action },
        run: async () => done({ fileName: 'x', contentType: 'text/plain', bytes: new Uint8Array() }),
      }),
    'a queue': (action) => onQueue(edge, { name: 'e', queue: 'ticks', action, ...nothing }),
    'a subscription': (action) =>
      onTopic(edge, {
        ...{ name: 'f', topic: 'ar-events', subscription: 'reporting', action, schema: answer },
        runBatch: async () => undefined,
      }),
    'a feed': (action) =>
      onChanges(edge, {
        ...{ name: 'g', container: 'parked', action, concerns: () => true, schema: answer },
        run: async () => undefined,
      }),
    'a timer': (action) =>
      onTimer(edge, { name: 'h', schedule: '0 0 * * * *', action, run: async () => undefined }),
  };
  const jobs = ['a queue', 'a subscription', 'a feed', 'a timer'];

  it.each(Object.keys(kinds))('%s with an action the matrix does not have does not start', (kind) => {
    expect(() => kinds[kind]!('acct.fly' as ActionName)).toThrow('the access matrix has no action acct.fly');
    expect(registeredHandlers('strange')).toEqual([]);
  });

  it.each(jobs)('%s with an action that is not the system’s does not start', (kind) => {
    expect(() => kinds[kind]!('inv.writeoff.approve')).toThrow('does not give inv.writeoff.approve');
    expect(registeredHandlers('strange')).toEqual([]);
  });
});
