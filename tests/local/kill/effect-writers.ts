/**
 * Writes to the services that reach people: mails, checkouts, documents. Each effect that was acknowledged is
 * looked up again after the restart.
 */
import { EmailClient } from '@azure/communication-email';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import Stripe from 'stripe';
import { localKey, ownerName } from '../../../local/kit/keys.ts';
import { apiKeyOf } from '../../../local/payments/ids.ts';
import { blobConnectionString } from '../../../local/settings.ts';
import { wasAcknowledged, type Writer } from './facts.ts';

type Effect = {
  name: string;
  connect: Writer['connect'];
  /** Does it once; `number` makes it its own. Resolves to what finds it again. */
  make: (number: number) => Promise<string>;
  /** Whether it is there. */
  find: (id: string) => Promise<boolean>;
};

const effectWriter = ({ name, connect, make, find }: Effect): Writer => {
  const made = new Set<string>();
  const unchecked = new Set<string>();
  let numbers = 0;
  const note = (id: string): void => {
    made.add(id);
    unchecked.add(id);
  };
  return {
    name,
    acknowledged: () => made.size,
    connect,
    write: async (_random, stopped) => {
      while (!stopped()) await wasAcknowledged(async () => note(await make(numbers++)), stopped);
    },
    check: async (which) => {
      for (const id of which === 'all' ? made : unchecked)
        if (!(await find(id))) throw new Error(`${name}: ${id} was acknowledged and is gone`);
      unchecked.clear();
    },
    disconnect: async () => undefined,
  };
};

export const emailWriter = (): Writer => {
  let client: EmailClient;
  let url: string;
  return effectWriter({
    name: 'email',
    connect: async ({ email }) => {
      url = email;
      client = new EmailClient(`endpoint=${email}/;accesskey=${localKey('email', ownerName)}`, {
        retryOptions: { maxRetries: 0 },
        allowInsecureConnection: true,
      });
      const plenty = { perMinute: 1e6, perHour: 1e6, statusPerMinute: 1e6, statusPerHour: 1e6 };
      await fetch(`${email}/admin/settings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(plenty),
      });
    },
    make: async (number) => {
      const poller = await client.beginSend({
        senderAddress: 'ar@dunwell.example',
        recipients: { to: [{ address: `silent-${number}@customer.example` }] },
        content: { subject: `Reminder ${number}`, plainText: 'Please pay.' },
      });
      const { id, status } = await poller.pollUntilDone();
      if (String(status) !== 'Succeeded') throw new Error(`mail ${number}: ${status}`);
      return id;
    },
    find: async (id) => {
      const answer = await fetch(`${url}/api/mails?operationId=${id}`);
      return JSON.stringify(await answer.json()).includes(id);
    },
  });
};

export const paymentsWriter = (): Writer => {
  let client: Stripe;
  return effectWriter({
    name: 'payments',
    connect: ({ payments }) => {
      const { hostname, port } = new URL(payments);
      client = new Stripe(apiKeyOf('dunwell'), {
        host: hostname,
        port,
        protocol: 'http',
        maxNetworkRetries: 0,
      });
    },
    make: async (number) => {
      const session = await client.checkout.sessions.create({
        mode: 'payment',
        success_url: 'https://portal.example/done',
        line_items: [
          {
            quantity: 1,
            price_data: { currency: 'eur', unit_amount: 100 + number, product_data: { name: 'Invoice' } },
          },
        ],
      });
      return session.id;
    },
    find: async (id) => (await client.checkout.sessions.retrieve(id)).id === id,
  });
};

export const blobWriter = (): Writer => {
  let container: ContainerClient;
  return effectWriter({
    name: 'blob',
    connect: (at) => {
      const service = BlobServiceClient.fromConnectionString(blobConnectionString(ownerName, at), {
        retryOptions: { maxTries: 1 },
      });
      container = service.getContainerClient('documents');
    },
    make: async (number) => {
      const name = `invoice-${process.pid}-${number}.txt`;
      await container.getBlockBlobClient(name).upload(name, name.length);
      return name;
    },
    find: async (name) => {
      const bytes = await container.getBlockBlobClient(name).downloadToBuffer();
      return bytes.toString() === name;
    },
  });
};
