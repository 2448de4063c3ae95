/**
 * Starts the Functions host for one test and ends it afterwards.
 * From: the suites beside this file. Next: `local/functions-host/start.ts`.
 */
import { onTestFinished } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startHost, type FunctionsHost, type HostOptions } from '../../../local/functions-host/start.ts';
import type { HostedApp } from '../../../local/functions-host/plan.ts';

export const hostJson = { version: '2.0', extensions: { http: { routePrefix: '' } } };

export type TestHost = FunctionsHost & { url: string; lines: string[]; clock: Clock };

export const appNamed = (
  name: string,
  register: HostedApp['register'],
  settings: Record<string, string> = {},
): HostedApp => ({ name, port: 0, settings, register });

/** One app called `work`, on any free port, unless `options` says otherwise. */
export const hostOf = async (
  register: HostedApp['register'],
  options: Partial<HostOptions> & { settings?: Record<string, string> } = {},
): Promise<TestHost> => {
  const { settings = {}, ...rest } = options;
  const clock = options.clock ?? createClock();
  const lines: string[] = [];
  const host = await startHost({
    apps: [appNamed('work', register, settings)],
    hostJson,
    clock,
    log: (line) => lines.push(line),
    ...rest,
  });
  onTestFinished(async () => {
    await host.close();
    clock.close();
  });
  return { ...host, url: Object.values(host.urls)[0] ?? '', lines, clock };
};

/** Waits until `fact` holds, looking often; fails when it does not within twenty seconds. */
export const until = async (fact: () => boolean | Promise<boolean>, what = 'the fact'): Promise<void> => {
  const startedAtMs = performance.now();
  while (!(await fact())) {
    if (performance.now() - startedAtMs > 20_000) throw new Error(`${what} did not come true`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};
