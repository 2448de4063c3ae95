/**
 * What the conformance suites run against: a real account when the environment names one, else the
 * stand-in in memory on a free port.
 * From: CONFORMANCE_COSMOS_ENDPOINT, CONFORMANCE_COSMOS_KEY, CONFORMANCE_COSMOS_DATABASE (a database
 * that has the containers of `fixtureTopology`). Next: every file in this folder.
 */
import { randomUUID } from 'node:crypto';
import { CosmosClient, type Container, type CosmosClientOptions, type ErrorResponse } from '@azure/cosmos';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos, type CosmosOptions, type LocalCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch, type FaultSwitch } from '../../../local/kit/faults.ts';
import { ownerName } from '../../../local/kit/keys.ts';
import { fixtureTopology } from './fixture-topology.ts';

const real = {
  endpoint: process.env.CONFORMANCE_COSMOS_ENDPOINT,
  key: process.env.CONFORMANCE_COSMOS_KEY,
  database: process.env.CONFORMANCE_COSMOS_DATABASE ?? 'conformance',
};

export const databaseName = real.database;

/** False when the suites run against Azure: what only a stand-in can show is left out then. */
export const isLocal = real.endpoint === undefined;

export type UnderTest = {
  /** Signed by the owner unless an app is named. */
  client(app?: string, options?: Partial<CosmosClientOptions>): CosmosClient;
  container(name: string, app?: string): Container;
  /** The key of an app, or of the owner. */
  key(app?: string): string;
  endpoint: string;
  /** These three belong to the stand-in, which runs idle beside a real account. */
  clock: Clock;
  faults: FaultSwitch;
  service: LocalCosmos;
  close(): Promise<void>;
};

export const startUnderTest = async (options: Partial<CosmosOptions> = {}): Promise<UnderTest> => {
  const clock = options.clock ?? createClock();
  const faults = options.faults ?? createFaultSwitch();
  const ownTopology = { ...fixtureTopology, database: real.database };
  const service = await startCosmos({
    ...{ port: 0, stateDir: undefined, topology: ownTopology, log: () => undefined },
    ...options,
    ...{ clock, faults },
  });
  const clients: CosmosClient[] = [];
  const endpoint = real.endpoint ?? service.url;
  const keyOf = (app = ownerName) => real.key ?? service.key(app);
  const client: UnderTest['client'] = (app, more = {}) => {
    const made = new CosmosClient({
      endpoint,
      key: keyOf(app),
      connectionPolicy: { enableBackgroundEndpointRefreshing: false },
      ...more,
    });
    clients.push(made);
    return made;
  };
  const shared = new Map<string, CosmosClient>();
  return {
    client,
    key: keyOf,
    container: (name, app = ownerName) => {
      const known = shared.get(app) ?? client(app);
      shared.set(app, known);
      return known.database(real.database).container(name);
    },
    endpoint,
    clock,
    faults,
    service,
    close: async () => {
      for (const made of clients) made.dispose();
      clock.close();
      await service.close();
    },
  };
};

/** A key no other case uses, so that the suites can share containers with each other. */
export const freshKey = (): string => randomUUID();

export type Failure = ErrorResponse & { code: number; substatus?: number; message: string };

/** What the SDK threw; fails the case when it threw nothing. */
export const failureOf = async (work: Promise<unknown>): Promise<Failure> => {
  try {
    await work;
  } catch (error) {
    return error as Failure;
  }
  throw new Error('expected the service to refuse this');
};
