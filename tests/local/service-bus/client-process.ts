/**
 * A client that takes a message and a session and holds them, to be killed.
 * From: `pitfalls.test.ts`. Next: says so when it has both.
 */
import { ServiceBusClient } from '@azure/service-bus';

const client = new ServiceBusClient(process.argv[2]!);
await client.createReceiver('brief', { maxAutoLockRenewalDurationInMs: 0 }).receiveMessages(1);
const session = await client.acceptSession('ordered', 'a');
await session.receiveMessages(1);
process.stdout.write('holding\n');
