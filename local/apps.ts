/**
 * Hosts the apps of the topology in this process, with the settings and the clock of the local Azure.
 * From: `local/main.ts`. Next: `functions/main.ts` registers what each app hosts; the Functions host runs it.
 */
import { readFileSync } from 'node:fs';
import { registerApp } from '../functions/main.ts';
import type { Parts } from '../functions/parts.ts';
import { parseSettings } from '../shared/contracts/settings.ts';
import { instantFromMs } from '../shared/domain/calendar.ts';
import type { Admin } from './admin.ts';
import type { Clock } from './clock.ts';
import type { Endpoints } from './endpoints.ts';
import type { LocalEnvironment } from './environment.ts';
import { startHost } from './functions-host/start.ts';
import type { FaultSwitch } from './kit/faults.ts';
import { settingsFor } from './settings.ts';

const hostJsonUrl = new URL('../host.json', `file://${import.meta.dirname}/`);

/** @throws when an app's settings or registrations do not hold. */
export const startApps = async (
  { apps, ports, stateDir }: LocalEnvironment,
  endpoints: Endpoints,
  clock: Clock,
  faults: FaultSwitch,
  onAdmin: Admin | undefined,
  log: (line: string) => void,
) => {
  const parts: Parts[] = [];
  const host = await startHost({
    apps: apps.map((name) => {
      const settings = settingsFor(name, endpoints);
      return {
        name,
        port: ports[name] ?? 0,
        settings,
        register: async () =>
          void parts.push(await registerApp(parseSettings(settings), () => instantFromMs(clock.now()))),
      };
    }),
    hostJson: JSON.parse(readFileSync(hostJsonUrl, 'utf8')) as object,
    stateDir,
    clock,
    faults,
    log,
    ...(onAdmin ? { onAdmin } : {}),
  });
  return {
    host,
    close: async () => {
      await host.close();
      await Promise.all(parts.map((one) => one.close()));
    },
  };
};
