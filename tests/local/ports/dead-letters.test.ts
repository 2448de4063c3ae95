/**
 * Dead letters on the local Service Bus, with the rights of the app that collects them.
 */
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll } from 'vitest';
import { createClock } from '../../../local/clock.ts';
import { createFaultSwitch } from '../../../local/kit/faults.ts';
import { startServiceBus } from '../../../local/service-bus/start.ts';
import type { AzureClients } from '../../../shared/azure/clients.ts';
import { serviceBusDeadLetters } from '../../../shared/azure/service-bus-dead-letters.ts';
import { topology } from '../../../shared/contracts/topology.ts';
import type { DeadLetterStore } from '../../../shared/ports/dead-letter-store.ts';
import { appClients } from '../../support/app-settings.ts';
import { ownerConnectionString } from '../../support/owner.ts';
import { deadLetterStoreSuite } from '../../ports/dead-letter-store.suite.ts';

let clients: AzureClients;
let owner: ServiceBusClient;
let close: () => Promise<void>;
let letters: DeadLetterStore;

beforeAll(async () => {
  const clock = createClock();
  const faults = createFaultSwitch();
  const options = { port: 0, stateDir: undefined, topology, clock, faults, log: () => undefined };
  const bus = await startServiceBus(options);
  clients = appClients('work', { serviceBus: `sb://127.0.0.1:${bus.port}` });
  letters = serviceBusDeadLetters(() => clients.serviceBus());
  owner = new ServiceBusClient(ownerConnectionString(`sb://127.0.0.1:${bus.port}`));
  close = async () => {
    await Promise.all([clients.close(), owner.close()]);
    await bus.close();
    clock.close();
  };
});
afterAll(() => close());

/** Sends a message and gives it up, as the bus does after too many deliveries. */
const giveUp = async (source: string, id: string): Promise<void> => {
  const [entity = '', subscription] = source.split('/');
  const sender = owner.createSender(entity);
  await sender.sendMessages({ messageId: id, body: { companyId: 'acme' } });
  const receiver = subscription ? owner.createReceiver(entity, subscription) : owner.createReceiver(entity);
  const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 5_000 });
  await receiver.deadLetterMessage(message!, {
    deadLetterReason: 'gave-up',
    deadLetterErrorDescription: 'why',
  });
  await Promise.all([sender.close(), receiver.close()]);
};

deadLetterStoreSuite(() => ({ store: letters, giveUp }));
