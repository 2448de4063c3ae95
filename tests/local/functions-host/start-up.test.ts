/**
 * What the host refuses at start-up, in one clear line, and how it ends.
 */
import { app, output } from '@azure/functions';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { PortTaken } from '../../../local/kit/http-service.ts';
import { createClock } from '../../../local/clock.ts';
import { HostRefusal } from '../../../local/functions-host/refusal.ts';
import { startHost } from '../../../local/functions-host/start.ts';
import { appNamed, hostJson, hostOf, until } from './support.ts';

const handler = () => ({});
const bus =
  'Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=work;SharedAccessKey=a2V5;UseDevelopmentEmulator=true;';

/** The message of the refusal. */
const refusalOf = async (
  register: () => void,
  settings: Record<string, string> = {},
  json: object = hostJson,
): Promise<string> => {
  const started = hostOf(register, { settings, hostJson: json });
  const error = await started.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof HostRefusal)) throw new Error('was not refused', { cause: error });
  expect(error.message).not.toContain('\n');
  return error.message;
};

describe('refused at start-up', () => {
  it('triggers Dunwell does not use', async () => {
    const register = () => app.storageBlob('blob', { path: 'a/{name}', connection: 'B', handler });
    expect(await refusalOf(register)).toMatch(
      /^work\/blob: trigger 'blobTrigger' \(binding '.+'\) is not supported$/,
    );
  });

  it('output bindings', async () => {
    const queue = output.serviceBusQueue({ queueName: 'ticks', connection: 'SERVICEBUS' });
    const register = () => app.http('one', { extraOutputs: [queue], handler });
    expect(await refusalOf(register)).toMatch(
      /^work\/one: output binding '.+' of type 'serviceBus' is not supported$/,
    );
  });

  it('a return binding that is no HTTP answer', async () => {
    const queue = output.serviceBusQueue({ queueName: 'ticks', connection: 'SERVICEBUS' });
    const register = () => app.timer('one', { schedule: '0 * * * * *', return: queue, handler });
    expect(await refusalOf(register)).toContain("work/one: output binding '$return' of type 'serviceBus'");
  });

  it('options it does not know', async () => {
    const register = () => app.timer('one', { schedule: '0 * * * * *', handler, ...{ runsOnStartup: true } });
    expect(await refusalOf(register)).toBe("work/one: timerTrigger option 'runsOnStartup' is not supported");
  });

  it('function and admin keys', async () => {
    const register = () => app.http('one', { authLevel: 'function', handler });
    expect(await refusalOf(register)).toMatch(/^work\/one: httpTrigger authLevel must be 'anonymous'/);
  });

  it.each(['admin/users', 'Runtime', '/admin'])('the route %s', async (route) => {
    const register = () => app.http('one', { route, handler });
    expect(await refusalOf(register)).toMatch(/is reserved: \/admin and \/runtime belong to the platform$/);
  });

  it('a route that two functions answer', async () => {
    const register = () => {
      app.http('one', { route: 'api/{a}', methods: ['GET'], handler });
      app.http('two', { route: 'API/{b}', methods: ['GET', 'POST'], handler });
    };
    expect(await refusalOf(register)).toBe("work/two: route 'API/{b}' is already answered by one");
  });

  it('a route that cannot be read', async () => {
    const register = () => app.http('one', { route: 'api/{id:number}', handler });
    expect(await refusalOf(register)).toContain("constraint 'number' is not known");
  });

  it('two functions of one name in one app, whatever the letter case', async () => {
    const register = () => {
      app.get('one', handler);
      app.get('One', handler);
    };
    expect(await refusalOf(register)).toBe('work/One: a function of this name is already registered');
  });

  it('a name no function can have', async () => {
    expect(await refusalOf(() => app.get('1st', handler))).toBe("work: '1st' is not a valid function name");
  });

  it('a setting that is missing', async () => {
    const register = () => app.timer('one', { schedule: '%TICK%', handler });
    expect(await refusalOf(register)).toBe("work/one: setting 'TICK' is missing (used as %TICK%)");
  });

  it('a setting that only the process environment has', async () => {
    const register = () => app.http('one', { route: '%PATH%', handler });
    expect(process.env['PATH']).toBeDefined();
    expect(await refusalOf(register)).toContain("setting 'PATH' is missing");
  });

  it('a connection that is missing, is no connection string, or needs an identity', async () => {
    const register = () => app.serviceBusQueue('one', { queueName: 'ticks', connection: 'BUS', handler });
    expect(await refusalOf(register)).toContain("setting 'BUS' with the connection string is missing");
    expect(await refusalOf(register, { BUS: 'localhost' })).toContain(
      "setting 'BUS' is not a connection string",
    );
    const identity = { BUS__fullyQualifiedNamespace: 'x.servicebus.windows.net' };
    expect(await refusalOf(register, identity)).toContain('BUS__fullyQualifiedNamespace needs an identity');
  });

  it('a key for another machine, without showing the key', async () => {
    const COSMOS = 'AccountEndpoint=https://acct.documents.azure.com/;AccountKey=c2VjcmV0;';
    const message = await refusalOf(() => app.get('one', handler), { COSMOS });
    expect(message).toContain('work: setting COSMOS holds a key for https://acct.documents.azure.com/');
    expect(message).not.toContain('c2VjcmV0');
  });

  it('a schedule that cannot be read', async () => {
    const register = () => app.timer('one', { schedule: '0 0 9 L * *', handler });
    expect(await refusalOf(register)).toContain('work/one: schedule ');
  });

  it('retry where the platform has none', async () => {
    const retry = { strategy: 'fixedDelay' as const, maxRetryCount: 1, delayInterval: 1_000 };
    const register = () => app.http('one', { handler, ...{ retry } });
    expect(await refusalOf(register)).toContain('work/one: retry is for timers and change feeds only');
  });

  it('settling messages by hand', async () => {
    const register = () =>
      app.serviceBusQueue('one', { queueName: 'q', connection: 'BUS', autoCompleteMessages: false, handler });
    expect(await refusalOf(register, { BUS: bus })).toContain('a Node function cannot settle messages');
  });

  it('making the lease container', async () => {
    const register = () =>
      app.cosmosDB('one', {
        connection: 'COSMOS',
        databaseName: 'd',
        containerName: 'c',
        createLeaseContainerIfNotExists: true,
        handler,
      });
    expect(await refusalOf(register)).toContain(
      'work/one: cosmosDBTrigger createLeaseContainerIfNotExists must be false',
    );
  });

  it('two change feeds with the same leases', async () => {
    const feed = { connection: 'COSMOS', databaseName: 'd', containerName: 'c', handler };
    const register = () => {
      app.cosmosDB('one', feed);
      app.cosmosDB('two', feed);
    };
    expect(await refusalOf(register)).toBe(
      "work/two: needs a leaseContainerPrefix of its own; work/one uses ''",
    );
  });

  it('a host.json it cannot read', async () => {
    const json = { version: '2.0', extensions: { serviceBus: { maxConcurrentCalls: 'many' } } };
    expect(await refusalOf(handler, {}, json)).toMatch(
      /^host\.json: extensions\.serviceBus\.maxConcurrentCalls/,
    );
  });

  it('hooks the platform does not have', async () => {
    const core = createRequire(`${import.meta.dirname}/`)('@azure/functions-core') as {
      registerHook: (name: string, callback: () => void) => void;
    };
    const started = hostOf(() => core.registerHook('midInvocation', () => undefined));
    await expect(started).rejects.toThrow('Unrecognized hook "midInvocation"');
  });
});

