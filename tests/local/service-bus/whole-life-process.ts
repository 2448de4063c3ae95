/**
 * A bus and a client in one process, used and closed: nothing may keep it alive.
 * From: `pitfalls.test.ts`. Next: ends by itself.
 */
import { openBus, takeOne } from './under-test.ts';

const bus = await openBus();
const client = bus.client();
await client.createSender('brief').sendMessages({ body: 1 });
await takeOne(client.createReceiver('brief'));
await bus.close();
