/** Whatever comes in on the port, the bus goes on for everybody else. Stand-in only. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import rhea from 'rhea';
import { describe, expect, it } from 'vitest';
import { isLocal, takeOne, useBus } from './under-test.ts';

const held = useBus();

const open = async (): Promise<Socket> => {
  const socket = connect(held.bus.local.port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

const closed = async (socket: Socket): Promise<void> => {
  if (!socket.destroyed) await once(socket.resume(), 'close');
};

const stillServes = async (): Promise<void> => {
  await held.client.createSender('plain').sendMessages({ body: 'fine' });
  expect((await takeOne(held.client.createReceiver('plain'))).body).toBe('fine');
};

const amqpHeader = Buffer.from('AMQP\0\x01\0\0', 'latin1');
const frame = (...payload: number[]): Buffer => {
  const bytes = Buffer.from([0, 0, 0, 0, 2, 0, 0, 0, ...payload]);
  bytes.writeUInt32BE(bytes.length);
  return bytes;
};

describe.runIf(isLocal)('closes the connection, and only that one', () => {
  it.each([
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')],
    ['TLS', Buffer.from([0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3, 0])],
    ['zeros', Buffer.alloc(4_096)],
    ['AMQP 0-9-1', Buffer.from('AMQP\0\0\x09\x01', 'latin1')],
    ['a frame that claims 4 GB', Buffer.concat([amqpHeader, Buffer.from([255, 255, 255, 255, 2, 0, 0, 0])])],
    [
      'a frame shorter than its header',
      Buffer.concat([amqpHeader, Buffer.from([0, 0, 0, 4, 2, 0, 0, 0, 1])]),
    ],
    ['an unknown performative', Buffer.concat([amqpHeader, frame(0, 0x53, 0x99, 0x45)])],
    [
      'an array of four billion nothings',
      Buffer.concat([amqpHeader, frame(0, 0x53, 0x10, 0xf0, 0, 0, 0, 5, 255, 255, 255, 255, 0x40)]),
    ],
    [
      'a list nested a hundred thousand deep',
      Buffer.concat([amqpHeader, frame(...new Array<number>(60_000).fill(0))]),
    ],
    [
      'a transfer before anything else',
      Buffer.concat([amqpHeader, frame(0, 0x53, 0x14, 0xc0, 3, 1, 0x52, 9)]),
    ],
  ])('%s', async (_name, bytes) => {
    const socket = await open();
    socket.write(bytes);
    await closed(socket);
    await stillServes();
  });

  it('random bytes after a proper beginning', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const socket = await open();
      const noise = Array.from({ length: 300 }, (_, index) => (index * index * seed * 31 + 7 * seed) & 0xff);
      socket.write(Buffer.concat([amqpHeader, frame(...noise)]));
      await closed(socket);
    }
    await stillServes();
  });

  it('a client that goes away in the middle of a frame', async () => {
    const socket = await open();
    socket.write(Buffer.concat([amqpHeader, Buffer.from([0, 0, 1, 0, 2, 0])]));
    socket.destroy();
    await stillServes();
  });
});

/** A plain AMQP client: what the SDK would never send. */
const dial = (): { connection: rhea.Connection; end: () => void } => {
  const container = rhea.create_container();
  container.on('error', () => undefined);
  container.on('disconnected', () => undefined);
  const connection = container.connect({
    port: held.bus.local.port,
    host: '127.0.0.1',
    username: 'x',
    reconnect: false,
  });
  return { connection, end: () => connection.close() };
};

describe.runIf(isLocal)('answers with the service’s kind of error', () => {
  it('a link without a token is refused', async () => {
    const { connection, end } = dial();
    const sender = connection.open_sender('plain');
    const [context] = (await once(sender, 'sender_error')) as [rhea.EventContext];
    expect(context.sender!.error).toMatchObject({ condition: 'amqp:unauthorized-access' });
    end();
  });

  it.each([
    ['an unknown operation', { operation: 'drop-table' }, 501],
    ['a token of another kind', { operation: 'put-token', type: 'jwt', name: 'x' }, 401],
    [
      'a token that is none',
      { operation: 'put-token', type: 'servicebus.windows.net:sastoken', name: 'x' },
      401,
    ],
  ])('$cbs: %s', async (_name, application_properties, status) => {
    const { connection, end } = dial();
    const session = connection.create_session();
    session.begin();
    const receiver = session.open_receiver({ source: '$cbs', name: 'replies' });
    const sender = session.open_sender('$cbs');
    await once(sender, 'sendable');
    sender.send({ application_properties, body: 'nonsense', message_id: '1', reply_to: 'replies' });
    const [context] = (await once(receiver, 'message')) as [rhea.EventContext];
    expect(context.message!['application_properties']).toMatchObject({ 'status-code': status });
    end();
  });
});
