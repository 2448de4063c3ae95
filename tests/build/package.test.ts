/**
 * The deployable package: built afresh, loaded as the platform's worker loads it, once per app.
 * From: `scripts/build`. Next: what `azure.yaml` uploads. The functions of each app are held against the
 * topology: a queue without its function would fill up unread.
 */
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largestBytes, makePackage, type Bundle } from '../../scripts/build/bundle.ts';
import {
  registeredFunctions,
  settingsOf,
  type Registered,
  type RegisteredFunction,
} from '../../scripts/build/registered-functions.ts';
import { grantsOf, topology } from '../../shared/contracts/topology.ts';

const outDir = mkdtempSync(join(tmpdir(), 'dunwell-build-'));
const apps = Object.keys(topology.apps);
let bundle: Bundle;
const registered = new Map<string, Registered>();

beforeAll(async () => {
  bundle = await makePackage(outDir);
  await Promise.all(
    apps.map(async (app) => registered.set(app, await registeredFunctions(bundle.file, app))),
  );
}, 60_000);

afterAll(() => rmSync(outDir, { recursive: true, force: true }));

const functionsOf = (app: string): RegisteredFunction[] => registered.get(app)?.functions ?? [];

const triggersOf = (app: string, type: string): Record<string, unknown>[] =>
  functionsOf(app).flatMap(({ bindings }) => bindings.filter((binding) => binding['type'] === type));

const entityOf = (binding: Record<string, unknown>): string =>
  [binding['queueName'] ?? binding['topicName'], binding['subscriptionName']].filter(Boolean).join('/');

it('the bundle stays small enough for a quick cold start', () => {
  expect(bundle.bytes).toBeGreaterThan(100_000);
  expect(bundle.bytes).toBeLessThanOrEqual(largestBytes);
});

it('the package names the file that the worker loads, and carries the host settings', () => {
  const { main } = JSON.parse(readFileSync(join(outDir, 'package.json'), 'utf8')) as { main: string };
  expect(join(outDir, main)).toBe(bundle.file);
  const host = JSON.parse(readFileSync(join(outDir, 'host.json'), 'utf8')) as {
    extensions: { http: { routePrefix: string } };
  };
  expect(host.extensions.http.routePrefix).toBe('');
});

it('the staff app registers its functions by name', () => {
  expect(functionsOf('staff').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['health', 'list-parked-work']),
  );
});

it('the work app registers its functions by name', () => {
  expect(functionsOf('work').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['send-ticks', 'run-tick', 'count-parked-work']),
  );
});

it('the portal app answers whether it is alive', () => {
  expect(functionsOf('portal').map(({ name }) => name)).toContain('health');
});

describe.each(apps)('the app %s', (app) => {
  it('registers something exactly when it hosts a surface', () => {
    expect(functionsOf(app).length > 0).toBe(topology.apps[app]!.surfaces.length > 0);
  });

  it('gives each function a name of its own', () => {
    const names = functionsOf(app).map(({ name }) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('receives from each queue and subscription it is granted, once, and from no other', () => {
    expect(triggersOf(app, 'serviceBusTrigger').map(entityOf).sort()).toEqual(
      grantsOf(app, topology).listens.toSorted(),
    );
  });

  it('takes sessions from the queues that have them', () => {
    for (const trigger of triggersOf(app, 'serviceBusTrigger')) {
      const queue = topology.queues[entityOf(trigger)];
      if (queue)
        expect([entityOf(trigger), trigger['isSessionsEnabled'] ?? false]).toEqual([
          entityOf(trigger),
          queue.sessions,
        ]);
    }
  });

  it('follows the change feed of each container it is granted, once, and of no other', () => {
    expect(
      triggersOf(app, 'cosmosDBTrigger')
        .map((trigger) => trigger['containerName'])
        .sort(),
    ).toEqual(grantsOf(app, topology).feeds.toSorted());
  });

  it('has no two functions on one route and method', () => {
    const routes = triggersOf(app, 'httpTrigger').flatMap(({ route, methods }) =>
      (methods as string[]).map((method) => `${method} ${String(route)}`),
    );
    expect(new Set(routes).size).toBe(routes.length);
  });
});

describe('a start that cannot go well', () => {
  it('names the setting that is wrong', async () => {
    await expect(registeredFunctions(bundle.file, 'nobody')).rejects.toThrow('setting DUNWELL_APP');
  });

  it('fails when the bundle is not there', async () => {
    await expect(registeredFunctions(join(outDir, 'absent.cjs'), 'staff')).rejects.toThrow(
      'Cannot find module',
    );
  });
});

it('finds what is loaded late in the files beside the bundle', async () => {
  const folder = mkdtempSync(join(outDir, 'late-'));
  const { file } = await makePackage(folder, 'tests/build/late-entry.ts');
  const platform = await tokenEndpoint();
  const env = { ...settingsOf('work'), IDENTITY_ENDPOINT: platform.url, IDENTITY_HEADER: 'secret' };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { env });
  platform.server.close();
  expect(JSON.parse(stdout)).toEqual({
    ...{ database: 'ledger', bus: 'example.servicebus.windows.net', mailer: 'function' },
    ...{ holiday: true, container: 'uploads', chart: true, pdf: true, table: true, mail: true },
    ...{ stripe: 'function', token: 'for https://vault.example as an-identity' },
  });
}, 60_000);

/** What an app is given its identity's tokens by on the platform. */
const tokenEndpoint = async (): Promise<{ server: Server; url: string }> => {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://platform').searchParams;
    const access_token = `for ${asked.get('resource')} as ${asked.get('client_id')}`;
    const known = request.headers['x-identity-header'] === 'secret';
    response.writeHead(known ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ access_token, expires_on: '4102444800', token_type: 'Bearer' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token` };
};