describe('registration', () => {
  it('outside of an app is refused', () => {
    expect(() => app.get('stray', handler)).toThrow(/registered outside of the register\(\) of an app/);
  });

  it('is locked after start-up', async () => {
    const later = Promise.withResolvers<void>();
    let late: Promise<void> | undefined;
    const { url } = await hostOf(() => {
      late = later.promise.then(() => app.get('late', handler));
      app.get('inside', () => {
        app.get('more', handler);
        return {};
      });
    });
    later.resolve();
    await expect(late).rejects.toThrow("work: function 'late' was registered after start-up");
    expect((await fetch(`${url}/inside`)).status).toBe(500);
  });
});

describe('the end', () => {
  it('a taken port is one clear line, and what had started is gone', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const apps = [appNamed('staff', () => undefined), { ...appNamed('portal', () => undefined), port }];
    const started = startHost({ apps, hostJson, clock: createClock(), log: () => undefined });
    await expect(started).rejects.toThrow(new PortTaken('portal', port));
    other.close();
  });

  it('lets what runs finish, takes nothing more, and is idempotent', async () => {
    const gate = Promise.withResolvers<object>();
    let isRunning = false;
    const host = await hostOf(() =>
      app.get('slow', () => {
        isRunning = true;
        return gate.promise;
      }),
    );
    const answer = fetch(`${host.url}/slow`);
    await until(() => isRunning);
    const closed = Promise.all([host.close(), host.close()]);
    await expect(fetch(`${host.url}/slow`)).rejects.toThrow();
    gate.resolve({ body: 'done' });
    expect(await (await answer).text()).toBe('done');
    await closed;
  });

  it('takes no longer than three seconds when a handler never ends', async () => {
    let isRunning = false;
    const host = await hostOf(() =>
      app.get('stuck', () => {
        isRunning = true;
        return new Promise<object>(() => undefined);
      }),
    );
    const answer = fetch(`${host.url}/stuck`).catch(() => 'cut off');
    await until(() => isRunning);
    const startedAtMs = performance.now();
    await host.close();
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
    expect(await answer).toBe('cut off');
  });
});
