/**
 * The Service Bus triggers of one app, through the official client.
 * From: `start.ts`. Next: one listener per function; one connection per connection setting.
 */
import { ServiceBusClient } from '@azure/service-bus';
import type { Activity } from '../core/activity.ts';
import type { Listener } from '../listener.ts';
import { connectionString } from '../settings/expressions.ts';
import { listenToBatches, listenToSingles, type BusSettings, type ServiceBusFunction } from './plain.ts';
import { listenToSessions } from './sessions.ts';
import { hearLinks } from './unheard.ts';

/** @throws HostRefusal when a connection setting is missing. */
export const listenToServiceBus = (
  functions: ServiceBusFunction[],
  settings: BusSettings,
  activity: Activity,
): Listener => {
  const texts = functions.map(({ app, name, trigger, settings: own }) =>
    connectionString(trigger.connection, own, `${app}/${name}`),
  );
  hearLinks((line) => functions[0]?.execution.warn(line));
  const clients = new Map([...new Set(texts)].map((text) => [text, new ServiceBusClient(text)]));
  const listeners = functions.map((one, index) => {
    const client = clients.get(texts[index]!)!;
    if (one.trigger.isSessionsEnabled) return listenToSessions(client, one, settings, activity);
    const listen = one.trigger.cardinality === 'many' ? listenToBatches : listenToSingles;
    return listen(client, one, settings, activity);
  });
  return {
    stop: async () => {
      await Promise.allSettled(listeners.map(async (listener) => listener.stop()));
    },
    close: async () => {
      const links = listeners.map((listener) => listener.close());
      await Promise.allSettled([...links, ...[...clients.values()].map((client) => client.close())]);
    },
  };
};
