/** Each app's key opens what the topology grants it, and nothing else. Stand-in only. */
import { ServiceBusClient } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { isLocal, takeOne, useBus } from './under-test.ts';

const held = useBus();
const writer = () => held.bus.client({ holder: 'writer' });
const reader = () => held.bus.client({ holder: 'reader' });

describe.runIf(isLocal)('an app may', () => {
  it('send where its surfaces send', async () => {
    await writer().createSender('plain').sendMessages({ body: 1 });
    await writer().createSender('events').sendMessages({ body: 2 });
    expect((await takeOne(held.client.createReceiver('events', 'all'))).body).toBe(2);
  });

  it('receive and settle where its surfaces listen, dead letters included', async () => {
    await held.client.createSender('plain').sendMessages({ body: 1 });
    const receiver = reader().createReceiver('plain');
    await receiver.deadLetterMessage(await takeOne(receiver));
    const dead = reader().createReceiver('plain', { subQueueType: 'deadLetter' });
    await dead.completeMessage(await takeOne(dead));
  });

  it('receive from its subscription', async () => {
    await held.client.createSender('events').sendMessages({ body: 1 });
    expect((await takeOne(reader().createReceiver('events', 'all'))).body).toBe(1);
  });
});

describe.runIf(isLocal)('an app may not', () => {
  const denied = { code: 'UnauthorizedAccess' };

  it('send where it is not granted, and is told what is missing', async () => {
    const sending = writer().createSender('other').sendMessages({ body: 1 });
    await expect(sending).rejects.toMatchObject(denied);
    await expect(sending).rejects.toThrow(/app 'writer' lists 'other' under 'sends' in infra\/topology.json/);
  });

  it('receive where it only sends', async () => {
    const receiving = writer().createReceiver('plain').receiveMessages(1);
    await expect(receiving).rejects.toThrow(/app 'writer' lists 'plain' under 'listens'/);
  });

  it('schedule where it only receives', async () => {
    const scheduling = reader()
      .createSender('plain')
      .scheduleMessages({ body: 1 }, new Date(Date.now() + 60_000));
    await expect(scheduling).rejects.toThrow(/'Send' claim/);
  });

  it('peek where it only sends', async () => {
    await expect(writer().createReceiver('plain').peekMessages(1)).rejects.toThrow(/'Listen' claim/);
  });

  it('receive from another subscription of its topic', async () => {
    await expect(reader().createReceiver('events', 'large').receiveMessages(1)).rejects.toThrow(
      /events\/large/,
    );
  });
});

describe.runIf(isLocal)('a signature is checked', () => {
  const withKey = (change: (text: string) => string) =>
    new ServiceBusClient(change(held.bus.connectionString()), { retryOptions: { maxRetries: 0 } });
  const sending = async (client: ServiceBusClient) => {
    try {
      await client.createSender('plain').sendMessages({ body: 1 });
    } finally {
      await client.close();
    }
  };

  it('a wrong key is refused', async () => {
    const client = withKey((text) => text.replace(/SharedAccessKey=[^;]{4}/, 'SharedAccessKey=AAAA'));
    await expect(sending(client)).rejects.toThrow(/invalid signature/);
  });

  it('a name that is no app is refused', async () => {
    const client = withKey((text) =>
      text.replace('SharedAccessKeyName=owner', 'SharedAccessKeyName=stranger'),
    );
    await expect(sending(client)).rejects.toThrow(/no app 'stranger'/);
  });
});
