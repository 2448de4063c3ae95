/**
 * The local Service Bus as a process of its own, so that the bench does not share its processor time.
 * From: `service-bus.ts`, with a state directory or `-` for memory. Next: prints its connection string; tells
 * the processor time it has used whenever it is asked.
 */
import { createClock } from '../../../local/clock.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { startServiceBus } from '../../../local/service-bus/start.ts';
import { parseTopology } from '../../../shared/contracts/topology.ts';

const topology = parseTopology({
  ...{ database: 'bench', apps: {}, pieces: {}, jobs: {}, topics: {}, containers: {} },
  queues: { work: { sessions: false, lockDuration: 'PT1M', maxDeliveryCount: 5 } },
  ...{ blobContainers: {}, limits: {} },
});

const [stateDir] = process.argv.slice(2);
const bus = await startServiceBus({
  port: 0,
  stateDir: stateDir === '-' ? undefined : stateDir,
  topology,
  clock: createClock(),
  faults: createFaultSwitch(),
  log: (line) => process.stderr.write(`${line}\n`),
});
process.on('message', () => process.send?.({ cpuMicros: totalMicros(process.cpuUsage()) }));
process.send?.({ connectionString: bus.connectionString('owner') });

function totalMicros({ user, system }: NodeJS.CpuUsage): number {
  return user + system;
}
