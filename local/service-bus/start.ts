/**
 * Starts the local Service Bus.
 * From: `local/main.ts` and the tests. Next: `@azure/service-bus`, unmodified, by the connection string.
 */
import { join } from 'node:path';
import { localKey } from '../kit/keys.ts';
import type { LocalService, ServiceOptions } from '../kit/service.ts';
import { withProperties } from './amqp/maps.ts';
import { viewOf } from './amqp/read-message.ts';
import { serveAmqp } from './amqp/server.ts';
import { buildBus } from './core/build.ts';
import { closeBus, describeBus, isQuiet } from './core/overview.ts';
import { restore } from './core/restore.ts';

export type LocalServiceBus = LocalService & {
  /** For the SDK; the holder is an app of the topology, or the owner. */
  connectionString(holder: string): string;
};

/** @throws PortTaken @throws DamagedState */
export const startServiceBus = async (options: ServiceOptions): Promise<LocalServiceBus> => {
  const { topology, clock, faults, log } = options;
  const bus = buildBus(topology, clock, { withProperties, view: viewOf });
  if (options.stateDir !== undefined) restore(bus, join(options.stateDir, 'service-bus.jsonl'));
  const running = { count: 0 };
  const held = new Set<() => void>();
  const server = await serveAmqp({ bus, topology, faults, log, running, held }, options.port);
  const forgetQuiet = clock.addQuietCheck(() => running.count === 0 && isQuiet(bus));
  const { port } = server;
  const close = async () => {
    forgetQuiet();
    await server.close();
    closeBus(bus);
  };
  let closed: Promise<void> | undefined;
  return {
    url: `amqp://127.0.0.1:${port}`,
    port,
    summary: describeBus(bus),
    counts: () => ({ ...bus.counts }),
    connectionString: (holder) =>
      `Endpoint=sb://127.0.0.1:${port};SharedAccessKeyName=${holder};SharedAccessKey=${localKey('service-bus', holder)};UseDevelopmentEmulator=true`,
    close: () => (closed ??= close()),
  };
};
