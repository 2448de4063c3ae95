/**
 * The production adapters pass the suites of their ports, on the local Azure, with the keys of the app that
 * uses them: a right the topology does not grant would show here.
 */
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, type Clock } from '../../../local/clock.ts';
import { startCosmos } from '../../../local/cosmos/start.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import type { ServiceOptions } from '../../../local/kit/service.ts';
import { startServiceBus } from '../../../local/service-bus/start.ts';
import type { AzureClients } from '../../../shared/azure/clients.ts';
import { cosmosParkedWork } from '../../../shared/azure/cosmos-parked-work.ts';
import { cosmosRelayProbe } from '../../../shared/azure/cosmos-relay-probe.ts';
import { cosmosRuns } from '../../../shared/azure/cosmos-runs.ts';
import { serviceBusSender } from '../../../shared/azure/service-bus-sender.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import { instantFromMs } from '../../../shared/domain/calendar.ts';
import { parkedWorkStoreSuite } from '../../ports/parked-work-store.suite.ts';
import { relayProbeSuite } from '../../ports/relay-probe.suite.ts';
import { runStoreSuite } from '../../ports/run-store.suite.ts';
import { appClients } from '../../support/app-settings.ts';
import { ownerConnectionString } from '../../support/owner.ts';

let clock: Clock;
let clients: AzureClients;
let owner: ServiceBusClient;
let close: () => Promise<void>;

beforeAll(async () => {
  clock = createClock();
  const options = (): ServiceOptions => ({
    port: 0,
    stateDir: undefined,
    topology,
    clock,
    faults: createFaultSwitch(),
    log: () => undefined,
  });
  const [cosmos, bus] = await Promise.all([startCosmos(options()), startServiceBus(options())]);
  const serviceBus = `sb://127.0.0.1:${bus.port}`;
  clients = appClients('work', { cosmos: cosmos.url, serviceBus });
  owner = new ServiceBusClient(ownerConnectionString(serviceBus));
  close = async () => {
    await Promise.all([clients.close(), owner.close()]);
    await Promise.all([cosmos.close(), bus.close()]);
    clock.close();
  };
});
afterAll(() => close());

describe('runs on Cosmos DB', () => runStoreSuite(() => cosmosRuns(() => clients.container('runs'))));

describe('marks of the relay on Cosmos DB', () =>
  relayProbeSuite(() => {
    const container = () => clients.container('ledger');
    const query = `SELECT * FROM c WHERE c.kind = 'probe'`;
    const shown = async () => {
      const { resources } = await container()
        .items.query<{ probe: string; slot: string }>(query, { partitionKey: ['platform'] })
        .fetchAll();
      return new Map(resources.map(({ probe, slot }) => [probe, slot]));
    };
    return { probes: cosmosRelayProbe(container), shown };
  }));

describe('parked work on Cosmos DB', () =>
  parkedWorkStoreSuite(() => cosmosParkedWork(() => clients.container('parked'))));

describe('the sender on Service Bus', () => {
  const sender = () => serviceBusSender(() => clients.serviceBus());
  const receive = async (count: number) => {
    const receiver = owner.createReceiver('ticks', { receiveMode: 'receiveAndDelete' });
    const messages = await receiver.receiveMessages(count, { maxWaitTimeInMs: 1_000 });
    await receiver.close();
    return messages;
  };

  it('sends the body as JSON with its id and attempt', async () => {
    await sender().send('ticks', [{ id: 'a', body: { v: 1 }, attempt: 3 }]);
    expect(await receive(1)).toMatchObject([
      {
        messageId: 'a',
        body: { v: 1 },
        contentType: 'application/json',
        applicationProperties: { attempt: 3 },
      },
    ]);
  });

  it('is heard once when it sends the same id twice', async () => {
    await sender().send('ticks', [{ id: 'twice', body: { v: 1 } }]);
    await sender().send('ticks', [{ id: 'twice', body: { v: 1 } }]);
    expect(await receive(2)).toHaveLength(1);
  });

  it('sends more than one batch can hold', async () => {
    const body = { text: 'x'.repeat(60_000) };
    await sender().send(
      'ticks',
      ['m1', 'm2', 'm3', 'm4', 'm5', 'm6'].map((id) => ({ id, body })),
    );
    expect(await receive(6)).toHaveLength(6);
  });

  it('refuses a message the bus cannot carry', async () => {
    const body = { text: 'x'.repeat(300_000) };
    await expect(sender().send('ticks', [{ id: 'huge', body }])).rejects.toThrow('too large');
  });

  it('sends at an instant of the business clock', async () => {
    const dueAt = instantFromMs(clock.now() + 3_600_000);
    await sender().send('ticks', [{ id: 'later', body: { v: 1 }, dueAt }]);
    expect(await receive(1)).toEqual([]);
    await clock.moveTo(clock.now() + 3_600_000);
    expect(await receive(1)).toMatchObject([{ messageId: 'later' }]);
  });

  it('may not send where the topology does not let its app', async () => {
    await expect(sender().send('inbound-mails', [{ id: 'x', body: {} }])).rejects.toThrow(
      /work.*inbound-mails|inbound-mails.*work/,
    );
  });
});
